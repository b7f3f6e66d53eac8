"""script/test: the whole suite of our addons, or the part of it that the arguments name."""

import argparse
import contextlib
import re

from .. import cache, database
from ..feedback import Problem
from ..suite import run_tests, show_failures
from ..workbench import ensure_database, scratch_database, workbench

EPILOG = """what to run, each of:
  TestApproval  TestApproval.test_reject        a class, a method of it
  test_reject                                   a method of any class
  test_approval.py  …/tests/test_approval.py    a file
  test_approval.py::TestApproval::test_reject   a part of a file (class or method may be left out)
  tour                                          a tag
  /module:Class.method  slow/module             anything else with / or : goes to Odoo's --test-tags as it stands
"""


def test(arguments):
    parser = argparse.ArgumentParser(
        prog="script/test",
        description="Set up what is missing and run our addons' tests, browser tours included.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("part", nargs="*", help="narrows the run; see below")
    parser.add_argument("--database", metavar="NAME", help="keep this database and reuse it: update, then run")
    parser.add_argument("--reset", action="store_true", help="with --database: make it anew first")
    parser.add_argument("--update", metavar="ADDON,…", help="with --database: update only these addons")
    parser.add_argument(
        "--no-update", action="store_true", help="with --database: no update, so only post_install tests can run"
    )
    options = parser.parse_args(arguments)
    if (options.reset or options.update or options.no_update) and not options.database:
        parser.error("--reset, --update and --no-update need --database")
    tags = ",".join(tag for part in options.part for tag in _test_tags(part)) or _whole_suite()
    with workbench() as odoo:
        odoo.programs.warm_browser()
        with _database(odoo, options) as (name, load):
            outcomes = run_tests(odoo, name, load, tags)
    show_failures(outcomes)
    print(outcomes.line(), flush=True)
    return 0 if outcomes.succeeded() else 1


def _whole_suite():
    return ",".join(f"/{addon}" for addon in cache.ADDONS)


def _test_tags(part):
    """What Odoo's --test-tags calls a part of the suite, for each of our addons."""
    path, *members = part.split("::")
    if path.endswith(".py"):
        members = [f":{member}" if member[:1].isupper() else f".{member}" for member in members]
        return [f"/{path}{''.join(members)}" for path in _test_files(path)]
    if "/" in part or ":" in part:
        return [part]
    name, _dot, method = part.partition(".")
    if name[:1].isupper():
        return [f"/{addon}:{part}" for addon in cache.ADDONS]
    if name.startswith("test_"):
        return [f"/{addon}.{name}" for addon in cache.ADDONS]
    if method or not re.fullmatch(r"\w+", name):
        raise Problem(f"“{part}” names no class, method, file or tag; see script/test --help.")
    return [f"{name}/{addon}" for addon in cache.ADDONS]


def _test_files(path):
    """The test files of our addons whose path ends like ``path``."""
    found = [
        str(file.relative_to(cache.CHECKOUT))
        for addon in cache.ADDONS
        for file in sorted((cache.CHECKOUT / addon / "tests").rglob("test_*.py"))
        if f"/{file}".endswith(f"/{path.lstrip('./')}")
    ]
    if not found:
        raise Problem(f"No addon has a test file {path}.")
    return found


@contextlib.contextmanager
def _database(odoo, options):
    """The database to test on, and Odoo's arguments that load our addons into it."""
    if options.database:
        name = options.database
        if options.reset or not database.stamp(name):
            ensure_database(odoo, name, reset=options.reset)
        yield name, [] if options.no_update else ["-u", options.update or ",".join(cache.ADDONS)]
        return
    with scratch_database(odoo) as name:
        yield name, ["-i", ",".join(cache.ADDONS), "--with-demo"]
