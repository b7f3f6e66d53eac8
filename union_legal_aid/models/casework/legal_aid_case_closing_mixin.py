from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import closing
from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER, PrivateText
from ..organization.wording import join_names

OUTCOMES = [
    ("won", "Won"),
    ("partly_won", "Partly won"),
    ("lost", "Lost"),
    ("mediated", "Settled by mediation"),
    ("settled", "Settled between the parties"),
    ("no_agreement", "No agreement reached"),
    ("withdrawn", "Claim withdrawn"),
    ("completed", "Advice or document delivered"),
    ("terminated", "Aid terminated"),
]
# How a case came to its closing date, and what the lawyer reported before a termination.
CLOSING_FIELDS = (
    "closing_basis",
    "closing_basis_date",
    "closing_date_reason",
    "closing_recorded_date",
    "termination_report_date",
    "termination_report_reason_id",
    "termination_report_note",
)
BASES = [(kind, basis.label) for kind, basis in closing.BASES.items()]


class LegalAidCaseClosingMixin(models.AbstractModel):
    """The end of a case (C8): outcome by the form of aid, closing date by the rule, check-list."""

    _name = "legal.aid.case.closing.mixin"
    _description = "Closing of a Case"

    outcome = fields.Selection(selection=OUTCOMES, readonly=True, copy=False, tracking=True)
    closing_summary = PrivateText(readonly=True, groups=OFFICER)
    closing_basis = fields.Selection(
        selection=BASES,
        string="Closed By",
        readonly=True,
        copy=False,
        help="The document, or what stands for it, whose day is the closing date (结案日).",
    )
    closing_basis_date = fields.Date(string="Its Day", readonly=True, copy=False)
    closed_date = fields.Date(readonly=True, copy=False, tracking=True)
    closing_date_reason = fields.Char(
        string="Why Another Day", readonly=True, copy=False, help="Why the closing date is not the day of the rule."
    )
    closing_recorded_date = fields.Date(string="Closing Entered On", readonly=True, copy=False)
    closing_rule = fields.Char(compute="_compute_closing_rule")
    closing_check = fields.Text(
        string="Check-list", compute="_compute_closing_check", groups="union_legal_aid.group_officer"
    )

    # Compute

    @api.depends("closing_basis")
    @api.depends_context("lang")
    def _compute_closing_rule(self):
        for case in self:
            case.closing_rule = case._get_closing_rule(case.closing_basis)

    @api.depends("state", "service_form", "closing_basis", "document_ids", "work_log_ids", "agency_signed_date")
    @api.depends_context("lang")
    def _compute_closing_check(self):
        for case in self:
            case.closing_check = "\n".join(case._describe_check(line) for line in case._get_check_list())

    # Actions

    def action_close(
        self,
        outcome=None,
        amount_recovered=None,
        closed_date=None,
        note="",
        *,
        closing_basis=None,
        basis_date=None,
        date_reason="",
    ):
        """Close with the outcome; opens a dialog when called without.

        :param outcome: one that fits the form of aid
        :param amount_recovered: yuan that the worker got or kept by the aid
        :param closed_date: the day of closing (结案日), by default the day of the rule; the file is due 30 days from it
        :param closing_basis: what the case closes by, one of those of its form; the usual one by default
        :param basis_date: the day that document was received, or what stands for it; ``closed_date`` or today by default
        :param date_reason: why ``closed_date`` is another day than ``basis_date``
        """
        if not outcome:
            return self._open_close_dialog()
        self._check_handler()
        self._check_state("in_progress")
        basis_date = fields.Date.to_date(basis_date or closed_date) or legal_today(self)
        closed_date = fields.Date.to_date(closed_date) or basis_date
        self._check_outcome(outcome)
        reasons = self._get_cannot_close_reason(outcome, closed_date)
        for case in self:
            reasons[case] = reasons[case] or case._get_wrong_closing_date_reason(
                closing_basis, basis_date, closed_date, date_reason
            )
        self._raise_reasons(reasons)
        # See action_log_work.
        for case_sudo in self.sudo():
            case_sudo.lock_for_update(allow_referencing=True)
            case_sudo._do_close(
                {
                    "outcome": outcome,
                    "amount_recovered": amount_recovered or 0.0,
                    "closed_date": closed_date,
                    "closing_basis": closing_basis or closing.proposed_basis(case_sudo.service_form, outcome),
                    "closing_basis_date": basis_date,
                    "closing_date_reason": date_reason if closed_date != basis_date else False,
                    "closing_summary": note,
                }
            )
        return True

    # Business

    @api.model
    def _get_closing_rule(self, basis):
        """The rule by which ``basis`` gives the closing date, with its source; nothing without one."""
        if not basis:
            return False
        found = closing.BASES[basis]
        rule = self.env._(found.rule)
        return f"{rule}（{found.source}）" if found.source else rule

    def _get_closing_options(self):
        """``(outcomes, bases)`` that fit the form of aid, each ``[(value, label)]``, the likely one first."""
        self.ensure_one()
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        return (
            [(outcome, outcomes[outcome]) for outcome in closing.outcomes_of(self.service_form)],
            [(basis, self.env._(closing.BASES[basis].label)) for basis in closing.bases_of(self.service_form)],
        )

    def _open_close_dialog(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Close the Case"),
            "res_model": "legal.aid.case.close",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_case_id": self.id},
        }

    @api.model
    def _check_outcome(self, outcome):
        outcomes = dict(self._fields["outcome"]._description_selection(self.env))
        if outcome not in outcomes:
            raise UserError(
                self.env._(
                    "“%(outcome)s” is not an outcome. Use one of: %(known)s.",
                    outcome=outcome,
                    known=join_names(self.env, outcomes),
                )
            )

    def _get_cannot_close_reason(self, outcome, closed_date):
        """``{case: reason or False}``: mandate, work, outcome, day, and what the check-list asks for before closing."""
        reasons = {}
        for case in self:
            missing = case._get_missing_items("close")
            reasons[case] = False
            if not case.is_mandated:
                reasons[case] = self.env._(
                    "Case %(case)s has no mandate yet. Have the contact-point union issue it, then close the case.",
                    case=case.name,
                )
            elif not case.hours_total:
                reasons[case] = self.env._(
                    "Case %(case)s has no work log. Log the work first, then close it.", case=case.name
                )
            elif outcome not in closing.outcomes_of(case.service_form):
                reasons[case] = case._explain_outcome(outcome)
            elif closed_date > legal_today(self) or closed_date < case.application_date:
                reasons[case] = self.env._(
                    "Case %(case)s cannot be closed on %(date)s: the day lies in the future or before the application.",
                    case=case.name,
                    date=fields.Date.to_string(closed_date),
                )
            elif missing:
                reasons[case] = self.env._(
                    "Case %(case)s cannot be closed yet. Missing: %(missing)s",
                    case=case.name,
                    missing=missing._explain_missing(),
                )
        return reasons

    def _explain_outcome(self, outcome):
        self.ensure_one()
        labels = dict(self._fields["outcome"]._description_selection(self.env))
        fitting, _bases = self._get_closing_options()
        return self.env._(
            "“%(outcome)s” does not fit case %(case)s (%(form)s). Choose one of: %(fitting)s.",
            outcome=labels[outcome],
            case=self.name,
            form=dict(self._fields["service_form"]._description_selection(self.env)).get(self.service_form, ""),
            fitting=join_names(self.env, (label for _value, label in fitting)),
        )

    def _get_wrong_closing_date_reason(self, basis, basis_date, closed_date, date_reason):
        """Why the day is not the one of the rule, or False; another day needs its reason."""
        self.ensure_one()
        names = {"case": self.name, "rule": self._get_closing_rule(basis or closing.proposed_basis(self.service_form))}
        if basis and basis not in closing.bases_of(self.service_form):
            _outcomes, fitting = self._get_closing_options()
            return self.env._(
                "Case %(case)s does not close by that. Choose one of: %(fitting)s.",
                case=self.name,
                fitting=join_names(self.env, (label for _value, label in fitting)),
            )
        if basis_date > legal_today(self):
            return self.env._(
                "Case %(case)s: the day of the document lies in the future. Enter the day it was received.", **names
            )
        if closed_date != basis_date and not (date_reason or "").strip():
            return self.env._(
                "Case %(case)s: %(rule)s That is %(date)s. Take this day, or say why it is another one.",
                date=fields.Date.to_string(basis_date),
                **names,
            )
        return False

    def _get_check_list(self):
        """``[{name, stage, is_mandatory, is_met, advice}]`` of this case, in the order of the configuration."""
        self.ensure_one()
        return [
            {
                "name": item.name,
                "stage": item.stage,
                "is_mandatory": item.is_mandatory,
                "is_met": item._is_met(self),
                "advice": item.advice or "",
            }
            for item in self.env["legal.aid.closing.item"]._find_items(self)
        ]

    @api.model
    def _describe_check(self, line):
        if line["is_met"]:
            return f"✓ {line['name']}"
        mark = "✗" if line["is_mandatory"] else "○"
        return f"{mark} {line['name']}　{line['advice']}".rstrip()

    def _get_missing_items(self, *stages):
        """The mandatory items of the check-list that this case does not meet."""
        self.ensure_one()
        return (
            self.env["legal.aid.closing.item"]
            ._find_items(self, stages)
            .filtered(lambda item: item.is_mandatory and not item._is_met(self))
        )

    def _do_close(self, vals):
        self.ensure_one()
        self._transition("closed", {**vals, "closing_recorded_date": legal_today(self)})
        self._void_deadlines("agency")
        self._open_deadline("file_submit", vals["closed_date"])
        self._plan_call_backs()
