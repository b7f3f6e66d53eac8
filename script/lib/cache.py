"""Where things are, and how several commands share them: folders, file locks, finished-or-absent builds."""

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from .feedback import Problem, tell

CHECKOUT = Path(__file__).resolve().parents[2]
ADDONS = sorted(manifest.parent.name for manifest in CHECKOUT.glob("*/__manifest__.py"))


def _cache_folder():
    named = os.environ.get("UNION_LEGAL_AID_CACHE")
    if named:
        return Path(named).expanduser().resolve()
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base).resolve() / "union_legal_aid"


CACHE = _cache_folder()


def folder(*parts):
    """A folder of the cache, made when missing."""
    path = CACHE.joinpath(*parts)
    path.mkdir(parents=True, exist_ok=True)
    return path


def fingerprint(*parts):
    """A short key for what something was built from."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:12]


@contextlib.contextmanager
def locked(name, shared=False):
    """Hold the lock ``name`` of the cache; the kernel lets go of it even when we are killed."""
    with open(folder("locks") / name, "a+") as handle:
        mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(handle, mode | fcntl.LOCK_NB)
        except BlockingIOError:
            tell(f"    waiting for another command that is busy with “{name}”")
            fcntl.flock(handle, mode)
        yield handle


def try_lock(name):
    """The open handle of the lock, or None when somebody else holds it."""
    handle = open(folder("locks") / name, "a+")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.close()
        return None
    return handle


def built(target, build, gigabytes=0):
    """Return the folder ``target``, letting ``build(temporary_folder)`` make it when it is missing.

    :param gigabytes: free space on the disk without which it is not worth starting

    The result is renamed into place as the last act, so that an interrupted build is never taken for a finished one.
    """
    target = Path(target)
    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with locked(f"build-{target.parent.name}-{target.name}"):
        if target.exists():
            return target
        if shutil.disk_usage(target.parent).free < gigabytes * 1024**3:
            raise Problem(
                f"The disk that holds {CACHE} has less than {gigabytes} GB free; free some space, "
                "or name a folder on another disk in UNION_LEGAL_AID_CACHE."
            )
        for leftover in target.parent.glob(f".{target.name}.*"):
            shutil.rmtree(leftover, ignore_errors=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        temporary.chmod(0o755)
        try:
            build(temporary)
            temporary.rename(target)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    return target
