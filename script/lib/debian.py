"""Debian packages without root: a private apt state, downloads into the cache, files unpacked into a folder of ours."""

import os
from pathlib import Path

from . import cache
from .feedback import Problem, run_quietly, step

MIRROR_VARIABLE = "UNION_LEGAL_AID_DEBIAN_MIRROR"
KEYRINGS = [Path("/usr/share/keyrings") / f"debian-archive-keyring.{kind}" for kind in ("gpg", "pgp")]
# The system's own C library has to stay: programs of an older Debian run on a newer one, not the other way round.
NEVER_UNPACKED = ("libc6", "libc-bin", "libcrypt1")


def mirror(or_else):
    """The mirror of the machine's own apt sources, or the one named in the environment."""
    if os.environ.get(MIRROR_VARIABLE):
        return os.environ[MIRROR_VARIABLE].rstrip("/")
    sources = [Path("/etc/apt/sources.list"), *sorted(Path("/etc/apt/sources.list.d").glob("*"))]
    for source in sources:
        if source.suffix in (".list", ".sources") and source.is_file():
            for address in _archive_addresses(source):
                return address.rstrip("/")
    raise Problem(f"This machine has no Debian mirror in its apt sources: name one in {MIRROR_VARIABLE}, or {or_else}.")


def _archive_addresses(source):
    """Addresses of Debian's main archive in one sources file, in the one-line and in the deb822 form."""
    for line in source.read_text(errors="replace").splitlines():
        words = line.split("#")[0].split()
        if words and words[0] in ("deb", "URIs:"):
            for word in words[1:]:
                if "://" in word and word.rstrip("/").endswith("/debian"):
                    yield word


def _keyring(or_else):
    for keyring in KEYRINGS:
        if keyring.exists():
            return keyring
    raise Problem(f"Debian's archive keyring is missing: install the package debian-archive-keyring, or {or_else}.")


class Archive:
    """One private apt state that knows the packages of some Debian releases.

    :param name: what is fetched through it, as told to the user
    :param or_else: what the user can do when Debian cannot be reached
    """

    def __init__(self, name, releases, or_else):
        self.name = name
        self.mirror = mirror(or_else)
        self.state = cache.folder("apt", cache.fingerprint(self.mirror, *releases))
        for part in ("lists/partial", "archives/partial", "empty/partial"):
            (self.state / part).mkdir(parents=True, exist_ok=True)
        # An empty package database: what is installed here must not decide what is needed.
        (self.state / "status").touch()
        # A mirror may serve a release file that is past its date (check-valid-until).
        options = f"[check-valid-until=no signed-by={_keyring(or_else)}]"
        lines = [f"deb {options} {self.mirror} {release} main\n" for release in releases]
        (self.state / "sources.list").write_text("".join(lines))

    def apt(self, *arguments, explanation, cwd=None):
        """Run apt-get on this state only; the system's own packages are neither read nor changed."""
        options = {
            "Dir::State": self.state,
            "Dir::State::Lists": self.state / "lists",
            "Dir::State::status": self.state / "status",
            "Dir::Cache": self.state,
            "Dir::Cache::archives": self.state / "archives",
            "Dir::Cache::pkgcache": "",
            "Dir::Cache::srcpkgcache": "",
            "Dir::Etc::SourceList": self.state / "sources.list",
            "Dir::Etc::SourceParts": "/dev/null",
            "Dir::Etc::Preferences": "/dev/null",
            "Dir::Etc::PreferencesParts": "/dev/null",
            "APT::Install-Recommends": "false",
            # Images of Debian for containers delete downloads at once; ours have to stay.
            "APT::Keep-Downloaded-Packages": "true",
            "DPkg::Post-Invoke::": "",
            "Acquire::Retries": 3,
            # Without it a mirror that does not answer is only worth a warning.
            "APT::Update::Error-Mode": "any",
        }
        if os.getuid() == 0:
            options["APT::Sandbox::User"] = "root"
        command = ["apt-get", "--assume-yes", "--quiet"]
        command += [f"-o{key}={value}" for key, value in options.items()]
        environment = dict(os.environ, LC_ALL="C.UTF-8", DEBIAN_FRONTEND="noninteractive")
        return run_quietly([*command, *arguments], explanation, env=environment, cwd=cwd)

    def unpack(self, requests, target, with_dependencies=False):
        """Download packages (``name`` or ``name/release``) and unpack their files into the folder ``target``."""
        action = ["install", "--download-only"] if with_dependencies else ["download"]
        archives = self.state / "archives"
        explanation = f"Debian packages could not be fetched from {self.mirror}"
        with cache.locked(f"apt-{self.state.name}"):
            with step(f"Reading Debian's package lists for {self.name}"):
                self.apt("update", explanation=explanation)
            # Listed against an empty folder: apt leaves out what it has downloaded before.
            nothing = f"-oDir::Cache::archives={self.state / 'empty'}"
            listing = self.apt(*action, nothing, "--print-uris", *requests, explanation=explanation)
            # Each line reads: 'address' file-name size hash
            wanted = [line.split()[1:3] for line in listing.splitlines() if line.startswith("'")]
            megabytes = sum(int(size) for _name, size in wanted) / 1024**2
            title = f"Downloading {len(wanted)} Debian packages for {self.name} ({megabytes:.0f} MB)"
            with step(title, watch=archives):
                self.apt(*action, *requests, explanation=explanation, cwd=archives)
        with step(f"Unpacking {self.name}", watch=target):
            for name, _size in wanted:
                if name.split("_")[0] not in NEVER_UNPACKED:
                    run_quietly(["dpkg", "-x", archives / name, target], f"The package {name} could not be unpacked")
