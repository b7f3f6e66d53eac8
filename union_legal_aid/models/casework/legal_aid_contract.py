from odoo import api, fields, models
from odoo.fields import Domain

from ..organization.legal_day import legal_today
from .legal_aid_membership_mixin import URGENT_ENDS

CRON_BATCH = 100


class LegalAidContract(models.Model):
    """A contract cannot end while a case is with nobody (T9): early end, expiry without renewal, and the reminder before it."""

    _inherit = "legal.aid.contract"

    leaving_ids = fields.One2many(
        comodel_name="legal.aid.leaving",
        inverse_name="contract_id",
        string="Leaving Procedures",
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor",
    )

    # Actions

    def action_terminate(self, reason_code=None, note="", date=None):
        """With cases in hand, the button opens their hand-over; a given reason is refused until each has somebody."""
        lawyer = self.volunteer_id
        if not reason_code and len(self) == 1 and lawyer and self.state == "active" and lawyer._get_held_cases():
            self.check_access("write")
            return lawyer.action_prepare_leaving("end")
        result = super().action_terminate(reason_code=reason_code, note=note, date=date)
        if reason_code:
            self._record_early_end()
        return result

    # Business

    def _end_early(self, reason, note, date):
        """The gate stands in every way to the end of a contract, and an urgent end hands the cases over at once."""
        members = self._get_members_left_without(date)
        if reason.code in URGENT_ENDS:
            members._pass_cases_to_union()
        else:
            members._raise_reasons(members._get_cannot_leave_reasons())
        return super()._end_early(reason, note, date)

    def _get_members_left_without(self, date):
        """Whom the end of these contracts on ``date`` leaves without one, among those who have a contract today or had it then."""
        # Who is left without a contract is the same for whoever ends it.
        begun_sudo = self.sudo().filtered(lambda contract: contract.date_start <= date)
        members_sudo = begun_sudo.volunteer_id
        for contract_sudo in begun_sudo.filtered(lambda contract: contract.kind == "firm"):
            members_sudo |= members_sudo.search(
                [
                    ("kind", "=", "firm_lawyer"),
                    ("law_firm_id", "=", contract_sudo.law_firm_id.id),
                    ("organization_id", "=", contract_sudo.organization_id.id),
                ]
            )
        covered = members_sudo._get_contracts_in_force(legal_today(self))
        return members_sudo.filtered(
            lambda member: (
                member.state in ("active", "suspended") and (not covered[member] or covered[member] in begun_sudo)
            )
        ).sudo(self.env.su)

    def _record_early_end(self):
        for contract in self.filtered("volunteer_id"):
            # The procedure is the record of the end; its letters are written from it.
            self.env["legal.aid.leaving"].sudo()._record(
                contract.volunteer_id.sudo(),
                "end",
                contract.termination_reason_id,
                "",
                contract.date_terminated or contract.date_end,
            )

    def _expire(self, today):
        """By the policy the lawyer finishes what he began, watched by an officer; else his cases pass to their unions (T9)."""
        over = self.filtered(lambda contract: contract.state == "active" and contract.date_end < today)
        result = super()._expire(today)
        finishing = over.filtered(lambda contract: contract.policy_id.sudo().finish_after_expiry)
        finishing._get_members_left_without(today)._supervise_held_cases()
        (over - finishing)._get_members_left_without(today)._pass_cases_to_union()
        over._close_expiry_list()
        return result

    def _close_expiry_list(self):
        lists_sudo = self.env["legal.aid.leaving"].sudo()
        for leaving in lists_sudo.search([("contract_id", "in", self.ids), ("state", "=", "running")]):
            if leaving.kind == "expire" and not leaving.volunteer_id._get_held_cases():
                leaving._do_finish()

    # Mail & cron

    @api.model
    def _domain_ending(self, today):
        return (
            Domain("state", "=", "active")
            & Domain("kind", "=", "individual")
            & Domain("date_end", ">=", today)
            & Domain("volunteer_id.state", "in", ("active", "suspended"))
            & Domain("leaving_ids", "not any", [("kind", "=", "expire")])
        )

    @api.model
    def _cron_list_expiring(self):
        """Before a contract ends without another one after it, the hand-over of its open cases is listed, once (T2, T9)."""
        today = legal_today(self)
        done = self.browse()
        while contracts := self.search(
            self._domain_ending(today) & Domain("id", "not in", done.ids), limit=CRON_BATCH
        ).try_lock_for_update():
            contracts._filter_ending(today)._list_expiry()
            done |= contracts
            left = self.search_count(self._domain_ending(today) & Domain("id", "not in", done.ids))
            self.env["ir.cron"]._commit_progress(len(contracts), remaining=left)

    def _filter_ending(self, today):
        """Those whose notice days have begun, after which nothing follows, and whose lawyer has cases in his hands."""
        near = self.filtered(
            lambda contract: (contract.date_end - today).days <= contract.policy_id.leaving_notice_days
        )
        members = near.volunteer_id
        later = self.search([("volunteer_id", "in", members.ids), ("state", "=", "active")]).grouped("volunteer_id")
        busy = members._get_held_cases().volunteer_id.filtered(lambda member: not member.leaving_id)
        return near.filtered(
            lambda contract: (
                contract.volunteer_id in busy
                and max(later[contract.volunteer_id].mapped("date_end")) == contract.date_end
            )
        )

    def _list_expiry(self):
        for contract in self:
            self.env["legal.aid.leaving"]._open_for(contract.volunteer_id, "expire")._ask_city()
