from odoo import api, fields, models
from odoo.exceptions import UserError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER


class LegalAidSubstituteLeave(models.Model):
    """Leave that another member of the team stands in for the lawyer at one hearing (C6, 办法 §5(2)).

    The lawyer asks on the page of his case, an officer of the union in charge allows or refuses with a coded reason, and both the
    answer and the days stand on that page. The file stays with the lawyer: the substitute gets no access to it.
    """

    _name = "legal.aid.substitute.leave"
    _description = "Leave for a Substitute"
    _inherit = ["legal.aid.link.mixin", "legal.aid.workflow.mixin"]
    _order = "id desc"
    _rec_names_search = ["case_id"]
    _checked_links = ("case_id",)

    _workflow_transitions = {"requested": ("allowed", "refused")}
    _workflow_initial = {"state": "requested"}
    _workflow_fields = frozenset(
        {"state", "volunteer_id", "decided_date", "decided_by_id", "decision_reason_id", "decision_note"}
    )
    _workflow_facts = dict.fromkeys(("case_id", "substitute_id", "hearing_date", "date_end", "note"), ())

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, ondelete="restrict", index=True)
    organization_id = fields.Many2one(related="case_id.organization_id", store=True, index=True)
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer", string="Lawyer", readonly=True, ondelete="restrict", index=True
    )
    substitute_id = fields.Many2one(comodel_name="legal.aid.volunteer", required=True, ondelete="restrict", index=True)
    hearing_date = fields.Date(string="Hearing On", required=True)
    date_end = fields.Date(string="Hearing Until", help="Last day of a hearing that takes several days; empty for one.")
    note = fields.Text(string="Grounds", groups=f"{OFFICER},union_legal_aid.group_volunteer")
    state = fields.Selection(
        selection=[
            ("requested", "Requested"),
            ("allowed", "Substitute Allowed"),
            ("refused", "Substitute Not Allowed"),
        ],
        default="requested",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    decided_date = fields.Date(readonly=True)
    decided_by_id = fields.Many2one(comodel_name="res.users", readonly=True, ondelete="restrict")
    decision_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason", string="Refused Because", readonly=True, ondelete="restrict"
    )
    decision_note = fields.Text(
        string="Note to the Lawyer", readonly=True, groups=f"{OFFICER},union_legal_aid.group_volunteer"
    )
    can_decide = fields.Boolean(compute="_compute_can_decide")

    _days_in_order = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= hearing_date)", "The hearing ends after it began. Compare the two days."
    )
    _one_open_request = models.UniqueIndex(
        "(case_id, hearing_date) WHERE state = 'requested'",
        "Leave for this hearing is asked for already. Decide on that.",
    )

    # Compute

    @api.depends("case_id", "hearing_date")
    def _compute_display_name(self):
        for leave in self:
            # A case's number is for everybody whom the leave concerns, also when the case has gone to another lawyer.
            leave.display_name = f"{leave.sudo().case_id.name} {fields.Date.to_string(leave.hearing_date) or ''}"

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_decide(self):
        writable = self.case_id._filtered_access("write")
        for leave in self:
            leave.can_decide = leave.state == "requested" and leave.case_id in writable

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_new(vals)
        leaves = super().create(vals_list)
        for leave in leaves:
            # Nobody has a right to write these records.
            leave.sudo()._workflow_write({"volunteer_id": leave.case_id.volunteer_id.id})
            leave._check_request()
            leave._notify_deciders()
        return leaves

    # Actions

    def action_allow(self):
        """Allow the substitute for this hearing."""
        self._check_decider()
        self._raise_reasons({leave: leave._get_cannot_allow_reason() for leave in self})
        self._do_decide("allowed", {})
        return True

    def action_refuse(self, reason_code=None, note=""):
        """Refuse with a coded reason; the lawyer goes himself."""
        if not reason_code:
            return self.env["legal.aid.reason.dialog"]._open(
                self,
                "action_refuse",
                "refuse_substitute",
                self.env._("Refuse the Substitute: the Lawyer Reads Reason and Note"),
            )
        reason = self.env["legal.aid.reason"]._get_coded("refuse_substitute", reason_code)
        self._check_decider()
        self._do_decide("refused", {"decision_reason_id": reason.id, "decision_note": note})
        return True

    # Business

    @api.model
    def _check_new(self, vals):
        """What would only meet the database's own error: days in the wrong order, and a second tap on the same button."""
        hearing_date, date_end = (fields.Date.to_date(vals.get(name)) for name in ("hearing_date", "date_end"))
        if hearing_date and date_end and date_end < hearing_date:
            raise UserError(self.env._("The hearing ends before it begins. Compare the two days."))
        asked = [
            ("case_id", "=", vals.get("case_id")),
            ("hearing_date", "=", hearing_date),
            ("state", "=", "requested"),
        ]
        if self.sudo().search_count(asked):
            raise UserError(
                self.env._(
                    "Leave for the hearing on %(date)s is asked for already. Wait for the union's answer.",
                    date=fields.Date.to_string(hearing_date),
                )
            )

    def _check_request(self):
        for leave in self:
            leave.case_id._check_state("assigned", "in_progress")
            problem = False
            if leave.substitute_id == leave.volunteer_id:
                problem = self.env._("The substitute is the lawyer himself.")
            elif leave.hearing_date < legal_today(self):
                problem = self.env._("The hearing is over. Leave is asked for before it.")
            elif reason := leave._get_unfit_reason():
                # Why a colleague does not act, and whom his firm advises, is told to the office alone.
                is_office = leave.sudo(False).case_id.has_access("write")
                problem = (
                    reason if is_office else self.env._("This colleague cannot stand in here. Choose another one.")
                )
            if problem:
                raise UserError(self.env._("Case %(case)s: %(problem)s", case=leave.case_id.name, problem=problem))

    def _get_unfit_reason(self):
        """Why the substitute may not stand in: no member of this team in service, or on the other side."""
        self.ensure_one()
        substitute_sudo = self.substitute_id.sudo()
        if substitute_sudo.organization_id != self.volunteer_id.sudo().organization_id:
            return self.env._("%(lawyer)s is in the team of another union.", lawyer=substitute_sudo.name)
        return substitute_sudo._get_not_assignable_reasons()[
            substitute_sudo
        ] or self.case_id._get_lawyer_conflict_reason(self.substitute_id)

    def _get_cannot_allow_reason(self):
        self.ensure_one()
        if self.case_id.volunteer_id != self.volunteer_id:
            return self.env._(
                "Case %(case)s is no longer with the lawyer who asked. Refuse the request.", case=self.case_id.name
            )
        return self._get_unfit_reason()

    def _notify_deciders(self):
        self.ensure_one()
        case_sudo = self.sudo().case_id  # the notice carries its number and nothing else
        case_sudo._notify_offices(
            lambda env: env._("Case %(case)s: leave for a substitute is asked for", case=case_sudo.name),
            lambda env: env._(
                "The lawyer of case %(case)s asks for a substitute at the hearing on %(date)s. Allow or refuse it before.",
                case=case_sudo.name,
                date=fields.Date.to_string(self.hearing_date),
            ),
            unions=case_sudo.organization_id,
        )

    def _check_decider(self):
        self.case_id.check_access("write")
        self._check_state("requested")

    def _do_decide(self, state, vals):
        # Nobody has a right to write these records; the step was checked.
        self.sudo()._transition(state, {"decided_date": legal_today(self), "decided_by_id": self.env.uid, **vals})
        for leave in self:
            leave.case_id._notify_lawyer(
                lambda env, case=leave.case_id: env._("Substitute in case %(case)s", case=case.name),
                lambda env, case=leave.case_id: env._(
                    "The union decided on the substitute in case %(case)s. The answer stands on the page of the case.",
                    case=case.name,
                ),
            )
