"""script/console: Odoo's shell on a database, or the Python that comes on standard input."""

import argparse
import signal
import subprocess
import sys

from ..workbench import DEMO_DATABASE, ensure_database, workbench


def console(arguments):
    parser = argparse.ArgumentParser(
        prog="script/console",
        description="Odoo's shell on a database; or run the Python on standard input there, and fail when it fails. "
        "Nothing is kept without env.cr.commit().",
    )
    parser.add_argument("--database", metavar="NAME", default=DEMO_DATABASE, help="default: %(default)s")
    options = parser.parse_args(arguments)
    with workbench() as odoo:
        ensure_database(odoo, options.database)
        # Ctrl-C belongs to the shell, which stays in our terminal.
        handler = signal.signal(signal.SIGINT, signal.SIG_IGN) if sys.stdin.isatty() else None
        command = odoo.command("shell", "-d", options.database, "--no-http", "--log-level=warn")
        process = subprocess.Popen(command, env=odoo.environment())
        try:
            return process.wait()
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
            if handler:
                signal.signal(signal.SIGINT, handler)
