"""The mark that makes a message of `tools/` translatable without importing Odoo.

Odoo's term exporter reads every Python file of a module for calls named `_` or `_lt`. The functions of `tools/` return
the English source sentence; the model that shows it translates it with `self.env._(message)`.
"""


def _lt(message):
    """Return `message` unchanged: the call marks it for the export, and it is translated later.

    It stands for Odoo's `_lt`, which gives a lazy object; here it stays a plain `str`.
    """
    return message
