"""script/bench: run the benchmarks of `benchmarks/` in Odoo's shell, each with `env`, on a database of their own."""

import argparse

from .. import cache
from ..feedback import Problem
from ..odoo_process import started
from ..workbench import ensure_database, workbench

DATABASE = "union_legal_aid_bench"
FOLDER = cache.CHECKOUT / "benchmarks"


def bench(arguments):
    found = {path.stem.removeprefix("bench_"): path for path in sorted(FOLDER.glob("bench_*.py"))}
    parser = argparse.ArgumentParser(prog="script/bench", description="Run benchmarks and print what they measure.")
    parser.add_argument("name", nargs="*", help=f"which ones; default: all of {', '.join(found) or '(none yet)'}")
    parser.add_argument("--database", metavar="NAME", default=DATABASE, help="default: %(default)s")
    options = parser.parse_args(arguments)
    if unknown := set(options.name) - set(found):
        raise Problem(f"There is no benchmark {', '.join(sorted(unknown))} in benchmarks/.")
    if not found:
        raise Problem("There is no benchmark (bench_*.py) in benchmarks/.")
    with workbench() as odoo:
        ensure_database(odoo, options.database)
        command = odoo.command("shell", "-d", options.database, "--no-http", "--log-level=warn")
        for name in options.name or found:
            print(f"## {name}", flush=True)
            with (
                open(found[name]) as script,
                started(command, stdin=script, cwd=FOLDER, env=odoo.environment([FOLDER])) as process,
            ):
                if process.wait():
                    raise Problem(f"The benchmark {name} failed.")
