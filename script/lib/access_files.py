"""The files that follow from the access table of the addon: rights to models, record rules, and the page in docs/."""

import importlib.util

from . import cache

ADDON = cache.CHECKOUT / "union_legal_aid"


def _load_table():
    """The addon's own reader of the table, without importing the addon, which needs Odoo."""
    specification = importlib.util.spec_from_file_location("access_table", ADDON / "tools" / "access_table.py")
    reader = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(reader)
    return reader, reader.AccessTable(ADDON / "security")


def _expected_files():
    """``{path: text}`` as the table asks for, and what is wrong with the table."""
    reader, table = _load_table()
    problems = table.find_problems()
    if problems:
        return {}, problems
    files = {cache.CHECKOUT / "docs" / "access.md": table.render_document()}
    for room in reader.ROOMS:
        if any(right.room == room for right in table.rights):
            files[ADDON / "security" / room / "ir.model.access.csv"] = table.render_acl(room)
            files[ADDON / "security" / room / "rules.xml"] = table.render_rules(room)
    return files, []


def check():
    """Sentences about the access table, and about each file that does not follow it."""
    files, problems = _expected_files()
    return problems + [
        f"{path.relative_to(cache.CHECKOUT)} does not follow the access table; script/lint --update-access writes it."
        for path, text in files.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def update():
    """Write what differs; returns sentences for the screen."""
    files, problems = _expected_files()
    changed = [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in changed:
        path.write_text(files[path], encoding="utf-8")
    return problems, [str(path.relative_to(cache.CHECKOUT)) for path in changed]
