"""Runs Odoo inside its own Python and reports each test's outcome and each log line at WARNING or above.

Started by `suite.py` with Odoo's arguments; the reports go, one JSON object per line, to the file descriptor in
REPORT_FD, so that nothing is lost even when the process dies. Counting from within is exact where Odoo's own totals are
not: its number of tests leaves out classes whose set-up fails, and its failures count each failing subtest.
"""

import contextlib
import json
import logging
import os
import threading
import time
import unittest

import odoo.cli
from odoo.tests import case, common, loader, result

SECONDS_FOR_BROWSER = 60


# Odoo's own sums over failing tests, whose outcomes are reported one by one.
SUMS = (
    "Module %s: %d failures, %d errors of %d tests",
    "%s when loading database %r",
    "At least one test failed when loading the modules.",
)


class Reporter:
    """Writes one line per report; several threads may log at once."""

    def __init__(self, descriptor):
        os.set_inheritable(descriptor, False)
        self.stream = os.fdopen(descriptor, "w", buffering=1)
        self.lock = threading.Lock()
        self.describing_a_test = False

    def report(self, **facts):
        with self.lock, contextlib.suppress(BrokenPipeError):
            self.stream.write(json.dumps(facts) + "\n")


class LogWatch(logging.Handler):
    """Reports what a healthy run does not log."""

    def __init__(self, reporter):
        super().__init__(logging.WARNING)
        self.reporter = reporter

    def emit(self, record):
        if self.reporter.describing_a_test or record.msg in SUMS:
            return
        message = record.getMessage()
        if record.exc_info and record.exc_info[1] is not None:
            message += f" ({type(record.exc_info[1]).__name__}: {record.exc_info[1]})"
        self.reporter.report(kind="log", level=record.levelname, logger=record.name, message=message)


def watch_results(reporter):
    """Follow each test from its start to its end, through Odoo's own result class."""

    class WatchedResult(result.OdooTestResult):
        def startTest(self, test):
            self.outcome, self.reason, self.started = "passed", "", time.monotonic()
            super().startTest(test)

        def stopTest(self, test):
            super().stopTest(test)
            self._report(test, self.outcome, self.reason, time.monotonic() - self.started)

        def addFailure(self, test, err):
            super().addFailure(test, err)
            self._note_failure(test, err)

        def addError(self, test, err):
            super().addError(test, err)
            self._note_failure(test, err)

        def addSkip(self, test, reason):
            super().addSkip(test, reason)
            if not isinstance(test, unittest.TestCase):  # the set-up of a whole class
                self._report(test, "skipped", reason, 0)
            elif self.outcome == "passed":
                self.outcome, self.reason = "skipped", reason

        def logError(self, flavour, test, error):
            reporter.describing_a_test = True
            try:
                super().logError(flavour, test, error)
            finally:
                reporter.describing_a_test = False

        def _note_failure(self, test, err):
            story = self._exc_info_to_string(err, test)
            if not isinstance(test, unittest.TestCase):
                self._report(test, "failed", story, 0)
                return
            subtest = f"{test._subDescription()}\n" if isinstance(test, case._SubTest) else ""
            earlier = self.reason if self.outcome == "failed" else ""
            self.outcome, self.reason = "failed", f"{earlier}{subtest}{story}"

        @staticmethod
        def _report(test, outcome, reason, seconds):
            identity = test.id().removeprefix("odoo.addons.")
            reporter.report(kind="test", test=identity, outcome=outcome, reason=reason, seconds=seconds)

    for module in (result, loader):
        module.OdooTestResult = WatchedResult


def insist_on_the_browser():
    """Odoo skips a tour when the browser is missing or slow; here that is an error, after more patience."""
    common.CHECK_BROWSER_ITERATIONS = int(SECONDS_FOR_BROWSER / common.CHECK_BROWSER_SLEEP)
    common.BROWSER_WAIT = SECONDS_FOR_BROWSER
    start = common.ChromeBrowser.__init__

    def start_or_fail(self, *args, **kwargs):
        try:
            start(self, *args, **kwargs)
        except unittest.SkipTest as skip:
            raise RuntimeError(f"The browser tour could not run: {skip}") from skip

    common.ChromeBrowser.__init__ = start_or_fail


def main():
    reporter = Reporter(int(os.environ.pop("REPORT_FD")))
    watch_results(reporter)
    insist_on_the_browser()
    logging.getLogger().addHandler(LogWatch(reporter))
    odoo.cli.main()


if __name__ == "__main__":
    main()
