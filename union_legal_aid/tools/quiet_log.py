"""Keep personal data out of the server log (O2): a failed statement is logged by its table, not with the values in it."""

import logging
import re


class QuietFilter(logging.Filter):
    """Cut the text of a statement that names one of the tables of ``pattern`` from a log record."""

    def __init__(self, pattern):
        super().__init__()
        self._pattern = re.compile(pattern)

    def filter(self, record):
        found = self._pattern.search(record.getMessage())
        if found:
            table = found.group().strip('"')
            record.msg, record.args = "A statement on the table %s failed; its values are not written here.", (table,)
        return True
