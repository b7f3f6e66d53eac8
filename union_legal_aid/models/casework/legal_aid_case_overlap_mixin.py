from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..organization.legal_day import legal_today


class LegalAidCaseOverlapMixin(models.AbstractModel):
    """Where the government's legal aid may help as well (I10, 意见 §五).

    Inside the government's scope the body that received the application first handles the case and pays; what lies outside,
    the union handles and pays. Receipts, evidence and the letter of co-operation (协作函) are on record.
    """

    _name = "legal.aid.case.overlap.mixin"
    _description = "Overlap with Government Legal Aid"

    first_receiver = fields.Selection(
        selection=[("union", "Union"), ("government", "Government legal aid")],
        string="First Received By",
        compute="_compute_first_receiver",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        tracking=True,
        help="Where both may help, the body that received the application first handles the case and pays (意见 §五).",
    )
    first_received_date = fields.Date(
        string="First Received On",
        compute="_compute_first_received_date",
        store=True,
        precompute=True,
        readonly=False,
    )
    union_received_at = fields.Datetime(
        string="Received by the Union At", help="Needed where both received the application on the same day."
    )
    government_received_at = fields.Datetime(string="Received by the Government At")
    government_office = fields.Char(string="Government Legal Aid Office")
    overlap_scope = fields.Selection(
        selection=[
            ("inside", "Inside the government's scope"),
            ("outside", "Outside the government's scope"),
        ],
        string="Government's Scope",
        default="inside",
        required=True,
        tracking=True,
        help="What lies outside the government's scope, the union handles and pays (意见 §五).",
    )
    overlap_document_id = fields.Many2one(
        comodel_name="legal.aid.case.document",
        string="Evidence of the Receipt",
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        domain="[('case_id', '=', id)]",
        groups="union_legal_aid.group_officer",
        help="What proves who received the application first, or that the matter lies outside the government's scope.",
    )
    cooperation_sent_date = fields.Date(string="Letter of Co-operation Sent On")
    cooperation_answered_date = fields.Date(string="Letter of Co-operation Answered On")
    cooperation_answer = fields.Text(groups="union_legal_aid.group_officer")
    overlap_explanation = fields.Text(
        string="Who Handles and Pays", compute="_compute_overlap_explanation", groups="union_legal_aid.group_officer"
    )

    is_overlap_open = fields.Boolean(
        compute="_compute_is_overlap_open", groups="union_legal_aid.group_officer,union_legal_aid.group_auditor"
    )

    # Compute

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_is_overlap_open(self):
        writable = self._origin._filtered_access("write")
        for case in self:
            open_states = case._workflow_facts["first_receiver"]
            case.is_overlap_open = (not case._origin or case._origin in writable) and case.state in open_states

    @api.depends("application_date", "union_received_at", "government_received_at")
    def _compute_first_receiver(self):
        for case in self:
            case.first_receiver = case._find_first_receiver() or case.first_receiver or "union"

    @api.depends("first_receiver", "union_received_at", "government_received_at")
    def _compute_first_received_date(self):
        for case in self:
            moment = case.government_received_at if case.first_receiver == "government" else case.union_received_at
            case.first_received_date = case._get_china_day(moment) or case.first_received_date

    @api.depends("first_receiver", "government_received_at", "overlap_scope")
    @api.depends_context("lang")
    def _compute_overlap_explanation(self):
        for case in self:
            case.overlap_explanation = case._explain_overlap()

    # Constraints

    @api.constrains("application_date", "union_received_at", "government_received_at", "first_receiver")
    def _check_receipts(self):
        now = fields.Datetime.now()
        for case in self:
            first = case._find_first_receiver()
            problem = False
            if any(moment and moment > now for moment in (case.union_received_at, case.government_received_at)):
                problem = self.env._("an application cannot have been received in the future")
            elif case.union_received_at and case._get_china_day(case.union_received_at) != case.application_date:
                problem = self.env._("the union received the application on another day than the application has")
            elif first and first != case.first_receiver:
                receivers = dict(case._fields["first_receiver"]._description_selection(self.env))
                problem = self.env._(
                    "by the times on record it was first received by: %(receiver)s", receiver=receivers[first]
                )
            if problem:
                raise ValidationError(
                    self.env._(
                        "Case %(case)s: %(problem)s. Correct date, times or first receiver.",
                        case=case.name,
                        problem=problem,
                    )
                )

    @api.constrains("cooperation_sent_date", "cooperation_answered_date")
    def _check_cooperation(self):
        for case in self.filtered("cooperation_answered_date"):
            if not case.cooperation_sent_date or case.cooperation_answered_date < case.cooperation_sent_date:
                raise ValidationError(
                    self.env._(
                        "Case %(case)s: a letter of co-operation is answered after it was sent. Correct the dates.",
                        case=case.name,
                    )
                )

    @api.constrains("overlap_document_id")
    def _check_overlap_document(self):
        for case in self.filtered("overlap_document_id"):
            if case.overlap_document_id.case_id != case:
                raise ValidationError(
                    self.env._(
                        "The evidence of the receipt in case %(case)s belongs to another case. Choose a paper of this case.",
                        case=case.name,
                    )
                )

    # Business

    @api.model
    def _touches_facts(self, vals):
        # The times tell who was first, which is a fact that is approved.
        return bool({"union_received_at", "government_received_at"} & vals.keys()) or super()._touches_facts(vals)

    @api.model
    def _get_china_day(self, moment):
        return moment and legal_today(self, moment)

    def _find_first_receiver(self):
        """Who received the application first, as far as day and time tell; False where they do not."""
        self.ensure_one()
        if not self.government_received_at:
            return False
        if self.union_received_at:
            union, government = self.union_received_at, self.government_received_at
        else:
            union, government = self.application_date, self._get_china_day(self.government_received_at)
        if not union or union == government:
            return False
        return "union" if union < government else "government"

    def _is_left_to_government(self):
        """Whether the government's legal aid handles and pays this case."""
        self.ensure_one()
        return self.first_receiver == "government" and self.overlap_scope == "inside"

    def _explain_overlap(self):
        self.ensure_one()
        if self.first_receiver == "government" and self.overlap_scope == "outside":
            return self.env._(
                "The matter lies outside the government's scope, so the union handles and pays it (意见 §五)."
            )
        if self.first_receiver == "government":
            return self.env._(
                "The government received the application first, so it handles and pays the case (意见 §五)."
            )
        if self.government_received_at:
            return self.env._("The union received the application first, so it handles and pays the case (意见 §五).")
        return False

    def _get_left_to_government_reason(self):
        return self.env._(
            "The government's legal aid received the application of case %(case)s first, so it handles and"
            " pays it"
            " (意见 §五). Withdraw the case here, or correct who received it first.",
            case=self.name,
        )

    def _is_tie(self):
        """Whether both received it on the same day and nobody said who was earlier."""
        self.ensure_one()
        return bool(self.government_received_at) and not self._find_first_receiver()

    def _get_tie_reason(self):
        if not self.union_received_at:
            return self.env._(
                "Union and government received the application of case %(case)s on the same day. Enter the time at which the union"
                " received it.",
                case=self.name,
            )
        if not self.cooperation_answered_date:
            return self.env._(
                "Union and government received the application of case %(case)s at the same minute. Send a letter of co-operation,"
                " and record the answer and who handles the case.",
                case=self.name,
            )
        return False

    def _get_cannot_submit_reason(self):
        reasons = super()._get_cannot_submit_reason()
        for case in self.filtered(lambda case: not reasons[case]):
            if case._is_left_to_government():
                reasons[case] = case._get_left_to_government_reason()
            elif case._is_tie():
                reasons[case] = case._get_tie_reason()
        return reasons

    def _get_cannot_grant_reason(self):
        reasons = super()._get_cannot_grant_reason()
        for case in self.filtered(lambda case: not reasons[case]):
            reasons[case] = case._get_no_union_aid_reason()
        return reasons

    def _get_no_payment_reason(self):
        reasons = super()._get_no_payment_reason()
        for case in self.filtered(lambda case: not reasons[case]):
            reasons[case] = case._get_no_union_aid_reason()
        return reasons

    def _get_no_union_aid_reason(self):
        """Why the union neither grants nor pays, or False: the government was first, or nobody can tell yet."""
        self.ensure_one()
        case = self.sudo()  # the evidence is the same for whoever decides or pays
        if case._is_left_to_government():
            return self.env._(
                "The government's legal aid received the application of case %(case)s first and pays it (意见 §五). The union grants"
                " and pays nothing for it.",
                case=case.name,
            )
        if case._is_tie() and case._get_tie_reason():
            return case._get_tie_reason()
        concerns_government = case.government_received_at or case.first_receiver == "government"
        if concerns_government and not case.overlap_document_id.attachment_id:
            return self.env._(
                "The government's legal aid received the application of case %(case)s, too. Attach the evidence by which the union"
                " handles and pays it (意见 §五), and choose it under “Evidence of the Receipt”.",
                case=case.name,
            )
        return False
