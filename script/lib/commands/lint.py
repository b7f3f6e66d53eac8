"""script/lint: ruff, pylint-odoo, XML, translations, and Odoo's own lint tests on our addons."""

import argparse
import subprocess
import xml.etree.ElementTree as ElementTree

from .. import access_files, cache, translations
from ..feedback import step
from ..python_environment import lint_environment, odoo_environment, packages_of
from ..suite import run_tests, show_failures
from ..workbench import load_addons, scratch_database, workbench

# Odoo's own lint tests that look at any addon on the path, or at any model in the database.
ODOO_LINT_CLASSES = (
    "ManifestLinter",
    "RoutesLinter",
    "TestConflictMarkers",
    "TestDunderinit",  # two classes of that name: __init__.py files, and imports of odoo.orm
    "TestIndex",
    "TestJsTranslations",
    "TestLintOverrideSignatures",
    "TestNaming",
    "TestOnchangeDomains",
    "TestTestHoles",
)


def lint(arguments):
    parser = argparse.ArgumentParser(prog="script/lint", description="Check code, data and translations.")
    parser.add_argument(
        "--fast", action="store_true", help="only what needs no database; pylint only on what was changed"
    )
    parser.add_argument("--fix", action="store_true", help="first let ruff mend and format what it can")
    parser.add_argument(
        "--update-po",
        action="store_true",
        help="instead of checking, bring i18n/zh_CN.po to the terms in use: new ones with an empty translation",
    )
    parser.add_argument(
        "--update-access",
        action="store_true",
        help="instead of checking, write rights to models and record rules from the access table (security/*/access.csv)",
    )
    options = parser.parse_args(arguments)
    if options.update_access:
        return _update_access_files()
    if options.update_po:
        return _update_catalogues()
    tools = lint_environment()
    odoo_environment()
    complaints = [*_check_python(tools / "bin", options), *_check_xml(), *access_files.check()]
    for addon in cache.ADDONS:
        complaints += translations.check_catalogue(addon)
    if not options.fast:
        complaints += _check_in_odoo(packages_of(tools))
    for complaint in complaints:
        print(complaint)
    print(f"{len(complaints)} complaint(s)" if complaints else "Nothing to complain about.")
    return 1 if complaints else 0


def _check_python(tools, options):
    """Run the tools, whose findings go to the screen as they are, and say which of them found something."""
    if options.fix:
        subprocess.run([tools / "ruff", "check", "--quiet", "--fix-only", "."], cwd=cache.CHECKOUT)
        subprocess.run([tools / "ruff", "format", "--quiet", "."], cwd=cache.CHECKOUT)
    checks = {
        "ruff check": [tools / "ruff", "check", "--quiet", "."],
        "ruff format": [tools / "ruff", "format", "--quiet", "--diff", "."],
        "pylint-odoo": [
            tools / "pylint",
            "--rcfile=pyproject.toml",
            *((options.fast and _changed_modules()) or cache.ADDONS),
        ],
    }
    for title, command in checks.items():
        with step(title):
            code = subprocess.run(command, cwd=cache.CHECKOUT, stdin=subprocess.DEVNULL).returncode
        if code:
            yield f"{title} found something, see above."


def _changed_modules():
    """The addons' Python files that differ from the main branch, or on it from the last commit."""

    def git(*arguments):
        return subprocess.run(
            ["git", *arguments], cwd=cache.CHECKOUT, stdin=subprocess.DEVNULL, capture_output=True, text=True
        ).stdout.split()

    base = git("merge-base", "HEAD", "main") or ["HEAD"]
    changed = git("diff", "--name-only", "--diff-filter=d", *base) + git("ls-files", "--others", "--exclude-standard")
    return [name for name in changed if name.endswith(".py") and name.startswith(tuple(f"{a}/" for a in cache.ADDONS))]


def _check_xml():
    for addon in cache.ADDONS:
        for path in sorted((cache.CHECKOUT / addon).rglob("*.xml")):
            try:
                ElementTree.parse(path)
            except ElementTree.ParseError as error:
                yield f"{path.relative_to(cache.CHECKOUT)} is not well-formed: {error}"


def _check_in_odoo(lint_packages):
    """Odoo's lint tests, and the terms in use against the catalogues, on one scratch database."""
    addons = ",".join(cache.ADDONS)
    tags = ",".join(f"/test_lint:{name}" for name in ODOO_LINT_CLASSES)
    with workbench() as odoo, scratch_database(odoo) as name:
        # Without the addons' demo data: its texts are examples and need no translation.
        with step("Installing the addons and running Odoo's own lint tests"):
            outcomes = run_tests(odoo, name, ["-i", f"test_lint,{addons}"], tags, [lint_packages])
        show_failures(outcomes)
        if not outcomes.succeeded():
            return [f"Odoo's own lint tests: {outcomes.line()}."]
        return [line for addon in cache.ADDONS for line in translations.missing_terms(odoo, name, addon)]


def _update_access_files():
    problems, changed = access_files.update()
    for line in problems or changed:
        print(line)
    print(f"{len(problems)} complaint(s), nothing was written." if problems else f"{len(changed)} file(s) written.")
    return 1 if problems else 0


def _update_catalogues():
    with workbench() as odoo, scratch_database(odoo) as name:
        load_addons(odoo, name, "Installing our addons", demo=False)
        for addon in cache.ADDONS:
            print(translations.update_catalogue(odoo, name, addon))
