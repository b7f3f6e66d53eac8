"""A run of Odoo tests: start it, show its outcomes as they come, count them, and judge its log."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

from .expected_log import is_expected
from .odoo_process import first_reason, log_file, started

LAUNCHER = Path(__file__).with_name("test_launcher.py")


class Outcomes:
    """What a run reported. A test that runs twice counts once, with its worse outcome."""

    SEVERITY = ("passed", "skipped", "failed")

    def __init__(self):
        self.tests = {}
        self.log_lines = []
        self.exit_code = None

    def add(self, report):
        if report["kind"] == "log":
            if not is_expected(report["logger"], report["message"]):
                self.log_lines.append(report)
                print(f"{report['level']} {report['logger']}: {report['message']}", flush=True)
            return
        earlier = self.tests.get(report["test"])
        if not earlier or self.SEVERITY.index(report["outcome"]) >= self.SEVERITY.index(earlier["outcome"]):
            self.tests[report["test"]] = report
        why = report["reason"].strip().splitlines()[-1:] if report["outcome"] != "passed" else []
        print(f"{report['outcome']:7} {report['test']} ({report['seconds']:.1f} s)", *why, sep="  ", flush=True)

    def with_outcome(self, outcome):
        return [report for report in self.tests.values() if report["outcome"] == outcome]

    def count(self, outcome):
        return len(self.with_outcome(outcome))

    def complaints(self):
        """Why the run is no success, one sentence each."""
        if not self.tests:
            yield "No test ran."
        if self.exit_code and not self.count("failed"):
            yield f"Odoo ended with code {self.exit_code} before the tests were done."
        if self.log_lines:
            yield f"The log has {len(self.log_lines)} unexpected line(s) at WARNING or above."

    def succeeded(self):
        return not self.count("failed") and not list(self.complaints())

    def line(self):
        return f"{self.count('passed')} passed, {self.count('failed')} failed, {self.count('skipped')} skipped"


def run_tests(odoo, name, arguments, test_tags, more_packages=()):
    """Run Odoo's tests on the database and return their outcomes.

    :param arguments: Odoo's arguments for installing or updating addons first
    :param more_packages: folders of Python packages that the tests import besides Odoo's
    """
    reading, writing = os.pipe()
    command = [str(odoo.python), str(LAUNCHER), "server", "-c", str(odoo.configuration), "-d", name, *arguments]
    command += ["--test-tags", test_tags, "--max-cron-threads=0", "--stop-after-init"]
    command += ["--http-interface=127.0.0.1", f"--http-port={_free_port()}"]
    outcomes = Outcomes()
    log = log_file(f"test-{name}")
    command += ["--screenshots", str(log.with_suffix(""))]
    print(f"Odoo's log: {log}", file=sys.stderr, flush=True)
    with (
        open(log, "w") as output,
        started(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=[writing],
            env=dict(odoo.environment(more_packages), REPORT_FD=str(writing)),
        ) as process,
    ):
        os.close(writing)
        with open(reading) as reports:
            for line in reports:
                outcomes.add(json.loads(line))
        outcomes.exit_code = process.wait()
    if outcomes.exit_code and not outcomes.tests:
        print(first_reason(log.read_text(errors="replace")))
    return outcomes


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def show_failures(outcomes):
    """Once more at the end, where people look: what failed, and what the log says."""
    for report in outcomes.with_outcome("failed"):
        print(f"\n{'=' * 100}\nFAILED {report['test']}\n{report['reason']}")
    for report in outcomes.log_lines:
        print(f"\nUNEXPECTED {report['level']} {report['logger']}: {report['message']}")
    for complaint in outcomes.complaints():
        print(f"\n{complaint}")
