from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..organization.legal_day import legal_today

# Nothing is left to do about them. What was not delivered, and who told whom in person, stays on record (X2).
SETTLED = ("sent", "shown", "dropped")
BATCH = 1000


class LegalAidNotification(models.Model):
    """Notices go some years after they were told (PIPL §47): they name nothing but a number, and the file has its own term (X3)."""

    _inherit = "legal.aid.notification"

    # CRUD

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_workflow(self):
        """Nobody takes a notice away; the nightly clean-up does, when its term is over."""
        return None if self._in_workflow() else super()._unlink_except_in_workflow()

    # Business

    @api.model
    def _domain_settled(self):
        """Told and read. What is said once and never again is remembered, and what somebody has not read waits for him."""
        unread = Domain("message_id.notification_ids", "any", [("is_read", "=", False)])
        return Domain("state", "in", SETTLED) & Domain("key", "=", False) & ~unread

    # Mail & cron

    @api.autovacuum
    def _gc_told(self):
        """By the policy in force for each union; without one, or with 0 years, nothing goes."""
        settled = self._domain_settled()
        for (union,) in self._read_group(settled & Domain("organization_id", "!=", False), ["organization_id"]):
            years = self.env["legal.aid.policy"]._find(union, legal_today(self)).notice_years
            if years:
                told_before = fields.Datetime.now() - relativedelta(years=years)
                own = settled & Domain("organization_id", "=", union.id) & Domain("create_date", "<", told_before)
                self.search(own, limit=BATCH)._workflow_env().unlink()
