from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import ids
from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER, Mask, MaskedText
from .legal_aid_case_intake_mixin import APPLICANT_KINDS

# Facts that can be put right after they were frozen, and the field of the request that takes the new value.
CORRECTABLE = {
    "applicant_name": "new_text",
    "applicant_id_number": "new_text",
    "applicant_phone": "new_text",
    "applicant_kind": "new_applicant_kind",
    "employer_name": "new_text",
    "employer_uscc": "new_text",
    "matter_id": "new_matter_id",
    "service_form": "new_service_form",
    "application_date": "new_date",
    "amount_claimed": "new_amount",
    "agency_signed_date": "new_date",
    "tribunal_name": "new_text",
    "tribunal_case_number": "new_text",
    "outcome": "new_outcome",
    "amount_recovered": "new_amount",
    "closed_date": "new_date",
}
# Nobody needs an approval for a fact that may still be edited; these are frozen as soon as they are there.
DECIDED = ("outcome", "amount_recovered", "closed_date")
ENTRIES = tuple(dict.fromkeys(CORRECTABLE.values()))


class LegalAidCaseCorrection(models.Model):
    """A frozen fact is put right, or a finished case taken up again, with approval (C13); what was there before stays here.

    ==========  =======================================  ========================
    Step        Who                                      From → to
    ==========  =======================================  ========================
    ask         officer of the union in charge           draft → requested
    approve     leader by approval rule, never who asked requested → applied
    reject      leader by approval rule                  requested → rejected
    ==========  =======================================  ========================

    Old and new value may be the worker's own data. Record rules give requests to the union in charge and those above it, as they
    give its parties; others read masks.
    """

    _name = "legal.aid.case.correction"
    _description = "Correction of a Case"
    _inherit = ["legal.aid.link.mixin", "legal.aid.masked.mixin", "legal.aid.logged.mixin", "legal.aid.approval.mixin"]
    _order = "id desc"
    _rec_names_search = ["case_id"]
    _checked_links = ("case_id",)

    _workflow_transitions = {"draft": ("requested",), "requested": ("applied", "rejected", "draft")}
    _workflow_fields = frozenset(
        {
            "state",
            "approval_state",
            "approval_request_id",
            "old_value",
            "new_value",
            "requested_date",
            "requested_by_id",
            "applied_date",
            "applied_by_id",
        }
    )
    _workflow_facts = dict.fromkeys(
        ("case_id", "kind", "field_name", "reopen_reason_id", "reason", "document_id", *ENTRIES), ("draft",)
    )
    _approval_from = ("requested",)
    # The values may be personal; they are frozen with the request and cannot be changed without a new one.
    _approval_facts = ("case_id", "kind", "field_name", "reopen_reason_id")

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, ondelete="cascade", index=True)
    organization_id = fields.Many2one(related="case_id.organization_id", store=True, index=True)
    kind = fields.Selection(
        selection=[("fact", "Correction of a fact"), ("reopen", "Reopening")], default="fact", required=True
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("requested", "Waiting for approval"),
            ("applied", "Applied"),
            ("rejected", "Rejected"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    field_name = fields.Selection(selection="_get_correctable", string="What Is Wrong")
    entry = fields.Char(compute="_compute_entry")
    new_text = MaskedText(string="Right Value", groups=OFFICER)
    new_date = fields.Date(string="Right Day")
    currency_id = fields.Many2one(related="case_id.currency_id")
    new_amount = fields.Monetary(string="Right Amount")
    new_matter_id = fields.Many2one(comodel_name="legal.aid.matter", string="Right Matter", ondelete="restrict")
    new_service_form = fields.Selection(selection="_get_service_forms", string="Right Form of Aid")
    new_applicant_kind = fields.Selection(selection=APPLICANT_KINDS, string="Right Kind of Recipient")
    new_outcome = fields.Selection(selection="_get_outcomes", string="Right Outcome")
    old_value = MaskedText(readonly=True, copy=False, groups=OFFICER)
    old_value_masked = Mask(string="Old Value (Masked)", of="old_value")
    new_value = MaskedText(readonly=True, copy=False, groups=OFFICER)
    new_value_masked = Mask(string="New Value (Masked)", of="new_value")
    reopen_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason",
        string="Reason to Reopen",
        ondelete="restrict",
        domain=[("usage", "=", "reopen")],
    )
    reason = MaskedText(string="Why", groups=OFFICER)
    document_id = fields.Many2one(
        comodel_name="legal.aid.case.document",
        string="Evidence",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('case_id', '=', case_id)]",
    )
    requested_date = fields.Date(readonly=True, copy=False)
    requested_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    applied_date = fields.Date(readonly=True, copy=False)
    applied_by_id = fields.Many2one(
        comodel_name="res.users", string="Approved By", readonly=True, copy=False, ondelete="restrict"
    )

    _one_open_request = models.UniqueIndex(
        "(case_id, kind, field_name) WHERE state = 'requested'", "This was asked for already and waits for approval."
    )

    # Compute

    @api.model
    def _get_correctable(self):
        cases = self.env["legal.aid.case"]
        return [(name, cases._fields[name]._description_string(self.env)) for name in CORRECTABLE]

    @api.model
    def _get_service_forms(self):
        return self.env["legal.aid.case"]._fields["service_form"]._description_selection(self.env)

    @api.model
    def _get_outcomes(self):
        return self.env["legal.aid.case"]._fields["outcome"]._description_selection(self.env)

    @api.depends("case_id", "kind", "field_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._get_correctable())
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for correction in self:
            what = labels.get(correction.field_name) or kinds.get(correction.kind, "")
            correction.display_name = f"{correction.case_id.name or ''} {what}".strip()

    @api.depends("field_name", "kind")
    def _compute_entry(self):
        for correction in self:
            correction.entry = correction.kind == "fact" and CORRECTABLE.get(correction.field_name)

    # Actions

    def action_submit(self):
        """Ask for the correction or the reopening; the old value is kept as it stands today."""
        self.check_access("write")
        self._check_state("draft")
        self._raise_reasons(self._get_cannot_submit_reason())
        for correction in self:
            correction.case_id.check_access("write")
            correction._do_submit()
        return True

    # Business

    def _get_cannot_submit_reason(self):
        return {correction: correction._get_refusal() for correction in self}

    def _get_refusal(self):
        """Why this cannot be asked for, or False."""
        self.ensure_one()
        names = {"correction": self.display_name}
        if not (self.reason or "").strip():
            return self.env._("%(correction)s: say why. The leader decides by it.", **names)
        if self.kind == "reopen":
            if not self.reopen_reason_id:
                return self.env._("%(correction)s: choose the reason to reopen.", **names)
            return self.case_id._get_cannot_reopen_reason()[self.case_id]
        if not self.field_name:
            return self.env._("%(correction)s: choose what is wrong.", **names)
        if not self._is_frozen():
            return self.env._(
                "%(correction)s: this can still be changed on the case itself; no approval is needed.", **names
            )
        if not self[self.entry] and self.entry != "new_amount":
            return self.env._("%(correction)s: enter the right value.", **names)
        if self._get_new_value() == self._get_current_value():
            return self.env._("%(correction)s: the case says so already.", **names)
        return self._get_wrong_value() or self.case_id._get_cannot_correct_reason(self.field_name)

    def _is_frozen(self):
        case = self.case_id
        if self.field_name in DECIDED:
            return bool(case.closed_date)
        return case.state not in case._workflow_facts.get(self.field_name, ())

    def _get_wrong_value(self):
        """What is wrong with the new value itself, or False; the message never repeats it."""
        case = self.case_id
        check = {"applicant_id_number": ids.check_resident_id, "employer_uscc": ids.check_uscc}.get(self.field_name)
        if self.field_name == "applicant_id_number" and case.applicant_kind == "union_organization":
            check = ids.check_uscc
        if check:
            valid, message = check(self.new_text)
            if not valid:
                return self.env._("Case %(case)s: %(problem)s", case=case.name, problem=self.env._(message))
        if self.new_date and self.new_date > legal_today(self):
            return self.env._("Case %(case)s: the right day lies in the future. Correct it.", case=case.name)
        return False

    def _get_new_value(self):
        """The new value as ``write`` takes it."""
        self.ensure_one()
        value = self[self.entry]
        return value.id if isinstance(value, models.BaseModel) else value or False

    def _get_current_value(self):
        self.ensure_one()
        value = self.case_id[self.field_name]
        return value.id if isinstance(value, models.BaseModel) else value or False

    def _show_value(self, value):
        """``value`` of the fact in words."""
        self.ensure_one()
        field = self.case_id._fields[self.field_name]
        if field.type == "many2one":
            return self.env[field.comodel_name].browse(value).display_name if value else False
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        if field.type == "monetary":
            return f"{value or 0:,.2f}"
        return str(value) if value else False

    def _mask(self, name, value):
        # A date, an amount, a matter is no secret; a text about the worker is.
        is_open = name in ("old_value", "new_value") and self.entry != "new_text"
        return value if is_open and value else super()._mask(name, value)

    def _do_submit(self):
        self.ensure_one()
        vals = {"requested_date": legal_today(self), "requested_by_id": self.env.user.id}
        if self.kind == "fact":
            vals["old_value"] = self._show_value(self._get_current_value())
            vals["new_value"] = self._show_value(self._get_new_value())
        self._transition("requested", vals)
        self.action_request_approval()

    def _on_approved(self):
        """The system applies what was approved; the approver needs no right to edit the case."""
        self.ensure_one()
        case = self.case_id
        if self.kind == "reopen":
            case._check_state("closed", "archived", "terminated", "refused", "withdrawn")
            case._raise_reasons(case._get_cannot_reopen_reason())
            case._do_reopen(self.reopen_reason_id, self.reason)
        else:
            if self._show_value(self._get_current_value()) != self.old_value:
                raise UserError(
                    self.env._(
                        "%(correction)s: the case was changed after this was asked for. Reject it and let it be asked for anew.",
                        correction=self.display_name,
                    )
                )
            case._do_correct(self.field_name, self._get_new_value())
        self._transition("applied", {"applied_date": legal_today(self), "applied_by_id": self.env.user.id})

    def _on_rejected(self, note):
        self._transition("rejected")

    def _on_approval_void(self):
        if self.state == "requested":
            self._transition("draft")

    def _note_access(self, kind, field_names=(), reason=None):
        """Whoever sees a request opens the file of its case."""
        return self.case_id._note_access(kind, field_names, reason)
