"""Which county a name speaks of: a suggestion for whoever types an employer, never a decision (requirement I3)."""

import re

from .ids import normalise_name

# What the union of an area adds to the name of the area: 宝丰县总工会.
_UNION = re.compile(r"(总工会|工会)(委员会)?$")
# Counties and county-level cities are named without their rank, too: 宝丰酿造. A district is not: 新华书店 is no matter of 新华区.
_RANK = re.compile(r"[县市]$")
_SHORTEST = 2


def find_area(text, unions):
    """Return the key of the one area that `text` names, or None where it names none or several.

    :param unions: {key: name of the union of an area}
    """
    name = normalise_name(text)
    found = {key: part for key, union in unions.items() if (part := _find_part(name, _UNION.sub("", union)))}
    longest = max(found.values(), key=len, default="")
    keys = [key for key, part in found.items() if part == longest]
    # An area whose name is part of another's is no second one: 新城 and 新城区.
    return keys[0] if len(keys) == 1 and all(part in longest for part in found.values()) else None


def _find_part(name, area):
    """What of the name of `area` stands in `name`: all of it anywhere, or its short form at the beginning; else ""."""
    area = normalise_name(area)
    short = _RANK.sub("", area)
    if len(area) >= _SHORTEST and area in name:
        return area
    if _SHORTEST <= len(short) < len(area) and name.startswith(short):
        return short
    return ""
