"""The published roster as plain data: its checksum, its text, and how two of its states differ (requirement T13).

A line is a dict with `id` (which person it is, never published) and the published fields; a field that the person did not agree to
is empty. What is made of lines here and what the public page shows come from the same lines.
"""

import hashlib
import json
from dataclasses import dataclass

FIELDS = ("name", "law_firm", "license_number", "contact_points", "specialties", "office_phone", "awards")

JOINED = "joined"
LEFT = "left"
CHANGED = "changed"


@dataclass(frozen=True)
class Difference:
    """What happened to one person between two states of the roster."""

    kind: str  # JOINED, LEFT or CHANGED
    name: str
    law_firm: str
    changes: tuple[tuple[str, str, str], ...] = ()  # (field, before, now)


def show(value):
    """Return a value of a line as it is read, an empty text for what is not published."""
    if isinstance(value, list | tuple):
        return "、".join(value)
    return value or ""


def published(line):
    """Return the texts of a line by field, without what is not published."""
    return {field: show(line.get(field)) for field in FIELDS if show(line.get(field))}


def checksum(lines):
    """Return what tells two states of the roster apart; the order of the lines does not."""
    content = sorted(([line["id"], published(line)] for line in lines), key=lambda pair: pair[0])
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def differences(before, now):
    """Return the `Difference`s from the lines `before` to the lines `now`, in the order of the names."""
    old = {line["id"]: published(line) for line in before}
    new = {line["id"]: published(line) for line in now}
    found = [_difference(JOINED, new[key]) for key in new.keys() - old.keys()]
    found += [_difference(LEFT, old[key]) for key in old.keys() - new.keys()]
    for key in old.keys() & new.keys():
        changes = tuple(
            (field, old[key].get(field, ""), new[key].get(field, ""))
            for field in FIELDS
            if old[key].get(field, "") != new[key].get(field, "")
        )
        if changes:
            found.append(_difference(CHANGED, old[key], changes))
    return sorted(found, key=lambda difference: (difference.kind, difference.name))


def matches(line, words="", contact_point="", specialty=""):
    """Whether a visitor who searches so finds the line; every word must occur somewhere in it."""
    text = " ".join(published(line).values()).casefold()
    return (
        all(word in text for word in (words or "").casefold().split())
        and (not contact_point or contact_point in (line.get("contact_points") or ()))
        and (not specialty or specialty in (line.get("specialties") or ()))
    )


def choices(lines, field):
    """Return the values of a field of several values that occur, each once, sorted."""
    return sorted({value for line in lines for value in line.get(field) or ()})


def _difference(kind, texts, changes=()):
    return Difference(kind, texts["name"], texts.get("law_firm", ""), changes)
