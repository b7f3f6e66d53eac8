"""Whether a text that leaves the office tells who somebody is (V2; 个人信息保护法 §25, F§11): what may not stand in a typical case."""

import re

# Numbers that belong to one person; a longer run of digits is none of them.
_DIGIT_BEFORE, _DIGIT_AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
PATTERNS = {
    "resident_id": re.compile(
        _DIGIT_BEFORE + r"[1-9][0-9]{5}(?:18|19|20)[0-9]{2}[01][0-9][0-3][0-9][0-9]{3}[0-9Xx]" + _DIGIT_AFTER
    ),
    "phone": re.compile(_DIGIT_BEFORE + r"1[3-9][0-9](?:[ -]?[0-9]{4}){2}" + _DIGIT_AFTER),
    "bank_account": re.compile(_DIGIT_BEFORE + r"[1-9][0-9]{3}(?:[ ]?[0-9]{4}){3}(?:[ ]?[0-9]{1,3})?" + _DIGIT_AFTER),
}


def find_personal(text, names=()):
    """Return the set of kinds of personal data in `text`: "resident_id", "phone", "bank_account", and "name" for one of `names`.

    A name of one character is no evidence and is passed over; 张某 and 王某某 are how cases are told.
    """
    found = {kind for kind, pattern in PATTERNS.items() if pattern.search(text or "")}
    if "resident_id" in found:
        # Eighteen digits would look like an account, too.
        rest = PATTERNS["resident_id"].sub("", text)
        found -= {"bank_account"} if not PATTERNS["bank_account"].search(rest) else set()
    if any(name in (text or "") for name in names if len(name.strip()) > 1):
        found.add("name")
    return found
