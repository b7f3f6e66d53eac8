"""Masked display of personal data (requirement O2, design rule 5; 个人信息保护法 Art. 51).

A mask is for the eye only: what must not leave the server has to be kept back by access rights.
"""

from .ids import normalise_bank_account, normalise_phone, normalise_resident_id

STAR = "*"


def mask(kind, text):
    """Return `text` with the identifying part starred out; empty text gives "".

    - "resident_id": 410402********0125
    - "phone": 138****8000
    - "bank_account": 6222 **** **** 1234, whatever its length (the length would help to guess the bank)
    - "name": 张** (the first character stays, one star for each hidden one)
    - "text": ***

    What is too short for its kind is starred out more or altogether, never shown. Raise ValueError for an unknown
    kind.
    """
    try:
        hide = _MASKS[kind]
    except KeyError:
        raise ValueError(f"Unknown kind of personal data {kind!r}: use one of {', '.join(_MASKS)}.") from None
    return hide(text) if text and text.strip() else ""


def is_mask(kind, text):
    """Whether `text` is no value but the mask of one, as it comes back from an exported list."""
    return bool(text) and STAR in text and mask(kind, text) == text


def _resident_id(text):
    return _keep_ends(normalise_resident_id(text), 6, 4)


def _phone(text):
    return _keep_ends(normalise_phone(text), 3, 4)


def _bank_account(text):
    number = normalise_bank_account(text)
    # Under 16 digits head and tail together would show too much of the number.
    head = number[:4] if len(number) >= 16 else STAR * 4
    tail = number[-4:] if len(number) > 8 else STAR * 4
    return f"{head} **** **** {tail}"


def _name(text):
    name = "".join(text.split())
    return name[0] + STAR * (len(name) - 1) if len(name) > 1 else STAR


def _text(text):
    return STAR * 3


def _keep_ends(text, head, tail):
    """Star out all but the ends; everything, when less than four characters would be hidden."""
    hidden = len(text) - head - tail
    return text[:head] + STAR * hidden + text[-tail:] if hidden >= 4 else STAR * len(text)


_MASKS = {
    "resident_id": _resident_id,
    "phone": _phone,
    "bank_account": _bank_account,
    "name": _name,
    "text": _text,
}
