from odoo.tests import HttpCase

PATIENCE = 300


class LegalAidTourCase(HttpCase):
    """Walks in the browser. A whole walk has as much patience with a busy machine as its steps have (static/tests/tours/steps.js)."""

    def browser_js(self, *args, timeout=PATIENCE, **options):
        """Walk; the time in seconds is an upper bound, no walk waits for it."""
        return super().browser_js(*args, timeout=max(timeout, PATIENCE), **options)
