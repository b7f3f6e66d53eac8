"""Checks and upkeep of `i18n/zh_CN.po`: complete, no guesses, same placeholders, nothing missing that the code says."""

import re
import tempfile
from collections import Counter
from pathlib import Path

from . import cache

LANGUAGE = "zh_CN"
HEADER = {"Language": LANGUAGE, "Content-Transfer-Encoding": "8bit", "Plural-Forms": "nplurals=1; plural=0;"}
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+ #0]*[\d.*]*[sdifgrx]|\{\w*\}")
# A source text that is Chinese already (a place, the name of a law) is its own translation; an English sentence may quote one.
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{2,}")


def catalogue_path(addon):
    return cache.CHECKOUT / addon / "i18n" / f"{LANGUAGE}.po"


def _catalogue(path, **options):
    import polib

    return polib.pofile(str(path), encoding="utf-8", **options)


def check_catalogue(addon):
    """Sentences about what is wrong with the catalogue of an addon, seen by itself."""
    path = catalogue_path(addon)
    name = path.relative_to(cache.CHECKOUT)
    if not path.exists():
        return [f"{name} is missing."]
    try:
        catalogue = _catalogue(path, check_for_duplicates=True)
    except (OSError, ValueError) as error:
        return [f"{name} cannot be read: {error}"]
    complaints = []
    for entry in catalogue:
        where = f"{name}:{entry.linenum}: “{_shortened(entry.msgid)}”"
        if entry.obsolete:
            complaints.append(f"{where} is obsolete.")
        elif entry.fuzzy:
            complaints.append(f"{where} is marked as a guess (fuzzy).")
        elif not entry.msgstr.strip():
            complaints.append(f"{where} has no translation.")
        elif Counter(PLACEHOLDER.findall(entry.msgid)) != Counter(PLACEHOLDER.findall(entry.msgstr)):
            complaints.append(f"{where} and its translation differ in their placeholders.")
    return complaints


def _is_chinese(text):
    """Whether the text needs no translation: no English word stands in it, placeholders and markup aside."""
    bare = re.sub(r"<[^>]*>", " ", PLACEHOLDER.sub(" ", text))
    return bool(CHINESE.search(bare)) and not ENGLISH.search(bare)


def _shortened(text, length=60):
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 1]}…"


def exported_terms(odoo, database, addon):
    """The terms that the code and data of an addon have now, as Odoo exports them."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{addon}.pot"
        command = odoo.command("i18n export", "-d", database, "-o", path, addon)
        odoo.run_logged(f"Exporting the terms of {addon}", command, f"export-{addon}")
        return _catalogue(path) if path.stat().st_size else []


def missing_terms(odoo, database, addon):
    """Sentences about terms in use that the catalogue of the addon does not have."""
    path = catalogue_path(addon)
    known = {entry.msgid for entry in _catalogue(path)} if path.exists() else set()
    return [
        f"{path.relative_to(cache.CHECKOUT)} lacks “{_shortened(entry.msgid)}” "
        f"({entry.occurrences[0][0] if entry.occurrences else 'code'}); script/lint --update-po adds it."
        for entry in exported_terms(odoo, database, addon)
        if entry.msgid not in known and not _is_chinese(entry.msgid)
    ]


def update_catalogue(odoo, database, addon):
    """Bring the catalogue to the terms in use: new ones with an empty translation, unused ones removed."""
    path = catalogue_path(addon)
    exported = exported_terms(odoo, database, addon)
    old = _catalogue(path) if path.exists() else []
    if not exported and not old:
        return f"{addon} has no terms."
    translations = {entry.msgid: entry.msgstr for entry in old}
    # The header of an existing catalogue stays, so that nothing changes when no term did.
    exported.metadata = old.metadata if old else dict(exported.metadata, **HEADER)
    kept = [entry for entry in exported if entry.msgid in translations or not _is_chinese(entry.msgid)]
    for entry in kept:
        entry.msgstr = translations.get(entry.msgid, "")
    exported[:] = kept
    path.parent.mkdir(exist_ok=True)
    exported.save(str(path))
    new = sum(1 for entry in kept if entry.msgid not in translations)
    gone = len(translations.keys() - {entry.msgid for entry in kept})
    return f"{path.relative_to(cache.CHECKOUT)}: {len(kept)} terms, {new} new, {gone} removed."
