"""The mark that makes a message of `tools/` translatable without importing Odoo.

Odoo's term exporter reads every Python file of a module for calls named `_` or `_lt`. The functions of `tools/` return
the English source sentence; the model that shows it translates it with `self.env._(message)`. A sentence with figures
or dates is returned as `Sentence`: the source and its values apart, so that it can be translated first and filled in
afterwards, with dates in the reader's own form.
"""

from dataclasses import dataclass, field
from datetime import date


def _lt(message):
    """Return `message` unchanged: the call marks it for the export, and it is translated later.

    It stands for Odoo's `_lt`, which gives a lazy object; here it stays a plain `str`.
    """
    return message


@dataclass(frozen=True)
class Sentence:
    """A source sentence with `%(name)s` for each value, and the values: dates, whole numbers, names of articles."""

    message: str
    values: dict = field(default_factory=dict, hash=False)

    def text(self, translate=str, show_date=date.isoformat):
        """Return the sentence filled in: `translate` is given the source (`self.env._`), `show_date` each date."""
        shown = {name: show_date(value) if isinstance(value, date) else value for name, value in self.values.items()}
        return translate(self.message) % shown

    def __str__(self):
        return self.text()
