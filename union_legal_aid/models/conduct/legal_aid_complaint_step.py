from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER, MaskedChar, MaskedText
from ..organization.wording import join_names
from .legal_aid_verdict_mixin import OPEN_STATES

# Papers that may come in after the verdict; they prove what a paper of before could not.
LATE_KINDS = ("authority", "justice")


class LegalAidComplaintStep(models.Model):
    """One step of the inquiry into a complaint (T7): who was asked, when, what was found, with the paper that shows it.

    Written by the city's legal department and by whoever took the complaint down, who may add the papers he was handed.
    Open as long as the complaint is; verdicts are steps, too, and written by the verdict alone.
    """

    _name = "legal.aid.complaint.step"
    _description = "Step of an Inquiry"
    _inherit = [
        "legal.aid.link.mixin",
        "legal.aid.logged.mixin",
        "legal.aid.ungrouped.mixin",
        "legal.aid.workflow.line.mixin",
    ]
    _order = "date, id"
    _rec_name = "complaint_id"
    _checked_links = ("complaint_id",)

    _workflow_document = "complaint_id"
    _workflow_document_states = OPEN_STATES

    complaint_id = fields.Many2one(comodel_name="legal.aid.complaint", required=True, ondelete="cascade", index=True)
    organization_id = fields.Many2one(related="complaint_id.organization_id", store=True, index=True)
    city_id = fields.Many2one(related="complaint_id.city_id", store=True, index=True)
    date = fields.Date(required=True, default=legal_today)
    kind = fields.Selection(
        selection=[
            ("worker", "Complainant or worker asked"),
            ("lawyer", "Lawyer asked"),
            ("union", "Union asked"),
            ("employer", "Employer asked"),
            ("papers", "Papers examined"),
            ("authority", "Authority of the representative"),
            ("justice", "Letter of the justice bureau"),
            ("verdict", "Verdict"),
            ("other", "Other"),
        ],
        required=True,
        default="worker",
    )
    asked = MaskedChar(mask="name", string="Who Was Asked", groups=OFFICER)
    found = MaskedText(string="What Was Found", groups=OFFICER)
    paper = fields.Binary(attachment=True, help="The paper that shows it, as file or photograph.")
    paper_name = fields.Char(string="Name of the Paper")
    is_open = fields.Boolean(compute="_compute_is_open")

    # Compute

    @api.depends_context("lang")
    def _compute_display_name(self):
        """The name of its complaint, which may be of the reader's language."""
        return super()._compute_display_name()

    @api.depends("complaint_id.state", "kind")
    def _compute_is_open(self):
        for step in self:
            step.is_open = step.kind != "verdict" and step.complaint_id.state in OPEN_STATES

    # Constraints

    @api.constrains("date", "complaint_id")
    def _check_date(self):
        today = legal_today(self)
        for step in self:
            if step.date > today:
                raise ValidationError(
                    self.env._(
                        "%(complaint)s: %(date)s is still to come. Enter what was done, on its day.",
                        complaint=step.complaint_id.display_name,
                        date=fields.Date.to_string(step.date),
                    )
                )

    @api.constrains("kind", "paper")
    def _check_paper(self):
        for step in self.filtered(lambda step: step.kind in LATE_KINDS):
            if not step.with_context(bin_size=True).paper:
                raise ValidationError(
                    self.env._(
                        "%(complaint)s: “%(kind)s” is a paper. Attach it.",
                        complaint=step.complaint_id.display_name,
                        kind=step._get_kind_label(),
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        # Also a default of the context makes a verdict.
        steps._check_verdict_door({})
        # An authority that comes in late may make the complaint count.
        steps.filtered(lambda step: step.kind == "authority").complaint_id._follow_late_paper()
        return steps

    def write(self, vals):
        self._check_verdict_door(vals)
        self._check_still_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_on_record(self):
        self._check_still_open()

    # Business

    def _get_kind_label(self):
        return dict(self._fields["kind"]._description_selection(self.env))[self.kind]

    def _note_access(self, kind, field_names=(), reason=None):
        """Whoever reads a step by itself opened the complaint."""
        return self.complaint_id._note_access(kind, field_names, reason)

    def _check_verdict_door(self, vals):
        """:raises AccessError: when somebody writes a verdict by hand, or rewrites one"""
        by_hand = vals.get("kind") == "verdict" or "verdict" in self.mapped("kind")
        if by_hand and not self.env["legal.aid.workflow.mixin"]._in_workflow():
            raise AccessError(
                self.env._("A verdict is given with the buttons of the complaint. It is not written as a step.")
            )

    def _check_document_open(self):
        """Besides the open ones, the city adds certain papers to complaints that are decided."""
        late = self.filtered(
            lambda step: (
                step.kind in LATE_KINDS
                and step.complaint_id.state in ("verified", "unfounded")
                and step.complaint_id._is_city_user()
            )
        )
        return super(LegalAidComplaintStep, self - late)._check_document_open()

    def _check_still_open(self):
        """What is on record when the verdict is given stays as it is."""
        if self.env["legal.aid.workflow.mixin"]._in_workflow():
            return
        closed = self.filtered(lambda step: not step.is_open)
        if closed:
            raise UserError(
                self.env._(
                    "The inquiry into %(complaints)s is on record and stays as it is.",
                    complaints=join_names(self.env, closed.complaint_id.mapped("display_name")),
                )
            )
