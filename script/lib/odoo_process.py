"""Running Odoo: its configuration, its environment, and the ways we start it."""

import ast
import contextlib
import ctypes
import hashlib
import os
import re
import signal
import subprocess

from . import cache, database
from .feedback import Problem, most_telling_line, step

CONFIGURATION = """[options]
addons_path = {addons_path}
data_dir = {data}
list_db = False
"""
LANGUAGES = "en_US,zh_CN"  # a Chinese one alone would switch English off, and with it English tours
TROUBLE = re.compile(r"^\S+ \S+ \d+ (ERROR|CRITICAL) |demo data failed to install", re.MULTILINE)
SECONDS_TO_STOP = 15


class Odoo:
    """An Odoo tree, the Python that runs it and the programs that it calls."""

    def __init__(self, tree, environment, programs):
        self.python = environment / "bin" / "python"
        self.tree = tree
        self.programs = programs
        self.configuration = self._write_configuration()

    def _write_configuration(self):
        addons_path = ",".join(map(str, [*self.tree.addons_path, cache.CHECKOUT]))
        text = CONFIGURATION.format(addons_path=addons_path, data=database.data_folder())
        path = cache.folder("configuration") / f"{cache.fingerprint(text)}.conf"
        if not path.exists():
            path.write_text(text)
        return path

    def environment(self, more_packages=()):
        """What Odoo's process gets as its environment variables.

        :param more_packages: folders of Python packages to reach besides its own
        """
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("ODOO_", "PYTHON"))}
        return dict(
            self.programs.environment(environment),
            PYTHONPATH=os.pathsep.join(map(str, [self.tree.root, *more_packages])),
            PYTHONPYCACHEPREFIX=str(cache.folder("pycache")),
            PYTHONUNBUFFERED="1",
            LC_ALL="C.UTF-8",
        )

    def command(self, subcommand, *arguments):
        """The command line of one of Odoo's commands (``server``, ``shell``, ``i18n export`` …)."""
        return [
            str(part) for part in (self.python, "-m", "odoo", *subcommand.split(), "-c", self.configuration, *arguments)
        ]

    def run_logged(self, title, command, log_name, **options):
        """Run a command to its end with its output in a log; an error in that log is a failure, too."""
        log = log_file(log_name)
        with (
            step(title),
            open(log, "w") as output,
            started(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=self.environment(),
                **options,
            ) as process,
        ):
            code = process.wait()
        told = log.read_text(errors="replace")
        trouble = TROUBLE.search(told)
        if code or trouble:
            reason = first_reason(told[trouble.start() :] if trouble else told)
            raise Problem(f"{title} failed: {reason} (the whole story is in {log})")

    def run_python(self, name, script):
        """Run Python text in Odoo's shell on a database."""
        command = self.command("shell", "-d", name, "--no-http", "--log-level=warn")
        done = subprocess.run(
            command, input=script, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=self.environment()
        )
        if done.returncode:
            raise Problem(f"Preparing the database {name} failed: {most_telling_line(done.stdout)}")


def log_file(name):
    return cache.folder("log") / f"{name}.log"


def first_reason(log):
    """The last line of the first traceback: the exception, which says most; else the first line."""
    lines = log.splitlines()
    if "Traceback (most recent call last):" in log:
        start = next(index for index, line in enumerate(lines) if line.startswith("Traceback"))
        for line in lines[start + 1 :]:
            if line and not line.startswith((" ", "Traceback", "The above", "During")):
                return line
    return most_telling_line(log)


def _die_with_parent():
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


@contextlib.contextmanager
def started(command, **options):
    """A child process in a session of its own; whatever ends the block also ends the child and all that it started."""
    process = subprocess.Popen(command, start_new_session=True, preexec_fn=_die_with_parent, **options)
    try:
        yield process
    finally:
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(SECONDS_TO_STOP)
        # Also when it ended by itself: a browser of a broken tour may have outlived it.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def sources_key():
    """The fingerprint of our addons' files, without what does not reach a database."""
    digest = hashlib.sha256()
    for addon in cache.ADDONS:
        for path in sorted((cache.CHECKOUT / addon).rglob("*")):
            relative = path.relative_to(cache.CHECKOUT)
            if path.is_file() and path.suffix != ".pyc" and "tests" not in relative.parts:
                digest.update(f"{relative}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def modules_below_ours():
    """Odoo's modules that our addons stand on: what a template database holds."""
    needed = {"base", "web"}
    for addon in cache.ADDONS:
        manifest = ast.literal_eval((cache.CHECKOUT / addon / "__manifest__.py").read_text())
        needed.update(manifest.get("depends", []))
    return sorted(needed - set(cache.ADDONS))
