"""Log lines of a test run that are known and not ours to mend. Whatever else is at WARNING or above fails the run.

A test that provokes a message on purpose silences it itself (`mute_logger`, `assertLogs`); it has no place here.
"""

import re

# (logger, pattern of the message, reason)
EXPECTED = []


def is_expected(logger, message):
    return any(logger == name and re.search(pattern, message) for name, pattern, _reason in EXPECTED)
