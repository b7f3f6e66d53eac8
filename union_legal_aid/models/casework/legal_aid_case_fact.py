from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import dispute
from ..organization.legal_day import legal_today

READERS = "union_legal_aid.group_officer,union_legal_aid.group_volunteer"
# Facts by name, as a selection shows them; the sentences of the explanation stand in tools.clock.
KINDS = [
    ("right_infringed_known", "Infringement known"),
    ("right_infringed", "Right infringed"),
    ("employment_ended", "Employment ended"),
    ("claim_asserted", "Claim asserted (interrupts)"),
    ("obstacle", "Obstacle (suspends)"),
    ("mediation_requested", "Mediation requested"),
    ("mediation_agreed", "Mediated agreement in effect"),
    ("agreement_confirmed", "Court asked to confirm the agreement"),
    ("arbitration_applied", "Arbitration applied for"),
    ("arbitration_accepted", "Arbitration accepted"),
    ("arbitration_refused", "Arbitration not accepted: notice received"),
    ("arbitration_paused", "Arbitration suspended"),
    ("application_copy_served", "Copy of the application received"),
    ("answer_given", "Written answer handed in"),
    ("hearing", "Hearing"),
    ("hearing_notified", "Hearing notified"),
    ("postponement_requested", "Postponement requested"),
    ("award_made", "Award made"),
    ("award_received", "Award received"),
    ("annulment_applied", "Annulment of the award applied for"),
    ("annulment_received", "Annulment of the award: ruling received"),
    ("dismissal_received", "Worker's suit ended: ruling received"),
    ("non_enforcement_received", "Enforcement refused: ruling received"),
    ("sued", "Suit filed"),
    ("suit_docketed", "Suit registered by the court"),
    ("complaint_copy_served", "Copy of the claim received"),
    ("judgment_served", "Judgment served"),
    ("ruling_served", "Ruling served"),
    ("appealed", "Appeal filed"),
    ("judgment_effective", "Judgment or award in effect"),
    ("retrial_applied", "Retrial applied for"),
    ("performance_ended", "Time for performance ends"),
    ("enforcement_applied", "Enforcement applied for"),
    ("preserved", "Property or evidence preserved"),
    ("payment_order_applied", "Payment order applied for"),
    ("payment_order_accepted", "Payment order accepted by the court"),
    ("payment_order_issued", "Payment order issued"),
    ("payment_order_served", "Payment order received"),
    ("payment_order_answered", "Payment order met or objected to"),
    ("injury", "Accident or diagnosis"),
    ("recognition_applied", "Recognition of the injury applied for"),
    ("recognition_accepted", "Recognition of the injury accepted"),
    ("recognition_decided", "Recognition of the injury decided"),
    ("conclusion_awaited", "Conclusion of another authority awaited"),
    ("appraisal_applied", "Appraisal of ability applied for"),
    ("appraisal_made", "Appraisal of ability made"),
    ("appraisal_received", "Appraisal of ability received"),
    ("reappraisal_applied", "Second appraisal applied for"),
    ("act_known", "Administrative act known"),
    ("reconsideration_applied", "Reconsideration applied for"),
    ("reconsideration_received", "Reconsideration: decision received"),
    ("violation_ended", "Violation of labour law ended"),
    ("violation_reported", "Violation reported"),
    ("inspection_opened", "Inspection opened"),
    ("inspection_done", "Inspection finished"),
    ("approved", "More time granted"),
]


class LegalAidCaseFact(models.Model):
    """A dated fact of the dispute, from which every clock of §1.4 is reckoned anew (I12).

    Entered by the officers of the union in charge and by the assigned lawyer; open until the case is archived.
    """

    _name = "legal.aid.case.fact"
    _description = "Fact of a Case"
    _inherit = ["legal.aid.case.leaf.mixin", "legal.aid.link.mixin", "legal.aid.workflow.line.mixin"]
    _order = "date desc, id desc"
    _rec_names_search = ["case_id"]
    _checked_links = ("case_id",)

    _workflow_document = "case_id"
    _workflow_document_states = ("draft", "submitted", "supplement", "granted", "assigned", "in_progress", "closed")

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, ondelete="cascade", index=True)
    organization_id = fields.Many2one(related="case_id.organization_id", store=True, index=True)
    kind = fields.Selection(selection=KINDS, string="Fact", required=True)
    date = fields.Date(required=True)
    date_end = fields.Date(string="Until", help="The day on which the obstacle, the pause or the procedure was over.")
    way = fields.Selection(
        selection=[
            ("claim", "Claim against the other party"),
            ("relief", "Request to an authority or court"),
            ("promise", "The other party agreed to perform"),
        ],
        default="claim",
        required=True,
        help="How the limitation was interrupted (调解仲裁法 §27).",
    )
    is_final = fields.Boolean(string="Final Award", help="终局裁决: the award says so, or §47 makes it final.")
    is_clear = fields.Boolean(string="Facts Are Clear", help="The authority decides within 15 days (工伤保险条例 §20).")
    extended_kind = fields.Selection(selection="_get_extended_kinds", string="Extends")
    extended_by = fields.Integer(string="Longer By", help="In the unit of the deadline that is extended.")
    document_id = fields.Many2one(
        comodel_name="legal.aid.case.document",
        string="Shown By",
        domain="[('case_id', '=', case_id)]",
        ondelete="set null",
        index="btree_not_null",
        groups=READERS,
    )
    note = fields.Text(groups=READERS)

    _ends_after_it_begins = models.Constraint(
        "CHECK(date_end IS NULL OR date_end >= date)", "A fact cannot end before it begins. Correct its dates."
    )

    # Compute

    @api.model
    def _get_extended_kinds(self):
        labels = dict(self.env["legal.aid.deadline"]._get_kinds())
        return [(kind, labels[kind]) for kind, clock in dispute.CLOCKS.items() if clock.extended_by]

    @api.depends("case_id", "kind", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for fact in self:
            day = fields.Date.to_string(fact.date) or ""
            fact.display_name = f"{fact.case_id.name} {labels.get(fact.kind, '')} {day}"

    # Constraints

    @api.constrains("kind", "date", "date_end")
    def _check_dates(self):
        today = legal_today(self)
        for fact in self:
            if fact.date > today and fact.kind not in dispute.AHEAD:
                raise ValidationError(
                    self.env._(
                        "%(fact)s lies in the future. Enter what has happened, on its day.", fact=fact.display_name
                    )
                )
            if fact.date_end and fact.kind not in dispute.LASTING:
                raise ValidationError(
                    self.env._("%(fact)s happens on one day. Leave its end empty.", fact=fact.display_name)
                )

    @api.constrains("kind", "extended_kind", "extended_by")
    def _check_extension(self):
        for fact in self.filtered(lambda fact: fact.kind == "approved"):
            if not fact.extended_kind or fact.extended_by < 1:
                raise ValidationError(
                    self.env._("%(fact)s: say which deadline was extended, and by how much.", fact=fact.display_name)
                )
            longest = dispute.CLOCKS[fact.extended_kind].longest_extension
            same = fact.case_id.fact_ids.filtered(lambda other, fact=fact: other.extended_kind == fact.extended_kind)
            if longest is not None and sum(same.mapped("extended_by")) > longest:
                raise ValidationError(
                    self.env._(
                        "%(fact)s: the law allows %(longest)s days more at most. Correct the extension.",
                        fact=fact.display_name,
                        longest=longest,
                    )
                )

    @api.constrains("case_id", "document_id")
    def _check_document(self):
        for fact in self:
            document_sudo = fact.sudo().document_id  # whoever corrects the fact may not read every paper
            if document_sudo and document_sudo.case_id != fact.case_id:
                raise ValidationError(
                    self.env._(
                        "%(fact)s: the document belongs to another case. Choose one of this case.",
                        fact=fact.display_name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        facts = super().create(vals_list)
        facts.case_id._reckon_dispute()
        return facts

    def write(self, vals):
        cases = self.case_id
        result = super().write(vals)
        (cases | self.case_id)._reckon_dispute()
        return result

    def unlink(self):
        cases = self.case_id
        result = super().unlink()
        cases.exists()._reckon_dispute()
        return result

    # Business

    def _get_fact(self):
        """As ``tools.dispute`` takes it."""
        self.ensure_one()
        return dispute.Fact(
            kind=self.kind,
            date=self.date,
            ended=self.date_end or None,
            way=self.way,
            is_final=self.is_final,
            is_clear=self.is_clear,
            clock=self.extended_kind or "",
            more=self.extended_by,
        )
