"""Databases and their filestores: create, copy, drop, and remember what they were built from.

The fingerprint of the addons that a database was last built or updated from is kept as the comment on the database:
so it lives, moves and dies with it.
"""

import contextlib
import os
import re
import shutil

from . import cache
from .feedback import Problem

STAMP_PREFIX = "union_legal_aid "


def data_folder():
    """Odoo's data folder, one per server: two servers may hold databases of the same name."""
    names = ("PGHOST", "PGHOSTADDR", "PGPORT", "PGSERVICE")
    return cache.folder("data", cache.fingerprint(*(os.environ.get(name) for name in names)))


def _filestore(name):
    return data_folder() / "filestore" / name


def check_name(name):
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,50}", name):
        raise Problem(f"“{name}” is no good name for a database here: use small letters, digits and underscores.")
    return name


@contextlib.contextmanager
def cursor(database="postgres"):
    """A cursor that commits each statement."""
    import psycopg2

    try:
        connection = psycopg2.connect(dbname=database)
    except psycopg2.OperationalError as error:
        reason = " ".join(str(error).split())
        raise Problem(f"PostgreSQL does not let us in ({reason}); look at the PG* variables.") from None
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as opened:
        yield opened


def exists(name):
    with cursor() as cr:
        cr.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return bool(cr.fetchone())


def names_like(prefix):
    with cursor() as cr:
        cr.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
        return [name for (name,) in cr.fetchall()]


def create(name):
    """An empty database as Odoo would make it, with pg_trgm where the server has it."""
    with cursor() as cr:
        cr.execute(f"CREATE DATABASE {check_name(name)} ENCODING 'unicode' LC_COLLATE 'C' TEMPLATE template0")
    with cursor(name) as cr:
        cr.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")
        if cr.fetchone():
            cr.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")


def copy(source, name):
    """A new database with the content of ``source``, which nobody may be connected to."""
    with cursor() as cr:
        cr.execute(f"CREATE DATABASE {check_name(name)} TEMPLATE {check_name(source)}")
    shutil.rmtree(_filestore(name), ignore_errors=True)
    if _filestore(source).exists():
        # Odoo never changes a stored file, it only adds and removes: links are as good as copies.
        shutil.copytree(_filestore(source), _filestore(name), copy_function=os.link)


def rename(name, new_name):
    with cursor() as cr:
        cr.execute(f"ALTER DATABASE {check_name(name)} RENAME TO {check_name(new_name)}")
    shutil.rmtree(_filestore(new_name), ignore_errors=True)
    if _filestore(name).exists():
        _filestore(name).rename(_filestore(new_name))


def drop(name):
    with cursor() as cr:
        # FORCE fails while the server itself vacuums there, for its worker is nobody's of ours. A plain DROP stops that worker, and
        # waits some seconds for the sessions that we end here.
        cr.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = current_user",
            [name],
        )
        cr.execute(f"DROP DATABASE IF EXISTS {check_name(name)}")
    shutil.rmtree(_filestore(name), ignore_errors=True)


def stamp(name):
    """What the database was built from, or None for one that these commands did not make."""
    with cursor() as cr:
        cr.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        row = cr.fetchone()
    return row[0].removeprefix(STAMP_PREFIX) if row and row[0] and row[0].startswith(STAMP_PREFIX) else None


def set_stamp(name, value):
    with cursor() as cr:
        cr.execute(f"COMMENT ON DATABASE {check_name(name)} IS %s", [STAMP_PREFIX + value])


def existing_logins(name, logins):
    with cursor(name) as cr:
        cr.execute("SELECT login FROM res_users WHERE active AND login = ANY(%s)", [list(logins)])
        found = {login for (login,) in cr.fetchall()}
    return [login for login in logins if login in found]
