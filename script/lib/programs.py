"""wkhtmltopdf (documents), Chromium (browser tours), Chinese fonts, libcairo (barcodes).

What the machine has is used; what it lacks is unpacked from Debian into the cache and reached through small launchers.
"""

import ctypes
import os
import shutil
import subprocess
import tempfile

from . import cache
from .debian import Archive
from .feedback import Problem, run_quietly, step

# wkhtmltopdf left Debian after bookworm; taking all from that one release gives one consistent set of libraries.
RELEASE = "bookworm"
BROWSERS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
WARM_UP_SECONDS = 120

LAUNCHER = """#!/bin/sh
root='{root}'
libraries='{triplet}'
LD_LIBRARY_PATH="$root/usr/lib/$libraries:$root/lib/$libraries:$root/usr/lib/$libraries/pulseaudio"
QT_PLUGIN_PATH="$root/usr/lib/$libraries/qt5/plugins"
QT_QPA_PLATFORM=offscreen
export LD_LIBRARY_PATH QT_PLUGIN_PATH QT_QPA_PLATFORM
exec "$root/{program}" "$@"
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{root}/usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <dir prefix="xdg">fonts</dir>
  <cachedir>{cache}</cachedir>
  {preferences}
</fontconfig>
"""
FONT_PREFERENCES = ("30-metric-aliases", "45-latin", "49-sansserif", "60-latin", "65-nonlatin", "70-fonts-noto-cjk")


class Programs:
    """Our launchers, fonts and libraries, as a child process gets them."""

    def __init__(self, folder):
        self.bin = folder / "bin"
        self.libraries = folder / "lib"
        self.fonts = folder / "fonts.conf"

    def environment(self, environment):
        """``environment`` with our programs in front."""
        changed = dict(environment)
        changed["PATH"] = f"{self.bin}{os.pathsep}{environment.get('PATH', os.defpath)}"
        if self.fonts.exists():
            changed["FONTCONFIG_FILE"] = str(self.fonts)
        if any(self.libraries.iterdir()):
            changed["LD_LIBRARY_PATH"] = os.pathsep.join(
                filter(None, [str(self.libraries), environment.get("LD_LIBRARY_PATH")])
            )
        return changed

    def warm_browser(self):
        """Start the browser once: Odoo gives up on a cold one and would skip the tour without a word."""
        environment = self.environment(os.environ)
        browser = next(filter(None, (shutil.which(name, path=environment["PATH"]) for name in BROWSERS)), None)
        if not browser:
            raise Problem("No Chromium or Chrome was found for the browser tours.")
        with step("Starting the browser once"), tempfile.TemporaryDirectory() as profile:
            command = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}"]
            try:
                page = run_quietly(
                    [*command, "--dump-dom", "data:text/html,<p>warm</p>"],
                    "The browser does not start",
                    env=environment,
                    timeout=WARM_UP_SECONDS,
                )
            except subprocess.TimeoutExpired:
                page = ""
        if "warm" not in page:
            raise Problem(f"The browser {browser} did not show a page within {WARM_UP_SECONDS} seconds.")


def programs():
    """Fetch what the machine lacks, once, and return it."""
    lacking = tuple(_lacking())
    key = cache.fingerprint(RELEASE, *lacking)
    packages = None
    if lacking:
        archive_name = "documents, browser and fonts"
        packages = cache.built(
            cache.CACHE / "programs" / key,
            lambda folder: Archive(archive_name, [RELEASE], or_else=f"install {', '.join(lacking)} yourself").unpack(
                lacking, folder, with_dependencies=True
            ),
            gigabytes=2,
        )
    launchers = cache.CACHE / "programs" / f"launchers-{cache.fingerprint(key, LAUNCHER, FONTS)}"
    return Programs(cache.built(launchers, lambda folder: _write_launchers(folder, packages, lacking)))


def _lacking():
    """Names of the Debian packages that this machine needs from us."""
    # An installed wkhtmltopdf is often the vendor's patched build, which can do more than Debian's.
    if not shutil.which("wkhtmltopdf"):
        yield "wkhtmltopdf"
    if not any(map(shutil.which, BROWSERS)):
        yield "chromium"
    if not _loads("libcairo.so.2"):
        yield "libcairo2"
    if not shutil.which("fc-list") or not run_quietly(["fc-list", ":lang=zh-cn"], "Fonts could not be listed").strip():
        yield "fonts-noto-cjk"


def _write_launchers(folder, packages, lacking):
    (folder / "bin").mkdir()
    (folder / "lib").mkdir()
    if not packages:
        return
    triplet = next((path.name for path in packages.glob("usr/lib/*-linux-gnu*")), "")  # fonts alone bring no libraries
    for package, program in (("wkhtmltopdf", "usr/bin/wkhtmltopdf"), ("chromium", "usr/lib/chromium/chromium")):
        if package in lacking:
            launcher = folder / "bin" / package
            launcher.write_text(LAUNCHER.format(root=packages, triplet=triplet, program=program))
            launcher.chmod(0o755)
    if "libcairo2" in lacking:
        _link_missing_libraries(folder / "lib", packages, triplet)
    preferences = (packages / "usr/share/fontconfig/conf.avail" / f"{name}.conf" for name in FONT_PREFERENCES)
    (folder / "fonts.conf").write_text(
        FONTS.format(
            root=packages,
            cache=cache.folder("fontconfig"),
            preferences="\n  ".join(f'<include ignore_missing="yes">{path}</include>' for path in preferences),
        )
    )


def _loads(library):
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _link_missing_libraries(folder, packages, triplet):
    """Link libcairo and what it needs, but only what the machine lacks.

    Python runs with this folder in front, and must not get an older library than the one it was built with.
    """
    library_path = os.pathsep.join(str(packages / base / triplet) for base in ("usr/lib", "lib"))
    cairo = packages / "usr/lib" / triplet / "libcairo.so.2"
    listing = run_quietly(["ldd", cairo], "ldd failed", env=dict(os.environ, LD_LIBRARY_PATH=library_path))
    for line in [f"{cairo.name} => {cairo}", *listing.splitlines()]:
        name, _arrow, rest = line.strip().partition(" => ")
        if rest.startswith(str(packages)) and not _loads(name):
            (folder / name).symlink_to(rest.split(" (")[0])
