"""script/bench: run the benchmarks of `benchmarks/` in Odoo's shell, each with `env`, on a database of their own."""

import argparse
import contextlib
import os
import subprocess
import tempfile
import zipfile
from pathlib import Path

from .. import cache, database
from ..feedback import Problem, step
from ..odoo_process import started
from ..workbench import ONCE, ensure_database, template, workbench

DATABASE = "union_legal_aid_bench"
FOLDER = cache.CHECKOUT / "benchmarks"
# What a peer (peer_NAME.py) is compared with, by benchmark: the package that holds the addon, and the addon. Never part of this checkout.
QUIET = ("--no-http", "--log-level=warn")
PEERS = {"money": ("odoo-addon-contract==19.0.1.2.1.2", "contract")}


def bench(arguments):
    found = {path.stem.removeprefix("bench_"): path for path in sorted(FOLDER.glob("bench_*.py"))}
    parser = argparse.ArgumentParser(prog="script/bench", description="Run benchmarks and print what they measure.")
    parser.add_argument("name", nargs="*", help=f"which ones; default: all of {', '.join(found) or '(none yet)'}")
    parser.add_argument("--database", metavar="NAME", default=DATABASE, help="default: %(default)s")
    parser.add_argument(
        "--peer-addons",
        metavar="FOLDER",
        type=Path,
        help="a folder that holds the addon with which a benchmark compares ours; default: fetched from the package index",
    )
    parser.add_argument("--no-peer", action="store_true", help="do without that comparison")
    options = parser.parse_args(arguments)
    if unknown := set(options.name) - set(found):
        raise Problem(f"There is no benchmark {', '.join(sorted(unknown))} in benchmarks/.")
    if not found:
        raise Problem("There is no benchmark (bench_*.py) in benchmarks/.")
    with workbench() as odoo:
        ensure_database(odoo, options.database)
        for name in options.name or found:
            print(f"## {name}", flush=True)
            variables = {}
            if name in PEERS and not options.no_peer:
                variables["BENCH_PEER"] = _run_peer(odoo, name, options)
            _run(odoo, odoo.command("shell", "-d", options.database, *QUIET), found[name], variables)


def _run(odoo, command, path, variables):
    environment = {**odoo.environment([FOLDER]), **variables}
    with open(path) as script, started(command, stdin=script, cwd=FOLDER, env=environment) as process:
        if process.wait():
            raise Problem(f"The benchmark {path.name} failed.")


def _run_peer(odoo, name, options):
    """Run the peer in a database of its own, without our casework and money; returns what it measured as JSON."""
    package, addon = PEERS[name]
    folder = options.peer_addons or _fetch(odoo, package)
    addons = ["l10n_cn_union", *([addon] if folder else [])]
    path = ",".join(map(str, [*odoo.tree.addons_path, cache.CHECKOUT, *([folder] if folder else [])]))
    peer_database = f"{options.database}_peer"
    database.drop(peer_database)
    database.copy(template(odoo, demo=False), peer_database)
    try:
        odoo.run_logged(
            f"Installing {', '.join(addons)} in the database {peer_database}",
            odoo.command("server", "-d", peer_database, "-i", ",".join(addons), "--addons-path", path, *ONCE),
            f"build-{peer_database}",
        )
        with tempfile.TemporaryDirectory() as results:
            result = Path(results) / "result.json"
            command = odoo.command("shell", "-d", peer_database, "--addons-path", path, *QUIET)
            _run(odoo, command, FOLDER / f"peer_{name}.py", {"BENCH_RESULT": str(result)})
            return result.read_text()
    finally:
        database.drop(peer_database)


def _fetch(odoo, package):
    """The folder of addons in a package of the index, or None when it cannot be had."""
    folder = cache.folder("peers", package.replace("==", "-"))
    addons = folder / "odoo" / "addons"
    if addons.exists():
        return addons
    with step(f"Fetching {package}"), contextlib.suppress(subprocess.CalledProcessError):
        subprocess.run(
            [odoo.python, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, package],
            check=True,
            env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        )
        for wheel in folder.glob("*.whl"):
            zipfile.ZipFile(wheel).extractall(folder)
    if not addons.exists():
        print(f"{package} cannot be had; bills are made by hand-written code instead.", flush=True)
        return None
    return addons
