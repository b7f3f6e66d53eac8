import secrets
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.fields import Domain

from ..organization.fingerprint import fingerprint

# Complaints that one origin, and everybody together, may hand in on the public page within the time.
WITHIN_HOURS = 24
FROM_ONE_ORIGIN = 5
FROM_ALL = 200


class LegalAidComplaintPublicMixin(models.AbstractModel):
    """The gate before the public complaint form (P3): whoever floods it is sent to the telephone, and nobody is known by it.

    Of the origin only a fingerprint is kept, for two days, so that complaints can be counted; it does not lead back to the visitor.
    A form that comes twice, because a slow page got a second tap, gives one complaint and the same receipt again.
    """

    _name = "legal.aid.complaint.public.mixin"
    _description = "Public Complaint"

    origin_hash = fields.Char(groups=fields.NO_ACCESS, copy=False, index="btree_not_null")
    form_hash = fields.Char(groups=fields.NO_ACCESS, copy=False)

    # Constraints

    _form_once = models.UniqueIndex("(form_hash)", "This complaint came in already.")

    # Business

    @api.model
    def _receive_from(self, origin, vals, form_key=""):
        """Take down a complaint of the public page; see ``_receive_public``.

        :param origin: the address of the visitor's connection
        :param form_key: what the page drew when it offered the form; empty for a form that nobody offered
        :raises UserError: when too many came from there, or from everywhere, within the last day
        """
        form_hash = self._hash_form(form_key or secrets.token_hex(), vals)
        code = self._derive_code(form_hash)
        known = self._find_of_form(form_hash)
        if known:
            return known.name, code
        origin_hash = self._hash_origin(origin)
        self._check_open_to(origin_hash)
        number, code = self._receive_public(vals, code)
        try:
            self.sudo().search([("name", "=", number)], limit=1)._workflow_write(
                {"origin_hash": origin_hash, "form_hash": form_hash}
            )
            self.env.flush_all()
        except UniqueViolation as error:
            # The other tap came first: taken again from the start, this one finds its complaint.
            raise ConcurrencyError(str(error)) from error
        return number, code

    @api.model
    def _find_of_form(self, form_hash):
        # A visitor has no rights; he gets the receipt of what he just sent himself.
        return self.sudo().search([("form_hash", "=", form_hash)], limit=1)

    @api.model
    def _check_open_to(self, origin_hash):
        since = fields.Datetime.now() - timedelta(hours=WITHIN_HOURS)
        recent = Domain("create_date", ">=", since) & Domain("origin_hash", "!=", False)
        # A visitor has no rights; he only learns whether the form is open to him.
        complaints_sudo = self.sudo()
        if (
            complaints_sudo.search_count(recent & Domain("origin_hash", "=", origin_hash)) >= FROM_ONE_ORIGIN
            or complaints_sudo.search_count(recent) >= FROM_ALL
        ):
            raise UserError(
                self.env._(
                    "Too many complaints came in here today. Please call the supervision phone at the foot of this page."
                )
            )

    @api.model
    def _hash_origin(self, origin):
        return fingerprint(self.env, f"origin {origin}")

    @api.model
    def _hash_form(self, form_key, vals):
        """What tells one sending of a form from another: going back to correct a word is a complaint of its own."""
        return fingerprint(self.env, f"form {form_key} {sorted(vals.items())}")

    # Mail & cron

    @api.autovacuum
    def _gc_origins(self):
        """Forget where complaints came from, and from which form, once they no longer count."""
        if self._abstract:
            return
        old = fields.Datetime.now() - timedelta(hours=2 * WITHIN_HOURS)
        self.sudo().search([("origin_hash", "!=", False), ("create_date", "<", old)])._workflow_write(
            {"origin_hash": False, "form_hash": False}
        )
