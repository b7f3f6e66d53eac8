from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.service_facts import FIGURES
from ..organization.legal_day import legal_today

FACTS = ("volunteer_id", "date_from", "date_to", "purpose")


class LegalAidServiceCertificate(models.Model):
    """What a lawyer served in a period, certified by the city (志愿服务证明, T14).

    Issuing draws the number and freezes what is certified: names as they are, figures of that day. So the sheet prints for ever
    as it was issued, whatever is corrected afterwards.

    ===========  ===========  ===================================
    Step         From → to    Who
    ===========  ===========  ===================================
    issue        → issued     officer of the city
    void         → void       officer of the city, with a note
    ===========  ===========  ===================================
    """

    _name = "legal.aid.service.certificate"
    _description = "Certificate of Service"
    _inherit = ["legal.aid.city.mixin", "legal.aid.workflow.mixin", "mail.thread"]
    _order = "issued_date desc, id desc"
    _rec_names_search = ["name", "volunteer_id"]

    _workflow_transitions = {"draft": ("issued",), "issued": ("void",)}
    _workflow_fields = frozenset({"state", "name", "facts", "issued_date", "issued_by_id", "void_note"})
    _workflow_initial = {"state": "draft", "name": "/"}
    _workflow_facts = dict.fromkeys(FACTS, ("draft",))

    name = fields.Char(string="Number", required=True, default="/", readonly=True, copy=False, index=True)
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer", string="Lawyer", required=True, ondelete="restrict", index=True
    )
    organization_id = fields.Many2one(related="volunteer_id.organization_id", store=True, index=True)
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="Until", required=True)
    purpose = fields.Char(help="What the lawyer needs it for, if he says so; it is not printed.")
    state = fields.Selection(
        selection=[("draft", "Draft"), ("issued", "Issued"), ("void", "Void")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    facts = fields.Json(readonly=True, copy=False)
    issued_date = fields.Date(string="Issued On", readonly=True, copy=False)
    issued_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    void_note = fields.Text(string="Void Because", readonly=True, copy=False)
    case_count = fields.Integer(string="Cases", compute="_compute_figures")
    consultation_count = fields.Integer(string="Consultations", compute="_compute_figures")
    activity_count = fields.Integer(string="Activities", compute="_compute_figures")
    service_hours = fields.Float(string="Hours of Service", compute="_compute_figures", digits=(16, 2))
    is_own = fields.Boolean(compute="_compute_is_own", help="Whether this user's union issues it.")

    _period = models.Constraint(
        "CHECK(date_from <= date_to)", "The period of a certificate ends before it begins. Correct the days."
    )

    # Compute

    @api.depends("name", "volunteer_id.name")
    def _compute_display_name(self):
        for certificate in self:
            lawyer = certificate.sudo().volunteer_id.name or ""
            certificate.display_name = lawyer if certificate.name == "/" else f"{certificate.name} {lawyer}"

    @api.depends("facts", "volunteer_id", "date_from", "date_to")
    def _compute_figures(self):
        for certificate in self:
            figures = certificate._get_figures()
            certificate.case_count = figures.get("cases_assigned", 0)
            certificate.consultation_count = figures.get("consultations", 0)
            certificate.activity_count = figures.get("activities", 0)
            certificate.service_hours = figures.get("hours", 0.0)

    @api.depends_context("uid")
    def _compute_is_own(self):
        writable = self._origin._filtered_access("write")
        for certificate in self:
            certificate.is_own = not certificate._origin or certificate._origin in writable

    # Constraints

    @api.constrains("date_to")
    def _check_over(self):
        today = legal_today(self)
        for certificate in self:
            if certificate.date_to > today:
                raise ValidationError(
                    self.env._(
                        "%(name)s: only what is done can be certified. The period ends today at the latest.",
                        name=certificate.display_name,
                    )
                )

    # Actions

    def action_issue(self):
        """Draw the number and freeze what is certified, as it is today.

        :raises UserError: where there is nothing to certify
        """
        self.check_access("write")
        self._check_transition("issued")
        for certificate in self:
            figures = certificate._count()
            if not any(figures.values()):
                raise UserError(
                    self.env._(
                        "%(name)s has no service on record from %(first)s to %(last)s, so there is nothing to certify. Check the"
                        " period.",
                        name=certificate.volunteer_id.name,
                        first=fields.Date.to_string(certificate.date_from),
                        last=fields.Date.to_string(certificate.date_to),
                    )
                )
            today = legal_today(self)
            # Whoever issues draws the number; only administrators look after the numbering itself.
            number = self.env["ir.sequence"].sudo().next_by_code(self._name, sequence_date=today)
            certificate._transition(
                "issued",
                {
                    "name": number,
                    "facts": {**certificate._describe_people(), "figures": figures},
                    "issued_date": today,
                    "issued_by_id": self.env.uid,
                },
            )
        return True

    def action_void(self, note=""):
        """The certificate was wrong; opens a dialog when called without a note. Its number is never used again."""
        self.check_access("write")
        self._check_transition("void")
        if not note.strip():
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_void", False, self.env._("Void the Certificate")
            )
        self._transition("void", {"void_note": note})
        return True

    def action_print(self):
        self.check_access("read")
        return self.env.ref("union_legal_aid.action_report_service_certificate").report_action(self)

    # Business

    def _get_figures(self):
        """What is certified; before it is issued, what would be today."""
        self.ensure_one()
        if self.facts:
            return self.facts["figures"]
        return self._count() if self.volunteer_id and self.date_from and self.date_to else {}

    def _count(self):
        self.ensure_one()
        volunteer = self.volunteer_id._origin or self.volunteer_id
        facts = volunteer._get_service_facts(self.date_from, self.date_to)[volunteer]
        return {**{code: float(getattr(facts, code)) for code in FIGURES}, "hours": facts.hours}

    def _describe_people(self):
        """The names as they stand on the sheet."""
        self.ensure_one()
        lawyer_sudo = self.volunteer_id.sudo()  # whose certificate it is stands on it, whoever prints it
        return {
            "lawyer": lawyer_sudo.name,
            "law_firm": lawyer_sudo.law_firm_id.name or "",
            "license_number": lawyer_sudo.license_number or "",
            "union": lawyer_sudo.organization_id.name,
            "date_from": fields.Date.to_string(self.date_from),
            "date_to": fields.Date.to_string(self.date_to),
        }
