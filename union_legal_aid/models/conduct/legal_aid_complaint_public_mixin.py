from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..organization.fingerprint import fingerprint

# Complaints that one origin, and everybody together, may hand in on the public page within the time.
WITHIN_HOURS = 24
FROM_ONE_ORIGIN = 5
FROM_ALL = 200


class LegalAidComplaintPublicMixin(models.AbstractModel):
    """The gate before the public complaint form (P3): whoever floods it is sent to the telephone, and nobody is known by it.

    Of the origin only a fingerprint is kept, for two days, so that complaints can be counted; it does not lead back to the visitor.
    """

    _name = "legal.aid.complaint.public.mixin"
    _description = "Public Complaint"

    origin_hash = fields.Char(groups=fields.NO_ACCESS, copy=False, index="btree_not_null")

    # Business

    @api.model
    def _receive_from(self, origin, vals):
        """Take down a complaint of the public page; see ``_receive_public``.

        :param origin: the address of the visitor's connection
        :raises UserError: when too many came from there, or from everywhere, within the last day
        """
        fingerprint = self._hash_origin(origin)
        since = fields.Datetime.now() - timedelta(hours=WITHIN_HOURS)
        recent = Domain("create_date", ">=", since) & Domain("origin_hash", "!=", False)
        # A visitor has no rights; he only learns whether the form is open to him.
        complaints_sudo = self.sudo()
        if (
            complaints_sudo.search_count(recent & Domain("origin_hash", "=", fingerprint)) >= FROM_ONE_ORIGIN
            or complaints_sudo.search_count(recent) >= FROM_ALL
        ):
            raise UserError(
                self.env._(
                    "Too many complaints came in here today. Please call the supervision phone at the foot of this page."
                )
            )
        number, code = self._receive_public(vals)
        complaints_sudo.search([("name", "=", number)], limit=1)._workflow_write({"origin_hash": fingerprint})
        return number, code

    @api.model
    def _hash_origin(self, origin):
        return fingerprint(self.env, f"origin {origin}")

    # Mail & cron

    @api.autovacuum
    def _gc_origins(self):
        """Forget where complaints came from once they no longer count."""
        if self._abstract:
            return
        old = fields.Datetime.now() - timedelta(hours=2 * WITHIN_HOURS)
        self.sudo().search([("origin_hash", "!=", False), ("create_date", "<", old)])._workflow_write(
            {"origin_hash": False}
        )
