"""How unions are called in the tables of offices (X1): 新华区, 平顶山市新华区总工会 and 新华区工会 are one."""

import re

from . import ids

SUFFIX = re.compile(r"(总工会|工会联合会|联合工会|工会委员会|工会)$")
# 示范区(新城区) is called by either name.
TWO_NAMES = re.compile(r"(.+)\((.+)\)")
# What the counties call the union of their city.
CITY = frozenset({"市", "市总", "市本级"})


def full_name(name):
    """Return a name as it is compared whole."""
    return ids.normalise_name(name)


def short_names(name, city_name):
    """Return what a union is called without 工会, with and without the place of its city, and by each of two names in one."""
    bare = SUFFIX.sub("", ids.normalise_name(name))
    place = SUFFIX.sub("", ids.normalise_name(city_name))
    found = {bare}
    for prefix in filter(None, (place, place.removesuffix("市"))):
        rest = bare.partition(prefix)[2]
        if rest and rest != "市":
            found.add(rest)
            break
    for word in tuple(found):
        two = TWO_NAMES.fullmatch(word)
        found |= set(two.groups()) if two else set()
    return found - {""}
