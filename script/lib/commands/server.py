"""script/server: a running Odoo with our addons, in Chinese, for the browser."""

import argparse
import socket
import subprocess
import time
import urllib.error
import urllib.request

from .. import database
from ..feedback import Problem, most_telling_line, step
from ..odoo_process import log_file, started
from ..workbench import DEMO_DATABASE, EMPTY_DATABASE, ensure_database, workbench

PORT = 8069
SECONDS_TO_ANSWER = 180
# In the order of DESIGN.md; the password of each is its login.
ROLES = {
    "city_officer": "市总工会 经办",
    "city_manager": "市总工会 分管领导",
    "city_finance": "市总工会 财务",
    "justice": "司法局",
    "auditor": "经审",
    "a_officer": "县区甲 经办",
    "a_manager": "县区甲 分管领导",
    "a_finance": "县区甲 财务",
    "b_officer": "县区乙 经办",
    "b_manager": "县区乙 分管领导",
    "b_finance": "县区乙 财务",
    "c_officer": "县区丙 经办（账在别处）",
    "c_manager": "县区丙 分管领导",
    "liaison": "企业工会 联络员",
    "lawyer1": "志愿律师",
    "lawyer2": "志愿律师",
    "admin": "系统管理员",
}


def server(arguments):
    parser = argparse.ArgumentParser(
        prog="script/server", description="Set up what is missing and serve Odoo with our addons until Ctrl-C."
    )
    parser.add_argument("--reset", action="store_true", help="drop the database and start over")
    parser.add_argument("--no-demo", action="store_true", help="an empty one, without demo data (its own database)")
    parser.add_argument("--database", metavar="NAME", help="a database of that name instead of the usual one")
    parser.add_argument("--port", type=int, default=PORT, help="default: %(default)s")
    parser.add_argument("--interface", default="127.0.0.1", help="address to listen on; default: %(default)s")
    options = parser.parse_args(arguments)
    name = options.database or (EMPTY_DATABASE if options.no_demo else DEMO_DATABASE)
    _check_port(options)
    with workbench() as odoo:
        ensure_database(odoo, name, demo=not options.no_demo, reset=options.reset)
        log = log_file(f"server-{name}")
        command = odoo.command(
            "server",
            *("-d", name, "--db-filter", f"^{name}$", "--http-port", options.port),
            *("--http-interface", options.interface),
        )
        with (
            open(log, "a") as output,
            started(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=odoo.environment()) as process,
        ):
            with step("Starting Odoo"):
                _wait_for_answer(process, f"http://127.0.0.1:{options.port}/web/login", log)
            _show_logins(name, options.port, log)
            code = process.wait()
            raise Problem(f"Odoo stopped by itself with code {code}; see {log}")


def _check_port(options):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((options.interface, options.port))
        except (OSError, OverflowError) as error:
            raise Problem(
                f"Port {options.port} of {options.interface} cannot be used ({error.strerror or error}): "
                "stop what uses it, or choose another one with --port."
            ) from None


def _wait_for_answer(process, address, log):
    deadline = time.monotonic() + SECONDS_TO_ANSWER
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Problem(f"Odoo stopped: {most_telling_line(log.read_text(errors='replace'))} (see {log})")
        try:
            with opener.open(address, timeout=SECONDS_TO_ANSWER):
                return
        except urllib.error.HTTPError as error:
            raise Problem(f"Odoo answers with an error ({error}); see {log}") from None
        except OSError:
            time.sleep(0.3)
    raise Problem(f"Odoo did not answer within {SECONDS_TO_ANSWER} seconds; see {log}")


def _show_logins(name, port, log):
    logins = database.existing_logins(name, ROLES)
    print(f"\nDatabase {name}, log in {log}\n\n  login          password       role")
    for login in logins:
        print(f"  {login:14} {login:14} {ROLES[login]}")
    print(f"\nOpen http://localhost:{port} (Ctrl-C stops it)", flush=True)
