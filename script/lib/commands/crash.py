"""script/crash: is each payment booked exactly once, even when the server is killed in the middle of it?

A payout of many lawyers is posted through the web server, which is killed with SIGKILL at random moments of the work, started again
and asked again. After each kill the books hold all of it or nothing; at the end two requests at the same moment, and one more
afterwards, find each payment in the books once, and the totals right.
"""

import argparse
import contextlib
import http.cookiejar
import json
import os
import random
import signal
import socket
import subprocess
import threading
import time
import urllib.request

from .. import cache, database
from ..feedback import Problem, step, tell
from ..odoo_process import log_file, started
from ..workbench import load_addons, scratch_database, workbench
from .server import _wait_for_answer

FOLDER = cache.CHECKOUT / "benchmarks"
LOGIN = "city_finance"
SECONDS_TO_POST = 900
# What the books hold of a payout: entries, ledger lines of lawyers on each side, how many of them are settled, lawyers, sums.
BOOKS = """
SELECT count(DISTINCT move.id),
       count(*) FILTER (WHERE line.credit > 0 AND account.account_type = 'liability_payable'),
       count(*) FILTER (WHERE line.debit > 0 AND account.account_type = 'liability_payable'),
       count(*) FILTER (WHERE line.reconciled AND account.account_type = 'liability_payable'),
       count(DISTINCT line.partner_id) FILTER (WHERE line.credit > 0 AND account.account_type = 'liability_payable'),
       coalesce(sum(line.debit) FILTER (WHERE account.account_type = 'expense'), 0),
       coalesce(sum(line.credit) FILTER (WHERE account.account_type = 'asset_cash'), 0),
       coalesce(sum(line.balance), 0)
  FROM account_move AS move
  JOIN account_move_line AS line ON line.move_id = move.id
  JOIN account_account AS account ON account.id = line.account_id
 WHERE move.legal_aid_payout_id = %s
"""


def crash(arguments):
    parser = argparse.ArgumentParser(prog="script/crash", description=__doc__.split("\n\n")[0])
    parser.add_argument("--lines", type=int, default=2000, help="payments in the payout; default: %(default)s")
    parser.add_argument("--kills", type=int, default=5, help="how often the server is killed; default: %(default)s")
    parser.add_argument("--seed", type=int, default=2026, help="of the random moments; default: %(default)s")
    options = parser.parse_args(arguments)
    chance = random.Random(options.seed)
    with workbench() as odoo, scratch_database(odoo) as name:
        load_addons(odoo, name, f"Installing our addons in the database {name}", demo=True)
        payout, count, total, seconds = _prepare(odoo, name, options.lines)
        tell(f"{count} payments of {total:.2f} yuan wait; posting them takes about {seconds:.0f} s here.")
        for number in range(1, options.kills + 1):
            moment = chance.uniform(0.02, 0.98) * seconds
            _post_and_kill(odoo, name, payout, moment)
            held = _get_books(name, payout)
            print(f"kill {number} after {moment:.1f} s: {_describe(held)}", flush=True)
            _check(held, count, total, may_be_empty=True)
        _post_twice_at_once(odoo, name, payout)
        held = _get_books(name, payout)
        print(f"at the end: {_describe(held)}", flush=True)
        _check(held, count, total)
        _check_lines(name, payout, count)
    print(f"Each of {count} payments stands in the books once; {total:.2f} yuan left the bank once.")


def _prepare(odoo, name, lines):
    with step(f"Preparing a payout of {lines} lawyers"), open(FOLDER / "crash_payout.py") as script:
        done = subprocess.run(
            odoo.command("shell", "-d", name, "--no-http", "--log-level=warn"),
            stdin=script,
            cwd=FOLDER,
            env={**odoo.environment([FOLDER]), "CRASH_LINES": str(lines)},
            stdout=subprocess.PIPE,
            text=True,
        )
    if done.returncode:
        raise Problem("The payout could not be prepared; see above.")
    prepared = json.loads(done.stdout.strip().splitlines()[-1])
    return prepared["payout"], prepared["count"], prepared["total"], prepared["seconds"]


@contextlib.contextmanager
def _server(odoo, name):
    """A running server; yields its process and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = log_file(f"crash-{name}")
    command = odoo.command(
        "server",
        *("-d", name, "--db-filter", f"^{name}$", "--http-port", port, "--http-interface", "127.0.0.1"),
        *("--max-cron-threads=0", f"--limit-time-real={SECONDS_TO_POST}"),
    )
    with (
        open(log, "a") as output,
        started(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=odoo.environment()) as process,
    ):
        address = f"http://127.0.0.1:{port}"
        _wait_for_answer(process, f"{address}/web/login", log)
        yield process, address


class Session:
    """A signed-in browser, as far as these calls need one."""

    def __init__(self, address, name):
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), cookies)
        self._call("/web/session/authenticate", {"db": name, "login": LOGIN, "password": LOGIN})

    def post(self, payout):
        path = "/web/dataset/call_kw/legal.aid.payout/action_post"
        arguments = {"model": "legal.aid.payout", "method": "action_post", "args": [[payout]]}
        return self._call(path, {**arguments, "kwargs": {"date": time.strftime("%Y-%m-%d")}})

    def _call(self, path, parameters):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": parameters}).encode()
        request = urllib.request.Request(self.address + path, body, {"Content-Type": "application/json"})
        with self.opener.open(request, timeout=SECONDS_TO_POST) as answer:
            answered = json.load(answer)
        if "error" in answered:
            raise Problem(answered["error"]["data"]["message"])
        return answered["result"]


def _post_and_kill(odoo, name, payout, moment):
    """Ask the server to post, and kill it after some seconds of work; whatever it answered before is welcome."""
    with _server(odoo, name) as (process, address):
        session = Session(address, name)

        def ask():
            with contextlib.suppress(OSError, Problem, http.client.HTTPException):
                session.post(payout)

        asking = threading.Thread(target=ask)
        asking.start()
        asking.join(moment)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        asking.join()
    _wait_until_alone(name)


def _wait_until_alone(name):
    """PostgreSQL needs a moment to find out that its client is gone, and to undo what that had begun."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with database.cursor() as cr:
            cr.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [name])
            if not cr.fetchone()[0]:
                return
        time.sleep(0.3)
    raise Problem(f"Somebody still works in {name} two minutes after its server was killed.")


def _post_twice_at_once(odoo, name, payout):
    """Two people post at the same moment, and one of them clicks once more: it happens once, and the others are told why not."""
    with _server(odoo, name) as (_process, address):
        sessions = [Session(address, name), Session(address, name)]
        answers = []

        def ask(session):
            try:
                answers.append(session.post(payout) and "posted")
            except Problem as problem:
                answers.append(str(problem))

        askers = [threading.Thread(target=ask, args=[session]) for session in sessions]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join()
        ask(sessions[0])
    for answer in answers:
        print(f"answered: {answer}", flush=True)


def _get_books(name, payout):
    with database.cursor(name) as cr:
        cr.execute(BOOKS, [payout])
        return cr.fetchone()


def _describe(held):
    moves, owed, paid, settled, lawyers, expense, bank, balance = held
    return (
        f"{moves} entries, {owed} lines owed to {lawyers} lawyers, {paid} paid, {settled} settled, expenditure {expense},"
        f" bank {bank}, out of balance {balance}"
    )


def _check(held, count, total, may_be_empty=False):
    if may_be_empty and not held[0]:
        return
    if [*map(float, held)] != [2, count, count, 2 * count, count, total, total, 0]:
        raise Problem(f"The books hold a part of the payout, or more than it: {_describe(held)}.")


def _check_lines(name, payout, count):
    """Each payment points to a ledger line of its own, and is paid."""
    with database.cursor(name) as cr:
        cr.execute(
            "SELECT count(DISTINCT move_line_id), count(*) FILTER (WHERE state = 'paid') FROM legal_aid_payout_line"
            " WHERE payout_id = %s AND included",
            [payout],
        )
        if cr.fetchone() != (count, count):
            raise Problem("Payments and ledger lines do not match one to one.")
