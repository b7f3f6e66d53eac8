from odoo import api, fields, models
from odoo.exceptions import UserError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import AUDITOR, OFFICER
from .legal_aid_removal_opening_mixin import MEMBER_STATES


class LegalAidRemovalDecisionMixin(models.AbstractModel):
    """The decision on a removal (T6): what has to be there before it, what follows from it, and the papers of both."""

    _name = "legal.aid.removal.decision.mixin"
    _description = "Decision on a Removal"

    decision_number = fields.Char(
        readonly=True, copy=False, help="From the register of issued documents; blank on paper until it is issued."
    )
    issued_document_ids = fields.One2many(
        comodel_name="legal.aid.issued.document",
        inverse_name="removal_id",
        string="Issued Documents",
        readonly=True,
        copy=False,
        groups=f"{OFFICER},{AUDITOR}",
    )
    notice_draft = fields.Char(
        string="Roster Notice",
        compute="_compute_notice_draft",
        help="What the public is told with the decision, by the lawyer's consent to publication; never why.",
    )
    open_case_count = fields.Integer(
        string="Open Cases",
        compute="_compute_open_case_count",
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor",
    )

    # Compute

    @api.depends("date_decided", "volunteer_id.consent_date")
    @api.depends_context("lang")
    def _compute_notice_draft(self):
        notices = self.env["legal.aid.notice"]
        for removal in self:
            lawyer = removal.volunteer_id
            day = removal.date_decided or legal_today(removal)
            draft = notices.new({"volunteer_id": lawyer.id, "kind": "leave", "date": day})
            removal.notice_draft = draft.text if lawyer.kind == "lawyer" else False

    @api.depends("volunteer_id")
    @api.depends_context("uid")
    def _compute_open_case_count(self):
        for removal in self:
            removal.open_case_count = removal.volunteer_id.open_case_count

    # Actions

    def action_open_cases(self):
        """The cases that the lawyer still has: with the decision they need somebody else."""
        self.ensure_one()
        action = self.volunteer_id.action_open_cases()
        domain = self.env["legal.aid.case"]._domain_open() & fields.Domain("volunteer_id", "=", self.volunteer_id.id)
        return {**action, "name": self.env._("Cases to Hand Over"), "domain": list(domain)}

    def action_print_hand_over_pdf(self):
        """What the lawyer has to hand over, to be signed by both."""
        return self.volunteer_id.action_print_obligations()

    def action_print_hand_over_word(self):
        return self.volunteer_id.action_print_obligations_word()

    def action_print_notice_pdf(self):
        return self._open_print("removal_notice", "pdf")

    def action_print_notice_word(self):
        return self._open_print("removal_notice", "docx")

    def action_issue_decision(self):
        """Enter the decision in the register of issued documents: from then on it has its number, and its wording stays.

        :raises UserError: before the decision, or when it is issued already
        """
        self.ensure_one()
        self.check_access("write")
        self._check_state("decided")
        issued = self._get_issued_decision()
        if issued:
            raise UserError(
                self.env._(
                    "%(removal)s: the decision is issued already as %(number)s. Print that one, or declare it void first.",
                    removal=self.display_name,
                    number=issued.number,
                )
            )
        form = self.env["legal.aid.form"]._get_form("removal_decision")
        documents = self.env["legal.aid.issued.document"]
        issued = documents._enter(form, self, self.organization_id, {"removal_id": self.id}, form.get_addressee(self))
        self._workflow_write({"decision_number": issued.number})
        return True

    def action_print_decision_pdf(self):
        return self._open_decision("pdf")

    def action_print_decision_word(self):
        return self._open_decision("docx")

    # Business

    def _get_issued_decision(self):
        self.ensure_one()
        return self.env["legal.aid.issued.document"].search(
            [("removal_id", "=", self.id), ("form_code", "=", "removal_decision"), ("state", "!=", "void")], limit=1
        )

    def _open_decision(self, extension):
        """What was issued is printed as it was issued; before that, the draft."""
        issued = self._get_issued_decision()
        return issued._open_print(extension) if issued else self._open_print("removal_decision", extension)

    def _open_print(self, code, extension):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/legal_aid/forms/{code}/{self.id}/{extension}",
            "target": "download",
        }

    def _get_cannot_request_approval_reason(self):
        reasons = super()._get_cannot_request_approval_reason()
        deciding = self._get_cannot_decide_reason()
        withdrawn = self.filtered(lambda removal: removal.proposal == "withdraw")
        return {removal: reasons[removal] or (removal not in withdrawn and deciding[removal]) for removal in self}

    def _get_cannot_decide_reason(self):
        """``{removal: reason or False}``; asked again when the last approver signs."""
        today = legal_today(self)
        writable = self._filtered_access("write")
        missing = self._get_missing_elements()
        reasons = {}
        for removal in self:
            reasons[removal] = False
            if removal not in writable:
                reasons[removal] = self.env._(
                    "%(removal)s is a matter of %(city)s.",
                    removal=removal.display_name,
                    city=removal.organization_id.name,
                )
            elif removal.ground == "complaints" and missing[removal]:
                reasons[removal] = self.env._(
                    "%(removal)s rests on workers' complaints, but fewer than %(limit)s are verified.",
                    removal=removal.display_name,
                    limit=removal.sudo().policy_id.complaint_limit,
                )
            elif missing[removal]:
                reasons[removal] = self.env._(
                    "%(removal)s: the evidence is missing for “%(elements)s”. Record what shows it, with the paper or the"
                    " record that proves it.",
                    removal=removal.display_name,
                    elements=self.env._("”, “").join(self.env._(element.label) for element in missing[removal]),
                )
            elif removal.state == "open" and removal.reply_due >= today:
                reasons[removal] = self.env._(
                    "%(removal)s: the lawyer may reply until %(date)s. Record the reply, or wait until that day is"
                    " over.",
                    removal=removal.display_name,
                    date=fields.Date.to_string(removal.reply_due),
                )
        return reasons

    def _do_decide(self):
        self._raise_reasons(self._get_cannot_decide_reason())
        today = legal_today(self)
        reason = self.env["legal.aid.reason"]._get_coded("contract_end", "removal")
        grounds = dict(self._fields["ground"]._description_selection(self.env))
        for removal in self:
            removal._transition("decided", {"date_decided": today, "decided_by_id": self.env.uid})
            member = removal.volunteer_id.filtered(lambda volunteer: volunteer.state in MEMBER_STATES)
            member._end_membership("removed", reason, grounds[removal.ground], today)
            removal._tell_lawyer(
                lambda env: env._("Your place in the team has ended"),
                lambda env: env._(
                    "The city union has decided that your place in the team ends. Its office hands you the written decision."
                ),
            )
        self._void_deadlines("reply")
