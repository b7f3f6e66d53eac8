import threading
from contextlib import contextmanager, nullcontext
from functools import partial
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import call_kw, retrying
from odoo.tests import BaseCase
from odoo.tests.common import get_db_name


class LegalAidConcurrencyCase(BaseCase):
    """Two people at the same moment, in transactions of their own against PostgreSQL.

    What is written is committed: ``_create_records`` makes what the test needs, ``_clean_up`` takes everything away again. Calls go to
    the ``model`` of the test, to the record that ``_get_called_id`` names.
    """

    model = None

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.records = []
        self.addCleanup(self._clean_up)
        with self._transaction() as env:
            self._create_records(env)

    @contextmanager
    def _transaction(self, user_id=SUPERUSER_ID):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, user_id, {"mail_create_nosubscribe": True, "tracking_disable": True})

    def _keep(self, record):
        """Remember a committed record, to be deleted in the end; the last one first."""
        self.records.append((record._name, record.ids))
        return record

    def _create_records(self, env):
        raise NotImplementedError

    def _clean_up(self):
        raise NotImplementedError

    # What people do

    def _get_called_id(self):
        raise NotImplementedError

    def _call(self, env, method, called_id=None, **kwargs):
        """One call of a client in ``env``'s transaction, without committing."""
        result = call_kw(env[self.model], method, [[called_id or self._get_called_id()]], kwargs)
        env.flush_all()
        return result

    def _call_as_server(self, env, method, **kwargs):
        """The same as the server runs it: again after a conflict, committed in the end."""
        return retrying(partial(self._call, env, method, **kwargs), env)

    def _look(self, env):
        """Begin the transaction, as anybody does who reads the page first."""
        return env[self.model].browse(self._get_called_id()).state

    def _race(self, *calls):
        """The outcomes, True or the error, of calls that begin at the same moment, each in its own transaction."""
        start, outcomes = threading.Barrier(len(calls)), [None] * len(calls)

        def run(place, user_id, method, kwargs):
            threading.current_thread().dbname = get_db_name()
            with self._transaction(user_id) as env:
                self._look(env)
                start.wait(10)
                try:
                    self._call_as_server(env, method, **kwargs)
                    outcomes[place] = True
                except UserError as error:
                    outcomes[place] = error

        threads = [threading.Thread(target=run, args=(place, *call)) for place, call in enumerate(calls)]
        # The thread that runs the tests holds this lock all the time; a server's threads take it for a moment each.
        with patch.object(Registry, "_lock", nullcontext()):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
        return outcomes

    def _assert_one_done(self, outcomes, told):
        """One of two did it, the other came to an end with a clear word."""
        errors = [outcome for outcome in outcomes if outcome is not True]
        self.assertEqual((len(outcomes), len(errors)), (2, 1), outcomes)
        self.assertRegex(str(errors[0]), f"Somebody else is working|{told}")
