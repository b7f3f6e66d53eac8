from odoo.tests import HttpCase


class LegalAidTourCase(HttpCase):
    """Tours in the browser. A whole tour has as much patience with a busy machine as its steps have (static/tests/tours/steps.js)."""

    def start_tour(self, url_path, tour_name, timeout=300, **options):
        """Walk a tour; ``timeout`` in seconds is an upper bound, no tour waits for it."""
        return super().start_tour(url_path, tour_name, timeout=timeout, **options)
