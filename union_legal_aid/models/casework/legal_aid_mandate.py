from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class LegalAidMandate(models.Model):
    """委托授权: the contact-point union commissions a lawyer for one case (C1). Written by the steps of the case only.

    ==========  ===================================================================  ==================
    Step        Who                                                                  From → to
    ==========  ===================================================================  ==================
    issue       liaison, officer or leader of the mandating union; by the grant's    draft → issued
                signature where it is the union in charge
    cancel      with the lawyer's release or the end of the case                     draft, issued → cancelled
    ==========  ===================================================================  ==================
    """

    _name = "legal.aid.mandate"
    _description = "Mandate"
    _inherit = ["legal.aid.workflow.mixin", "mail.thread"]
    _order = "id desc"
    _rec_names_search = ["number", "case_id.name"]

    _workflow_transitions = {"draft": ("issued", "cancelled"), "issued": ("cancelled",)}
    _workflow_fields = frozenset({"state", "number", "date", "issued_by_id"})

    case_id = fields.Many2one(
        comodel_name="legal.aid.case", required=True, readonly=True, ondelete="restrict", index=True
    )
    # What a liaison may know of a case is its number and its stage; these two are read as the system.
    case_state = fields.Selection(related="case_id.state", string="Stage")
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
    can_issue = fields.Boolean(compute="_compute_can_issue")

    _number_unique = models.Constraint("UNIQUE(number)", "Another mandate has this number already. Try again.")
    _one_live_mandate = models.UniqueIndex("(case_id) WHERE state != 'cancelled'", "This case has a mandate already.")

    # Compute

    @api.depends("number", "case_id.name")
    def _compute_display_name(self):
        for mandate in self:
            # The case number is all that a reader of the mandate needs to know of the case.
            case_name = mandate.sudo().case_id.name
            mandate.display_name = mandate.number or self.env._("Mandate requested for %(case)s", case=case_name)

    @api.depends("state", "organization_id")
    @api.depends_context("uid")
    def _compute_can_issue(self):
        for mandate in self:
            mandate.can_issue = mandate.state == "draft" and mandate._is_of_user()

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
                        case=mandate.sudo().case_id.name,
                        union=mandate.organization_id.name,
                    )
                )
            mandate._check_not_opponent()
            # Nobody has a right to write mandates; the check above is what counts. The case may be another union's.
            mandate_sudo = mandate.sudo()
            mandate_sudo._do_issue()
            mandate_sudo.case_id._on_mandate_issued(mandate_sudo)
        return True

    # Business

    def _is_of_user(self):
        """Whether the user works for the mandating union or one above it."""
        self.ensure_one()
        user = self.env.user
        return user.has_group("union_legal_aid.group_liaison") and any(
            self.organization_id._is_at_or_below(union) for union in user.union_organization_ids
        )

    def _check_not_opponent(self):
        """The house union of the opponent does not choose the worker's lawyer (DESIGN.md section 3, rule 7)."""
        opponent = self.sudo().case_id.employer_organization_id
        if opponent and self.organization_id._is_at_or_below(opponent):
            raise UserError(
                self.env._(
                    "%(union)s is the union of the respondent's own house. Its county or the city gives this mandate.",
                    union=self.organization_id.name,
                )
            )

    def _do_issue(self):
        """Number and sign the mandate; called with the rights of the system by a step that was checked."""
        self.ensure_one()
        today = fields.Date.context_today(self)
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
            lambda user: user.active and user.has_group("union_legal_aid.group_liaison")
        )
        for lang, users in people.grouped("lang").items():
            localized = self.with_context(lang=lang or self.env.lang)
            localized.message_notify(
                partner_ids=users.partner_id.ids,
                subject=localized.env._("Mandate requested for %(case)s", case=self.case_id.name),
                body=localized.env._(
                    "Case %(case)s needs the mandate of %(union)s. Open the request and issue it.",
                    case=self.case_id.name,
                    union=self.organization_id.name,
                ),
            )
