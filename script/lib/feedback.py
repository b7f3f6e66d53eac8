"""What the person at the keyboard sees: steps with progress, and failures as one sentence."""

import contextlib
import errno
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

HEARTBEAT_SECONDS = 10
LOW_DISK_BYTES = 200 * 1024**2


class Problem(Exception):
    """A failure that is explained to the user in one sentence, without traceback."""


def tell(message):
    """Progress goes to standard error, so that what a command answers stands alone on standard output."""
    print(message, file=sys.stderr, flush=True)


def size_of(folder):
    """Bytes of the files below ``folder``; files that vanish while we look count as nothing."""
    total = 0
    for path in Path(folder).rglob("*"):
        with contextlib.suppress(OSError):
            total += path.lstat().st_size
    return total


@contextlib.contextmanager
def step(title, watch=None):
    """Announce a long step, tell every few seconds that it still runs, and say how long it took.

    :param watch: folder or file whose growing size is shown while the step runs
    """
    tell(f"==> {title}")
    started = time.monotonic()
    finished = threading.Event()

    def beat():
        while not finished.wait(HEARTBEAT_SECONDS):
            size = ""
            if watch and Path(watch).exists():
                watched = Path(watch).stat().st_size if Path(watch).is_file() else size_of(watch)
                size = f", {watched / 1024**2:.0f} MB"
            tell(f"    … {time.monotonic() - started:.0f} s{size}")

    heart = threading.Thread(target=beat, daemon=True)
    heart.start()
    try:
        yield
    finally:
        finished.set()
        heart.join()
    tell(f"    done in {time.monotonic() - started:.0f} s")


def run_quietly(command, explanation, **options):
    """Run a program; when it fails, raise ``explanation`` followed by the last thing the program said."""
    options.setdefault("stdin", subprocess.DEVNULL)
    try:
        done = subprocess.run(
            [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options
        )
    except FileNotFoundError:
        raise Problem(f"{explanation}: the program {command[0]} is not installed.") from None
    if done.returncode:
        raise Problem(f"{explanation}: {most_telling_line(done.stdout)}")
    return done.stdout


def most_telling_line(output):
    """The line of a program's output that most likely says what went wrong."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    # The first two are pip's: a network that does not answer looks like a package that does not exist.
    for mark in ("after connection broken by", "Could not fetch URL", "E: ", "ERROR: ", "FATAL: ", "error: "):
        for line in lines:
            if mark in line:
                return line
    return lines[-1] if lines else "it ended without saying why"


def _stop_on_signal(signum, _frame):
    raise SystemExit(128 + signum)


def main(command, *places_that_fill_up):
    """Run a command function: problems become one sentence, signals run the clean-up, full disks are named."""
    for signum in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, _stop_on_signal)
    # A shell starts background jobs with Ctrl-C ignored; stopping us that way has to work there, too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        sys.exit(command(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except Problem as problem:
        print(f"{Path(sys.argv[0]).name}: {_full_disk(places_that_fill_up) or problem}", file=sys.stderr)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS):
            raise
        print(f"{Path(sys.argv[0]).name}: {error.strerror}: {error.filename or 'disk'}", file=sys.stderr)
    sys.exit(1)


def _full_disk(places):
    """A full disk is the cause of many different complaints; name it instead of its consequences."""
    for place in places:
        with contextlib.suppress(OSError):
            if shutil.disk_usage(place).free < LOW_DISK_BYTES:
                return f"The disk that holds {place} is full; free some space and start again."
    return None
