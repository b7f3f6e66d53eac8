"""Virtual environments in the cache, each keyed by its requirements and by the Python that runs it."""

import os
import site
import sys
import venv
from pathlib import Path

from . import cache
from .feedback import Problem, run_quietly, step

REQUIREMENTS = Path(__file__).with_name("requirements.txt")
LINT_REQUIREMENTS = Path(__file__).with_name("requirements-lint.txt")
# QR codes and barcodes: reportlab draws them through rlPyCairo, whose other backend would need a compiler.
WITHOUT_DEPENDENCIES = ("rlPyCairo==0.4.0",)


def _environment(name, title, requirements, extra=()):
    key = cache.fingerprint(requirements.read_text(), extra, sys.version, sys.base_prefix)
    target = cache.CACHE / "python" / f"{name}-{key}"

    def build(folder):
        with step(title, watch=folder):
            try:
                venv.create(folder, with_pip=True)
            except Exception as error:
                raise Problem(
                    f"Python could not make a virtual environment ({error}): install the package python3-venv."
                ) from error
            pip = [folder / "bin" / "python", "-m", "pip", "--no-input", "--disable-pip-version-check", "install"]
            explanation = "Python packages could not be installed"
            run_quietly([*pip, "-r", requirements], explanation)
            for requirement in extra:
                run_quietly([*pip, "--no-deps", requirement], explanation)
            _move_scripts(folder, target)

    return cache.built(target, build, gigabytes=1)


def _move_scripts(folder, target):
    """Programs in `bin` name their interpreter by its full path, and the folder is about to be renamed."""
    for program in (folder / "bin").iterdir():
        if program.is_file() and not program.is_symlink():
            content = program.read_bytes()
            program.write_bytes(content.replace(os.fsencode(folder), os.fsencode(target)))


def odoo_environment():
    """The environment that Odoo runs in; its packages (psycopg2, polib) become importable here too."""
    folder = _environment("odoo", "Installing Odoo's Python packages", REQUIREMENTS, WITHOUT_DEPENDENCIES)
    site.addsitedir(str(packages_of(folder)))
    return folder


def packages_of(environment):
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return environment / "lib" / version / "site-packages"


def lint_environment():
    return _environment("lint", "Installing the lint tools", LINT_REQUIREMENTS)
