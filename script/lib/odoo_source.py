"""Where Odoo 19 comes from. Nothing else in the project knows.

A tree of one's own is named in ODOO_HOME: a checkout of Odoo's repository, or the folder that holds an installed
package `odoo`. Without it, Debian's package of Odoo 19 is downloaded into the cache.
"""

import os
from pathlib import Path

from . import cache
from .debian import Archive
from .feedback import Problem

HOME_VARIABLE = "ODOO_HOME"
SERIES = "version_info = (19, 0,"
# Odoo's static files are links into sibling packages. Two fonts come from the stable release: in sid's newer
# versions the linked files have moved.
PACKAGES = (
    "odoo-19/sid",
    "libjs-jquery/sid",
    "libjs-jquery-form/sid",
    "libjs-underscore/sid",
    "fonts-montserrat/sid",
    "fonts-roboto-unhinted/sid",
    "fonts-ocr-b/sid",
    "fonts-font-awesome/bookworm",
    "fonts-inconsolata/bookworm",
)
PACKAGE_ROOT = "usr/lib/python3/dist-packages"


class OdooTree:
    """An Odoo 19 tree on disk."""

    def __init__(self, root):
        self.root = Path(root)
        self.release = self.root / "odoo" / "release.py"
        if not self.release.is_file() or SERIES not in self.release.read_text():
            raise Problem(
                f"{self.root} is not an Odoo 19.0 tree (no odoo/release.py of that series); mend {HOME_VARIABLE}."
            )

    @property
    def addons_path(self):
        """The folder of addons beside the package `odoo`, in a checkout of Odoo's repository.

        Odoo finds `odoo/addons` itself. Debian's package has everything there, and beside it a folder of remains.
        """
        all_inside = (self.root / "odoo" / "addons" / "web" / "__manifest__.py").is_file()
        return [] if all_inside else [self.root / "addons"]

    @property
    def key(self):
        return cache.fingerprint(self.root, self.release.read_text())


def odoo_tree():
    """The Odoo tree to use, downloaded first when nobody named one."""
    own = os.environ.get(HOME_VARIABLE)
    if own:
        return OdooTree(Path(own).expanduser().resolve())
    target = cache.CACHE / "odoo" / cache.fingerprint(*PACKAGES)
    return OdooTree(cache.built(target, _unpack_packages, gigabytes=2) / PACKAGE_ROOT)


def _unpack_packages(folder):
    or_else = f"point {HOME_VARIABLE} at an Odoo 19 tree of your own"
    Archive("Odoo 19", ("sid", "bookworm"), or_else).unpack(PACKAGES, folder)
    packages = folder / PACKAGE_ROOT
    # Debian strips this minified file; every page of the backend would complain about its absence.
    stripped = packages / "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
    stripped.parent.mkdir(parents=True, exist_ok=True)
    stripped.touch()
    # Debian's names for two requirements; with PyPI's names pip sees Odoo as complete and installs addons beside it.
    for metadata in packages.glob("odoo-*.egg-info/PKG-INFO"):
        text = metadata.read_text()
        text = text.replace("Requires-Dist: psycopg2>", "Requires-Dist: psycopg2-binary>").replace("PyPDF2", "pypdf")
        metadata.write_text(text)
