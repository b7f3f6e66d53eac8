from odoo import api, fields, models
from odoo.exceptions import UserError

from ..organization.personal_fields import AUDITOR, OFFICER
from ..organization.wording import join_names
from .legal_aid_volunteer_grounds import UNHINDERED

READMISSION = ("readmission_reason_id", "readmission_note")


class LegalAidContract(models.Model):
    """What a removal means for appointments (T6, T7): none while it is open; after it only with a coded reason, and not before the
    years of the policy are over. A new membership begins anew: complaints of the former one do not count in it.
    """

    _inherit = "legal.aid.contract"

    is_readmission = fields.Boolean(
        compute="_compute_is_readmission", help="The lawyer was removed from the team before."
    )
    readmission_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason",
        string="Appointed Again Because",
        domain=[("usage", "=", "readmission")],
        copy=False,
        ondelete="restrict",
        groups=f"{OFFICER},{AUDITOR}",
    )
    readmission_note = fields.Text(string="Note on the New Appointment", copy=False, groups=f"{OFFICER},{AUDITOR}")

    # Compute

    @api.depends("volunteer_id.state", "state")
    def _compute_is_readmission(self):
        for contract in self:
            contract.is_readmission = contract.volunteer_id.state == "removed" and contract.state == "draft"

    # Business

    def _check_write_door(self, vals):
        result = super()._check_write_door(vals)
        late = self.filtered(lambda contract: contract.state != "draft") if vals.keys() & set(READMISSION) else ()
        if late:
            raise UserError(
                self.env._(
                    "Why the lawyer is appointed again is decided with the contract and stays: %(contracts)s.",
                    contracts=join_names(self.env, late.mapped("display_name")),
                )
            )
        return result

    def _get_approval_facts(self):
        contract_sudo = self.sudo()
        facts = super()._get_approval_facts()
        if contract_sudo.readmission_reason_id:
            facts["readmission"] = [contract_sudo.readmission_reason_id.id, contract_sudo.readmission_note or ""]
        return facts

    def _get_cannot_appoint_reason(self):
        reasons = super()._get_cannot_appoint_reason()
        # Asked once for a whole team.
        under_removal = self.volunteer_id._get_open_removals().sudo().volunteer_id
        for contract in self.filtered(lambda contract: contract.kind == "individual" and not reasons[contract]):
            reasons[contract] = contract._get_removal_reason(contract.volunteer_id in under_removal)
        return reasons

    def _get_removal_reason(self, is_open=False):
        """Why a removal, open or decided, stands against this appointment, or False."""
        self.ensure_one()
        lawyer = self.volunteer_id
        if is_open:
            return self.env._(
                "A removal of %(name)s is open. Decide it, or withdraw it, before the lawyer is appointed.",
                name=lawyer.name,
            )
        if lawyer.state != "removed":
            return False
        barred_until = self._get_barred_until()
        if barred_until and self.date_start < barred_until:
            return self.env._(
                "%(name)s was removed from the team and is not appointed before %(date)s.",
                name=lawyer.name,
                date=fields.Date.to_string(barred_until),
            )
        if not self.sudo().readmission_reason_id:
            return self.env._(
                "%(name)s was removed from the team. Enter on %(contract)s why the lawyer is appointed again.",
                name=lawyer.name,
                contract=self.display_name,
            )
        return False

    def _get_barred_until(self):
        """The first day on which the removed lawyer may be appointed again, or False."""
        lawyer_sudo = self.sudo().volunteer_id
        decided = lawyer_sudo.removal_ids.filtered("date_decided").sorted("date_decided")[-1:]
        years = self.sudo().policy_id.barred_years
        since = decided.date_decided or lawyer_sudo.member_until
        return bool(years and since) and fields.Date.add(since, years=years)

    def _end_early(self, reason, note, date):
        """While a removal is open, a contract ends by its decision only: leaving is no way around it."""
        if reason.code not in UNHINDERED:
            self.volunteer_id._check_no_open_removal()
        return super()._end_early(reason, note, date)
