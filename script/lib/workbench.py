"""Everything in place: Odoo, its Python, its programs, a running PostgreSQL, and databases with our addons in them."""

import contextlib
import os

from . import cache, database, postgres
from .feedback import Problem
from .odoo_process import LANGUAGES, Odoo, modules_below_ours, sources_key
from .odoo_source import odoo_tree
from .programs import programs
from .python_environment import odoo_environment

DEMO_DATABASE = "union_legal_aid"
EMPTY_DATABASE = "union_legal_aid_empty"
SCRATCH_PREFIX = "ula_scratch_"
ONCE = ("--stop-after-init", "--no-http", "--max-cron-threads=0")
IN_CHINESE = """
env.ref("base.user_admin").lang = "zh_CN"
env.ref("base.main_company").partner_id.lang = "zh_CN"
env["ir.default"].set("res.partner", "lang", "zh_CN")
if "odoobot_state" in env["res.users"]._fields:
    # Its greeting opens over the whole page of a phone at the first sign-in.
    env["res.users"].search([]).odoobot_state = "disabled"
env.cr.commit()
"""


@contextlib.contextmanager
def workbench():
    """Set up what is missing and give an `Odoo` whose PostgreSQL runs for the time of the block."""
    if not cache.ADDONS:
        raise Problem(f"There is no addon in {cache.CHECKOUT}.")
    tree = odoo_tree()
    environment = odoo_environment()
    tools = programs()
    with postgres.server(environment / "bin" / "python"):
        yield Odoo(tree, environment, tools)


def template(odoo, demo):
    """The name of a database with Odoo's own modules that ours stand on; made when missing."""
    modules = modules_below_ours()
    key = cache.fingerprint(odoo.tree.key, *modules, LANGUAGES)
    name = f"ula_template_{'demo' if demo else 'empty'}_{key}"
    building = f"{name}_building"
    with cache.locked(name):
        if not database.exists(name):
            database.drop(building)
            database.create(building)
            demo_or_not = "with" if demo else "without"
            odoo.run_logged(
                f"Installing Odoo's modules {', '.join(modules)} {demo_or_not} demo data (1–2 minutes)",
                odoo.command(
                    "server",
                    *("-d", building, "-i", ",".join(modules), "--load-language", LANGUAGES),
                    *ONCE,
                    *(["--with-demo"] if demo else []),
                ),
                f"build-{building}",
            )
            database.rename(building, name)
    return name


def ensure_database(odoo, name, demo=True, reset=False):
    """Make the database with our addons when it is missing, update it when their files changed."""
    wanted = f"{odoo.tree.key} {sources_key()}"
    with cache.locked(f"database-{database.check_name(name)}"):
        if database.exists(name) and not database.stamp(name):
            raise Problem(
                f"The database {name} was not made by these commands, so they leave it alone: "
                "name another one with --database."
            )
        if reset:
            database.drop(name)
        if not database.exists(name):
            building = f"{name}_building"
            database.drop(building)
            database.copy(template(odoo, demo), building)
            load_addons(odoo, building, f"Installing our addons in the database {name}", demo)
            odoo.run_python(building, IN_CHINESE)
            database.rename(building, name)
        elif database.stamp(name) != wanted:
            try:
                load_addons(odoo, name, f"Updating our addons in the database {name}", demo, update=True)
            except Problem as problem:
                raise Problem(f"{problem} (--reset makes the database anew)") from None
        database.set_stamp(name, wanted)


def load_addons(odoo, name, title, demo, update=False):
    """Install those of our addons that a database lacks, and update those that it has."""
    addons = ",".join(cache.ADDONS)
    options = ["-i", addons, *(["-u", addons] if update else []), *(["--with-demo"] if demo else [])]
    odoo.run_logged(title, odoo.command("server", "-d", name, *options, *ONCE), f"build-{name}")


@contextlib.contextmanager
def scratch_database(odoo):
    """A fresh copy of the template with demo data, dropped at the end; what killed commands left behind goes, too."""
    for leftover in database.names_like(SCRATCH_PREFIX):
        if handle := cache.try_lock(leftover):
            with handle:
                database.drop(leftover)
    name = f"{SCRATCH_PREFIX}{os.getpid()}"
    with cache.locked(name):
        database.copy(template(odoo, demo=True), name)
        try:
            yield name
        finally:
            database.drop(name)
