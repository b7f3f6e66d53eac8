"""Runs Odoo inside its own Python and reports each test's outcome and each log line at WARNING or above.

Started by `commands/test.py` and `commands/lint.py` with Odoo's arguments; the reports go, one JSON object per line, to the
file descriptor in REPORT_FD, so that nothing is lost even when the process dies. Counting from within is exact where Odoo's
own totals are not: its number of tests leaves out classes whose set-up fails, and counts each failing subtest.
"""

import contextlib
import json
import logging
import os
import sys
import threading
import time
import unittest

import odoo.cli
from odoo.tests import common, result
from odoo.tests.case import _SubTest

SECONDS_FOR_BROWSER = 60


class Reporter:
    def __init__(self, descriptor):
        self.stream = os.fdopen(descriptor, "w", buffering=1)
        self.lock = threading.Lock()

    def report(self, **facts):
        with self.lock, contextlib.suppress(BrokenPipeError):
            self.stream.write(json.dumps(facts) + "\n")


class LogWatch(logging.Handler):
    """Reports what a healthy run does not log."""

    def __init__(self, reporter):
        super().__init__(logging.WARNING)
        self.reporter = reporter

    def emit(self, record):
        # Odoo's own account of a failing test; the outcome is reported already.
        if getattr(record, "describes_test_result", False) or record.name == "odoo.tests.result":
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
            self._fail(test, err)

        def addError(self, test, err):
            super().addError(test, err)
            self._fail(test, err)

        def addSkip(self, test, reason):
            super().addSkip(test, reason)
            if not isinstance(test, unittest.TestCase):  # the set-up of a whole class
                self._report(test, "skipped", reason, 0)
            elif self.outcome == "passed":
                self.outcome, self.reason = "skipped", reason

        def _fail(self, test, err):
            story = self._exc_info_to_string(err, test)
            if not isinstance(test, unittest.TestCase):
                self._report(test, "failed", story, 0)
            else:
                subtest = f"{test._subDescription()}\n" if isinstance(test, _SubTest) else ""
                self.outcome, self.reason = "failed", f"{self.reason}{subtest}{story}"

        def _report(self, test, outcome, reason, seconds):
            identity = test.id().removeprefix("odoo.addons.")
            reporter.report(kind="test", test=identity, outcome=outcome, reason=reason, seconds=seconds)

        def logError(self, flavour, test, error):
            mark = MarkResult()
            handlers = logging.getLogger().handlers
            for handler in handlers:
                handler.addFilter(mark)
            try:
                super().logError(flavour, test, error)
            finally:
                for handler in handlers:
                    handler.removeFilter(mark)

    result.OdooTestResult = WatchedResult
