"""Checks of identifiers, telephone and account numbers (requirements T4, I11).

`check_*` return `(ok, message)`:

- `(True, "")`: nothing to say;
- `(True, message)`: may be saved, but someone should look (a soft warning);
- `(False, message)`: cannot be right.

Messages are English source sentences without values, so that none carries personal data; the caller translates them.
All functions take the text as typed: spaces, full-width characters and a small x are put right first. None, False and
"" are "no number".
"""

import hashlib
import hmac
import re
import unicodedata
from datetime import date

from .i18n import _lt

_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10X98765432"
_USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_MIDDLE_DOTS = str.maketrans("•‧・∙", "····")


# Normalising


def normalise_id(text):
    """Return a number of any kind in half-width capitals without spaces and invisible characters; "" for no number."""
    half_width = unicodedata.normalize("NFKC", text or "")
    return "".join(char for char in half_width if not _is_blank(char)).upper()


def normalise_resident_id(text):
    """Return a resident identity number as printed on the card: half-width, no spaces, capital X."""
    return normalise_id(text)


def normalise_bank_account(text):
    """Return an account number without the spaces and hyphens that people write between its groups."""
    return normalise_id(text).replace("-", "")


def normalise_phone(text):
    """Return a telephone number as digits, without separators, brackets and the country code +86."""
    number = re.sub(r"[-‐-―()]", "", normalise_id(text))
    return re.sub(r"^(\+86|0086|86(?=1\d{10}$))", "", number)


def normalise_name(text):
    """Return a name for comparing, not for showing: half-width, without spaces, small letters.

    （Ａ）建 筑公司 and (a)建筑公司 become equal, and so do the middle dots that keyboards put into one name. The
    suffix of a company stays: 有限公司 and 有限责任公司 may be two companies.
    """
    half_width = unicodedata.normalize("NFKC", text or "").translate(_MIDDLE_DOTS)
    return "".join(char for char in half_width if not _is_blank(char)).casefold()


def _is_blank(char):
    """Spaces of all kinds, and the invisible characters that copying from web pages and chats brings along."""
    return char.isspace() or unicodedata.category(char) in ("Cf", "Cc")


# Resident identity number


def check_resident_id(text, today=None, legacy=False):
    """Check a resident identity number (居民身份证号, GB 11643), residence permits 81/82/83 included.

    18 places: place (6), date of birth (8), sequence (3, the last one odd for men), check character. Checked: the
    check character, and that the date exists and is not after `today` (default: the machine's date). The place is a
    soft warning only, because numbers outlive the divisions they name. Numbers of 15 digits, not issued any more, pass
    with a warning if `legacy` (import of old files).
    """
    number = normalise_resident_id(text)
    if not number:
        return False, _lt("The identity number is missing: enter the 18 characters of the card.")
    old = re.fullmatch(r"[0-9]{15}", number)
    if old and not legacy:
        return False, _lt("Identity numbers of 15 digits are no longer valid: enter the 18 characters of the card.")
    if not old and not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return False, _lt("An identity number has 17 digits and then a digit or X: count and compare with the card.")
    if not _birth_date(number, today):
        return False, _lt("The date of birth in the identity number cannot be right: compare from the 7th digit on.")
    if old:
        return True, _lt("This is an old identity number of 15 digits: ask for the number of 18 characters.")
    if number[17] != _resident_check(number):
        return False, _lt("The last character of the identity number does not fit the rest: one of them is mistyped.")
    if _place(number) not in _PROVINCES:
        return True, _lt("The identity number begins with an unknown place: compare it with the card.")
    return True, ""


def lengthen_resident_id(text):
    """Return a number of 15 places as the one of 18 that its holder has now (GB 11643-1999); any other number as it is, normalised."""
    number = normalise_resident_id(text)
    if not check_resident_id(number, legacy=True)[0] or len(number) != 15:
        return number
    first = f"{number[:6]}19{number[6:]}"
    return first + _resident_check(first)


def resident_id_facts(text):
    """Return `(date of birth, "male" or "female")` from a resident identity number of 18 or 15 places.

    Raise ValueError for a number that holds no such facts; the check character and the present date do not matter
    here.
    """
    number = normalise_resident_id(text)
    birth = _birth_date(number, date.max) if re.fullmatch(r"[0-9]{15}|[0-9]{17}[0-9X]", number) else None
    if not birth:
        raise ValueError("This is not a resident identity number: it holds no date of birth.")
    return birth, "male" if int(number[16] if len(number) == 18 else number[14]) % 2 else "female"


# 未成年人: under 18 (未成年人保护法 §2); 老年人: from 60 on (老年人权益保障法 §2).
OF_AGE, OLD = 18, 60


def statistical_facts(text, day):
    """Return what statistics ask of the holder of an identity number on a `day`: `sex`, `age_band`, `is_foreign`; None for no such number.

    Of the date of birth there is left whether he is a "minor", an "adult" or a "senior"; whoever is born on 29 February comes of age on
    1 March.
    """
    try:
        birth, sex = resident_id_facts(text)
    except ValueError:
        return None
    age = day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
    band = "minor" if age < OF_AGE else "senior" if age >= OLD else "adult"
    return {"sex": sex, "age_band": band, "is_foreign": normalise_resident_id(text)[0] == "9"}


def hash_identity(text, secret):
    """Return the HMAC-SHA256 of an identity number in hex, equal for all ways of typing the same number.

    It finds duplicates without reading the number. `secret` (str or bytes) must stay on the server: without one, all
    numbers there are could be tried. Raise ValueError if the number or the secret is empty.
    """
    number = normalise_id(text)
    if not number or not secret:
        raise ValueError("An identity hash needs a number and a secret.")
    key = secret.encode() if isinstance(secret, str) else secret
    return hmac.new(key, number.encode(), hashlib.sha256).hexdigest()


def _resident_check(number):
    total = sum(weight * int(digit) for weight, digit in zip(_RESIDENT_WEIGHTS, number[:17], strict=True))
    return _RESIDENT_CHECKS[total % 11]


def _birth_date(number, today):
    """Return the date of birth, or None if there is no such date or it is after `today`."""
    digits = number[6:14] if len(number) == 18 else "19" + number[6:12]
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return birth if birth <= (today or date.today()) else None


def _place(number):
    """The two digits of the province; a foreigner's permanent residence card has them after a leading 9."""
    return number[1:3] if number[0] == "9" else number[:2]


# Organizations


def check_uscc(text):
    """Check a unified social credit code (统一社会信用代码, GB 32100): its 18 characters, the last one being the check.

    The first eight places may hold letters (N2… for rural collectives), unlike in some libraries.
    """
    code = normalise_id(text)
    if not code:
        return False, _lt("The social credit code is missing: enter its 18 characters.")
    if len(code) != 18:
        return False, _lt("A social credit code has 18 characters: count and compare with the certificate.")
    if any(char not in _USCC_ALPHABET for char in code):
        return False, _lt("A social credit code has only digits and capital letters, no I, O, S, V or Z: look again.")
    total = sum(weight * _USCC_ALPHABET.index(char) for weight, char in zip(_USCC_WEIGHTS, code[:17], strict=True))
    if code[17] != _USCC_ALPHABET[-total % 31]:
        return False, _lt(
            "The last character of the social credit code does not fit the rest: one of them is mistyped."
        )
    return True, ""


# Lawyers


def check_license(text, city_prefix=None):
    """Check a lawyer's licence number (律师执业证号): 17 digits.

    They are: 1 for a lawyer, province (2), city (2), year of first practice (4), kind (1), sex (1), sequence (6).
    `city_prefix` is the beginning that licences of the own city have ("14104" for Pingdingshan); another one is a soft
    warning, because lawyers move. So is an old certificate of 12 digits, and a first digit other than 1.
    """
    number = normalise_id(text)
    if not number:
        return False, _lt("The licence number is missing: enter the 17 digits of the lawyer's licence.")
    if re.fullmatch(r"[0-9]{12}", number):
        return True, _lt("This is an old licence number of 12 digits: ask for the present licence of 17 digits.")
    if not re.fullmatch(r"[0-9]{17}", number):
        return False, _lt("A lawyer's licence number has 17 digits: count and compare with the licence.")
    if number[0] != "1":
        return True, _lt(
            "The licence number does not begin with 1, as those of lawyers do: compare it with the licence."
        )
    if city_prefix and not number.startswith(city_prefix):
        return True, _lt("The licence was issued in another city: make sure that the lawyer practises in this one.")
    return True, ""


# Telephone and bank


def check_mobile(text):
    """Check a mobile number of the mainland: 11 digits from 13 to 19; +86 and separators are put aside."""
    number = normalise_phone(text)
    if not number:
        return False, _lt("The mobile number is missing: enter its 11 digits.")
    if not re.fullmatch(r"1[3-9][0-9]{9}", number):
        return False, _lt("A mobile number has 11 digits and begins with 13 to 19: count its digits.")
    return True, ""


def check_phone(text):
    """Check a telephone number: a mobile one, or a landline with area code (0375 and 7 digits).

    A landline number without area code is a soft warning.
    """
    number = normalise_phone(text)
    if not number:
        return False, _lt("The telephone number is missing: enter a mobile number, or a landline with its area code.")
    if check_mobile(number)[0] or re.fullmatch(r"0[1-9][0-9]{8,10}", number):
        return True, ""
    if re.fullmatch(r"[2-9][0-9]{6,7}", number):
        return True, _lt("The landline number has no area code: add it, so that it can be dialled from anywhere.")
    return False, _lt("This is neither a mobile number nor a landline with its area code: count its digits.")


def check_bank_account(text):
    """Check the account number of a payee: digits; a bank card has 16 to 19 of them and mostly passes the Luhn check.

    Company accounts and passbooks follow no common rule, so both points are soft warnings; letters and impossible
    lengths are not.
    """
    number = normalise_bank_account(text)
    if not number:
        return False, _lt("The account number is missing: enter the digits of the bank card or passbook.")
    if not re.fullmatch(r"[0-9]+", number):
        return False, _lt("An account number has digits only: type it again from the card, not from a spreadsheet.")
    if not 8 <= len(number) <= 30:
        return False, _lt("This cannot be an account number, by its length: count its digits.")
    if not 16 <= len(number) <= 19:
        return True, _lt("A bank card has 16 to 19 digits: make sure that this is a passbook or a company account.")
    if not _passes_luhn(number):
        return True, _lt("The account number fails the check of bank cards: compare it with the card or passbook.")
    return True, ""


def _passes_luhn(number):
    doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
