from odoo import api, fields, models
from odoo.fields import Domain

from ..organization.legal_day import legal_today
from .legal_aid_removal_opening_mixin import MEMBER_STATES

# So long after the last day of a service year it is looked at again: what was done is often registered late.
LOOK_BACK_DAYS = 90


class LegalAidNoService(models.Model):
    """A service year in which nothing at all is on record of a lawyer (T8; 管理办法 §4 “没有开展职工法律志愿服务”).

    Listed when the year is over; one consultation is service. Whoever was suspended for the whole of it is listed apart, for he
    could not serve. The city's officer opens the removal, or the policy has it opened by itself.

    =========  ===============  =====================================================================
    State      becomes          by
    =========  ===============  =====================================================================
    listed     opened           ``action_open_removal``: officer of the city; or the policy
    listed     excused          ``action_excuse`` with a coded reason: officer of the city
    listed,    served           the daily job: service of that year was registered after all
    opened
    =========  ===============  =====================================================================
    """

    _name = "legal.aid.no.service"
    _description = "Service Year Without Service"
    _inherit = ["legal.aid.editable.mixin", "legal.aid.city.mixin", "legal.aid.workflow.mixin"]
    _order = "date_to desc, id desc"
    _rec_names_search = ["volunteer_id"]
    _editable_states = ("listed",)

    _workflow_transitions = {"listed": ("opened", "excused", "served"), "opened": ("served",)}
    _workflow_fields = frozenset({"state", "excuse_reason_id", "excuse_note", "excused_by_id", "removal_id"})
    _workflow_initial = {"state": "listed"}
    _workflow_facts = dict.fromkeys(
        ("volunteer_id", "contract_id", "date_from", "date_to", "was_suspended", "listed_date"), ()
    )

    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    organization_id = fields.Many2one(related="volunteer_id.organization_id", store=True, index=True)
    contract_id = fields.Many2one(
        comodel_name="legal.aid.contract", required=True, readonly=True, ondelete="restrict", index=True
    )
    date_from = fields.Date(string="Year From", required=True, readonly=True)
    date_to = fields.Date(string="Year Until", required=True, readonly=True)
    was_suspended = fields.Boolean(
        string="Suspended All Year", readonly=True, help="He could not serve; his removal on this ground is not opened."
    )
    listed_date = fields.Date(string="Listed On", required=True, readonly=True, default=legal_today)
    state = fields.Selection(
        selection=[
            ("listed", "Listed"),
            ("opened", "Removal Opened"),
            ("excused", "Excused"),
            ("served", "Service Registered Later"),
        ],
        default="listed",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    removal_id = fields.Many2one(
        comodel_name="legal.aid.removal", readonly=True, copy=False, ondelete="restrict", index="btree_not_null"
    )
    excuse_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason", string="Excused Because", readonly=True, copy=False, ondelete="restrict"
    )
    excuse_note = fields.Text(
        string="Note on the Excuse",
        readonly=True,
        copy=False,
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor",
    )
    excused_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")

    _contract_unique = models.UniqueIndex("(contract_id)", "This service year is on the list already.")

    # Compute

    @api.depends("volunteer_id.name", "date_from", "date_to")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.sudo().volunteer_id.name or ''} {row.date_from or ''} – {row.date_to or ''}"

    # Actions

    def action_open_removal(self):
        """Open the removal on ground §4 of each lawyer, from what is on record.

        :raises UserError: with every reason why one of them cannot be opened
        """
        self._check_transition("opened")
        self.check_access("write")
        self._raise_reasons(self._get_cannot_open_reason())
        self._do_open_removals()
        return True

    def action_excuse(self, reason_code=None, note=""):
        """No removal, with a coded reason: illness, motherhood, no case came up …; opens a dialog when called without."""
        self._check_transition("excused")
        if not reason_code:
            return self.env["legal.aid.reason.dialog"]._open(self, "action_excuse", "no_service", self.env._("Excuse"))
        reason = self.env["legal.aid.reason"]._get_coded("no_service", reason_code)
        self._transition("excused", {"excuse_reason_id": reason.id, "excuse_note": note, "excused_by_id": self.env.uid})
        return True

    # Business

    def _get_idle(self):
        """Those in whose year there is still nothing on record; figures are asked for once for each period."""
        idle = self.browse()
        for (date_from, date_to), rows in self.grouped(lambda row: (row.date_from, row.date_to)).items():
            facts = rows.volunteer_id._get_service_facts(date_from, date_to)
            idle |= rows.filtered(lambda row, facts=facts: facts[row.volunteer_id].is_idle)
        return idle

    def _get_cannot_open_reason(self):
        """``{row: reason or False}``"""
        idle = self._get_idle()
        reasons = {}
        for row in self:
            reasons[row] = False
            if row.volunteer_id.state not in MEMBER_STATES:
                reasons[row] = self.env._("%(row)s: the lawyer is no member any more.", row=row.display_name)
            elif row.was_suspended:
                reasons[row] = self.env._(
                    "%(row)s: the lawyer was suspended for the whole year and could not serve. Excuse the year.",
                    row=row.display_name,
                )
            elif row not in idle:
                reasons[row] = self.env._(
                    "%(row)s: service of that year was registered in the meantime. The daily job takes the year off the"
                    " list.",
                    row=row.display_name,
                )
        return reasons

    def _do_open_removals(self):
        for row in self:
            removal = self.env["legal.aid.removal"]._open_for_no_service(row)
            row._transition("opened", {"removal_id": removal.id})

    def _stands(self):
        """Whether a removal may still rest on one of these years."""
        return bool(self.filtered(lambda row: row.state == "opened")._get_idle())

    # Mail & cron

    @api.model
    def _cron_list(self):
        """List the service years that ended without service, and take off those whose service was registered later."""
        today = legal_today(self)
        self._take_off_served(today)
        rows = self._list_ended_years(today)
        for organization, found in rows.grouped("organization_id").items():
            policy = self.env["legal.aid.policy"]._find(organization, today)
            if policy.auto_open_no_service:
                found.filtered(lambda row: not row.was_suspended)._do_open_removals()

    @api.model
    def _list_ended_years(self, today):
        """:return: the new rows"""
        contracts = self.env["legal.aid.contract"].search(
            Domain("kind", "=", "individual")
            & Domain("state", "in", ("active", "expired", "terminated"))
            & Domain("volunteer_id.state", "in", MEMBER_STATES)
            & Domain("date_last", "<", today)
            & Domain("date_last", ">=", fields.Date.subtract(today, days=LOOK_BACK_DAYS))
            & Domain("id", "not in", self.search([]).contract_id.ids)
        )
        vals_list = []
        for (date_from, date_to), ended in contracts.grouped(lambda one: (one.date_start, one.date_last)).items():
            facts = ended.volunteer_id._get_service_facts(date_from, date_to)
            idle = ended.filtered(lambda one, facts=facts: facts[one.volunteer_id].is_idle)
            suspended = idle.volunteer_id._get_suspended_throughout(date_from, date_to)
            vals_list += [
                {
                    "volunteer_id": contract.volunteer_id.id,
                    "contract_id": contract.id,
                    "date_from": date_from,
                    "date_to": date_to,
                    "was_suspended": contract.volunteer_id in suspended,
                    "listed_date": today,
                }
                for contract in idle
            ]
        return self.create(vals_list)

    @api.model
    def _take_off_served(self, today):
        listed = self.search(
            [
                ("state", "in", ("listed", "opened")),
                ("date_to", ">=", fields.Date.subtract(today, years=1)),
                ("volunteer_id.state", "in", MEMBER_STATES),
            ]
        )
        served = listed - listed._get_idle()
        if served:
            served._transition("served")
            served.volunteer_id._end_removals_without_facts(
                "no_service", self.env._("Service of that year was registered after all.")
            )
