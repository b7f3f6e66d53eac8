from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..organization.legal_day import legal_today

# Who signs for a union: in the office its liaison (and whoever holds more), on the portal its enterprise user.
SIGNERS = ("union_legal_aid.group_liaison", "union_legal_aid.group_enterprise_portal")


class LegalAidMandate(models.Model):
    """委托授权: the contact-point union commissions a lawyer for one case (C1). Written by the steps of the case only.

    ==========  ===================================================================  ==================
    Step        Who                                                                  From → to
    ==========  ===================================================================  ==================
    issue       liaison, officer or leader of the mandating union, on the portal     draft → issued
                its enterprise user; by the grant's signature where it is the union
                in charge
    cancel      with the lawyer's release or the end of the case                     draft, issued → cancelled
    ==========  ===================================================================  ==================
    """

    _name = "legal.aid.mandate"
    _description = "Mandate"
    _inherit = ["legal.aid.workflow.mixin", "legal.aid.followed.mixin"]
    _order = "id desc"
    _rec_names_search = ["number", "case_number"]

    _workflow_transitions = {"draft": ("issued", "cancelled"), "issued": ("cancelled",)}
    _workflow_fields = frozenset({"state", "number", "date", "issued_by_id", "requested_date"})

    case_id = fields.Many2one(
        comodel_name="legal.aid.case", required=True, readonly=True, ondelete="restrict", index=True
    )
    # What a house union may know of a case is its number and its stage, both read as the system, and the lawyer's name.
    case_number = fields.Char(related="case_id.name", string="Case Number", store=True, index="trigram")
    case_state = fields.Selection(
        selection="_get_case_states",
        string="Stage",
        compute="_compute_case_state",
        compute_sudo=True,
        search="_search_case_state",
    )
    requested_date = fields.Date(string="Requested On", default=legal_today, required=True, readonly=True, copy=False)
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Mandating Union",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    number = fields.Char(readonly=True, copy=False)
    date = fields.Date(string="Issued On", readonly=True, copy=False)
    issued_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    state = fields.Selection(
        selection=[("draft", "Requested"), ("issued", "Issued"), ("cancelled", "Cancelled")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    lawyer_name = fields.Char(related="volunteer_id.name", string="Lawyer's Name")
    can_issue = fields.Boolean(compute="_compute_can_issue")
    can_open_file = fields.Boolean(compute="_compute_can_open_file")

    _number_unique = models.Constraint("UNIQUE(number)", "Another mandate has this number already. Try again.")
    _one_live_mandate = models.UniqueIndex("(case_id) WHERE state != 'cancelled'", "This case has a mandate already.")

    # Compute

    @api.model
    def _get_case_states(self):
        return self.env["legal.aid.case"]._fields["state"]._description_selection(self.env)

    @api.depends("number", "case_number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for mandate in self:
            mandate.display_name = mandate.number or self.env._(
                "Mandate requested for %(case)s", case=mandate.case_number
            )

    @api.depends("case_id.state", "case_id.contact_point_id", "state", "organization_id")
    def _compute_case_state(self):
        """The stage, for as long as the case is any business of the mandating union."""
        for mandate in self:
            case = mandate.case_id
            live = mandate.state != "cancelled" or case.contact_point_id == mandate.organization_id
            mandate.case_state = live and case.state

    def _search_case_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        # Whose mandate it is was decided by the rules of the mandate; the case is not opened by asking for its stage.
        stages = Domain("case_id", "any!", Domain("state", "in", value))
        return stages & Domain("state", "!=", "cancelled")

    @api.depends("state", "organization_id")
    @api.depends_context("uid")
    def _compute_can_issue(self):
        for mandate in self:
            mandate.can_issue = mandate.state == "draft" and mandate._is_of_user()

    @api.depends("case_id")
    @api.depends_context("uid")
    def _compute_can_open_file(self):
        cases = self.env["legal.aid.case"]
        readable = cases.search([("id", "in", self.case_id.ids)]) if cases.has_access("read") else cases
        for mandate in self:
            mandate.can_open_file = mandate.case_id in readable

    # Actions

    def action_issue(self):
        """Issue the mandate in the name of the contact-point union; the lawyer may then begin."""
        self.check_access("read")
        self._check_state("draft")
        for mandate in self:
            if not mandate._is_of_user():
                raise AccessError(
                    self.env._(
                        "The mandate for case %(case)s is given by %(union)s. Ask its liaison or officer.",
                        case=mandate.case_number,
                        union=mandate.organization_id.name,
                    )
                )
            mandate._check_not_opponent()
            # Nobody has a right to write mandates; the check above is what counts. The case may be another union's.
            mandate_sudo = mandate.sudo()
            mandate_sudo._do_issue()
            mandate_sudo.case_id._on_mandate_issued(mandate_sudo)
        return True

    def action_open_file(self):
        """Open the case, for a house union by the worker's consent."""
        self.ensure_one()
        self.case_id.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.case_number,
            "res_model": "legal.aid.case",
            "res_id": self.case_id.id,
            "views": [(False, "form")],
        }

    # Business

    def _is_of_user(self):
        """Whether the user acts for the mandating union or one above it."""
        self.ensure_one()
        user = self.env.user
        return any(user.has_group(group) for group in SIGNERS) and any(
            self.organization_id._is_at_or_below(union) for union in user.access_organization_ids
        )

    def _check_not_opponent(self):
        """The house union of the opponent does not choose the worker's lawyer (DESIGN.md section 3, rule 7)."""
        if self.sudo().case_id._is_opponent(self.organization_id):
            raise UserError(
                self.env._(
                    "%(union)s is the union of the respondent's own house. Its county or the city gives this mandate.",
                    union=self.organization_id.name,
                )
            )

    def _do_issue(self):
        """Number and sign the mandate; called with the rights of the system by a step that was checked."""
        self.ensure_one()
        today = legal_today(self)
        number = self.env["ir.sequence"].next_by_code("legal.aid.mandate", sequence_date=today)
        self._transition("issued", {"number": number, "date": today, "issued_by_id": self.env.user.id})

    def _do_cancel(self):
        self.filtered(lambda mandate: mandate.state != "cancelled")._transition("cancelled")
        # The next mandate of the case is inserted at once, and the database allows one live mandate only.
        self.flush_recordset(["state"])

    def _notify_office(self):
        """Ask the mandating union for its mandate, with the case number only."""
        self.ensure_one()
        people = self.organization_id.user_ids.filtered(
            lambda user: user.active and any(user.has_group(group) for group in SIGNERS)
        )
        self.env["legal.aid.notification"]._tell(
            people,
            lambda env: env._("Mandate requested for %(case)s", case=self.case_id.name),
            lambda env: env._(
                "Case %(case)s needs the mandate of %(union)s. Open the request and issue it.",
                case=self.case_id.name,
                union=self.organization_id.name,
            ),
            self,
        )

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """What officers write to each other on a request is not for the house union."""
        insiders = ("union_legal_aid.group_officer", "union_legal_aid.group_auditor")
        if message_operation == "read" and not any(self.env.user.has_group(group) for group in insiders):
            return dict.fromkeys(self, "write")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)

    def _get_access_action(self, access_uid=None, force_website=False):
        """A portal user comes from the notice to his own page."""
        self.ensure_one()
        user = self.env["res.users"].sudo().browse(access_uid) if access_uid else self.env.user
        if user.share:
            return {
                "type": "ir.actions.act_url",
                "url": f"/my/mandates/{self.id}",
                "target": "self",
                "res_id": self.id,
            }
        return super()._get_access_action(access_uid=access_uid, force_website=force_website)
