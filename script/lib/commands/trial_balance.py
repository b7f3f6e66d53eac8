"""script/trial-balance: a year of the demo unions' books, printed and explained in docs/trial_balance.zh_CN.md."""

import argparse
import subprocess

from .. import cache
from ..feedback import Problem, step
from ..odoo_process import started
from ..workbench import load_addons, scratch_database, workbench

FOLDER = cache.CHECKOUT / "benchmarks"
PAGE = cache.CHECKOUT / "docs" / "trial_balance.zh_CN.md"


def trial_balance(arguments):
    parser = argparse.ArgumentParser(
        prog="script/trial-balance",
        description="Play a year of the demo unions' payments in a scratch database, and write its trial balance to docs/.",
    )
    parser.parse_args(arguments)
    with workbench() as odoo, scratch_database(odoo) as name:
        load_addons(odoo, name, f"Installing our addons in the database {name}", demo=True)
        command = odoo.command("shell", "-d", name, "--no-http", "--log-level=warn")
        with (
            step("Playing the year"),
            open(FOLDER / "demo_year.py") as script,
            started(
                command, stdin=script, stdout=subprocess.PIPE, text=True, cwd=FOLDER, env=odoo.environment([FOLDER])
            ) as process,
        ):
            page, _errors = process.communicate()
        if process.returncode or not page.startswith("# "):
            raise Problem("The year could not be played; see above.")
        PAGE.write_text(page)
    print(f"Written: {PAGE.relative_to(cache.CHECKOUT)}")
