"""script/setup: fetch everything and leave a database ready."""

import argparse

from ..workbench import DEMO_DATABASE, EMPTY_DATABASE, ensure_database, workbench


def setup(arguments):
    parser = argparse.ArgumentParser(prog="script/setup", description="Do all the set-up and leave a database ready.")
    parser.add_argument("--database", metavar="NAME", help="the database to prepare")
    parser.add_argument("--no-demo", action="store_true", help="without demo data")
    parser.add_argument("--reset", action="store_true", help="drop the database and make it anew")
    options = parser.parse_args(arguments)
    name = options.database or (EMPTY_DATABASE if options.no_demo else DEMO_DATABASE)
    with workbench() as odoo:
        ensure_database(odoo, name, demo=not options.no_demo, reset=options.reset)
    print(f"The database {name} is ready: see it with script/server, or script/console --database {name}.")
