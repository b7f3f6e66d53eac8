"""What makes two receipts the same one (requirement M2: a direct cost is paid against its receipt, once; facts F§4).

A tax invoice is known by code and number (10 or 12 digits and 8), a fiscal receipt likewise (8 and 10), an electronic invoice (数电票)
by its 20 digits alone. A ticket or a shop's slip has a short number that others have too, so its day and its sum count as well.
"""

import hashlib
import unicodedata

from .money import cents

CODE_LENGTHS = (8, 10, 12)
NUMBER_LENGTHS = (8, 10)
# From this length on a number is given out once in the whole country.
UNIQUE_FROM = 18


def normal(text):
    """Return `text` in half-width capitals without blanks, hyphens and other marks: the same number however it was typed."""
    return "".join(char for char in unicodedata.normalize("NFKC", text or "").upper() if char.isalnum())


def is_well_formed(code, number):
    """Whether an invoice code and its number can belong together; without a code any number will do."""
    code, number = normal(code), normal(number)
    if not code:
        return bool(number)
    return (code + number).isdecimal() and len(code) in CODE_LENGTHS and len(number) in NUMBER_LENGTHS


def key(code, number, day, amount):
    """Return what is the same for the same receipt, or None where too little is known to tell.

    `day` is a `date` or None; `amount` is what the receipt was handed in for, in yuan.
    """
    whole = normal(code) + normal(number)
    if not whole:
        return None
    if len(whole) >= UNIQUE_FROM:
        return whole
    return f"{whole} {day:%Y-%m-%d} {cents(amount)}" if day else None


def checksum(content):
    """The SHA-256 of a file, as 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()
