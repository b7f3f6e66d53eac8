from odoo import api, fields, models

from ..organization.legal_day import legal_today

# Frozen when a case is offered: enough to decide whether to take it over, and nothing personal.
CASE_COPIES = (
    "matter_id",
    "service_form",
    "employer_place_id",
    "jurisdiction_rule",
    "application_date",
    "submitted_date",
    "supplement_requested_date",
    "granted_date",
)


class LegalAidTransfer(models.Model):
    """One offer of a case to another union (I3), with what both unions may know of it for good. Written by the case's steps only.

    The union that is asked reads number, matter, rule, place, dates and reason; the case's people and papers it sees when it took
    the case over. The union that gave the case away keeps this record and sees nothing that happened later.

    ==========  =========================================  =====================================
    Step        Who                                        From → to
    ==========  =========================================  =====================================
    offer       officer of the union in charge             → offered
    take over   officer of the union that is asked         offered → accepted
    send back   officer of the union that is asked         offered → returned
    take back   officer of the union in charge; also with  offered → withdrawn
                the end of the case
    ==========  =========================================  =====================================
    """

    _name = "legal.aid.transfer"
    _description = "Transfer"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "case_number"

    # Its name would tell the union that gave the case away under which number it goes on.
    case_id = fields.Many2one(
        comodel_name="legal.aid.case",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
        groups=fields.NO_ACCESS,
    )
    case_number = fields.Char(required=True, readonly=True, index="trigram")
    case_state = fields.Selection(
        selection="_get_case_states", string="Stage When Offered", required=True, readonly=True
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Offered by Union",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    target_organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Offered to Union",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    matter_id = fields.Many2one(comodel_name="legal.aid.matter", readonly=True, ondelete="restrict")
    service_form = fields.Selection(selection="_get_service_forms", readonly=True)
    employer_place_id = fields.Many2one(
        comodel_name="union.organization", string="Employer's Place", readonly=True, ondelete="restrict"
    )
    jurisdiction_rule = fields.Text(readonly=True)
    application_date = fields.Date(readonly=True)
    submitted_date = fields.Date(readonly=True)
    supplement_requested_date = fields.Date(string="Papers Asked For On", readonly=True)
    granted_date = fields.Date(readonly=True)
    next_due = fields.Date(string="Next Deadline When Offered", readonly=True)
    reason_id = fields.Many2one(comodel_name="legal.aid.reason", required=True, readonly=True, ondelete="restrict")
    note = fields.Text(readonly=True)
    offered_date = fields.Date(string="Offered On", required=True, readonly=True, default=legal_today)
    offered_by_id = fields.Many2one(
        comodel_name="res.users",
        required=True,
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    state = fields.Selection(
        selection=[
            ("offered", "Offered"),
            ("accepted", "Taken Over"),
            ("returned", "Sent Back"),
            ("withdrawn", "Taken Back"),
        ],
        default="offered",
        required=True,
        readonly=True,
        index=True,
    )
    answered_date = fields.Date(string="Answered On", readonly=True)
    answered_by_id = fields.Many2one(comodel_name="res.users", readonly=True, ondelete="restrict")
    can_accept = fields.Boolean(compute="_compute_can_answer")
    can_take_back = fields.Boolean(compute="_compute_can_answer")

    _one_open_offer = models.UniqueIndex("(case_id) WHERE state = 'offered'", "This case is offered already.")

    # Compute

    @api.model
    def _get_case_states(self):
        return self.env["legal.aid.case"]._fields["state"]._description_selection(self.env)

    @api.model
    def _get_service_forms(self):
        return self.env["legal.aid.case"]._fields["service_form"]._description_selection(self.env)

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_answer(self):
        # Who is offered a case may not read it yet; asked is what the user himself may write.
        writable = self.sudo().case_id.sudo(False)._filtered_access("write")
        for transfer in self:
            case = transfer._get_case() if transfer.state == "offered" else self.env["legal.aid.case"]
            transfer.can_accept = bool(case) and case._is_receiver()
            transfer.can_take_back = bool(case) and not transfer.can_accept and case in writable

    # Actions

    def action_accept(self):
        """Take the case over, and open it."""
        self.ensure_one()
        case = self._get_case()
        case.action_accept_transfer()
        return {
            "type": "ir.actions.act_window",
            "name": case.name,
            "res_model": "legal.aid.case",
            "res_id": case.id,
            "views": [(False, "form")],
        }

    def action_cancel(self):
        """Send the case back, or take the offer back."""
        for transfer in self:
            transfer._get_case().action_cancel_transfer()
        return True

    # Business

    def _get_case(self):
        """The case, under the rights of who asks."""
        self.ensure_one()
        return self.sudo().case_id.sudo(False)

    @api.model
    def _offer(self, case, target, reason, note):
        """Note that ``case`` is offered to ``target``; replaces an offer that is still open."""
        case._get_open_offer()._answer("withdrawn")
        clocks = case._get_running_deadlines().filtered("date_due").sorted("date_due")
        values = case.read(CASE_COPIES, load=None)[0]
        transfer_sudo = self.sudo().create(
            {
                **{name: values[name] for name in CASE_COPIES},
                "case_id": case.id,
                "case_number": case.name,
                "case_state": case.state,
                "organization_id": case.organization_id.id,
                "target_organization_id": target.id,
                "next_due": clocks[:1].date_due,
                "reason_id": reason.id,
                "note": note,
            }
        )
        transfer_sudo._notify_target()

    def _answer(self, state):
        """Close open offers; called by the steps of the case, which were checked."""
        self.sudo().write(
            {
                "state": state,
                "answered_date": legal_today(self),
                "answered_by_id": self.env.user.id,
            }
        )
        # The next offer of the case is inserted at once, and the database allows one open offer only.
        self.sudo().flush_recordset(["state"])

    def _notify_target(self):
        """Tell the officers of the union that is asked, with the case number only (V6)."""
        self.ensure_one()
        officers = self.target_organization_id.user_ids.filtered(
            lambda user: user.active and user.has_group("union_legal_aid.group_officer")
        )
        self.env["legal.aid.notification"]._tell(
            officers,
            lambda env: env._("Case %(case)s is offered to you", case=self.case_number),
            lambda env: env._(
                "%(union)s offers case %(case)s to you. Take it over or send it back, under Casework > Transfers.",
                union=self.organization_id.name,
                case=self.case_number,
            ),
            self,
            # They are the other union's people.
            office=self.target_organization_id,
        )
