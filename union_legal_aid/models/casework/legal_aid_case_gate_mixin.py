from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..organization.wording import join_clauses, join_names, join_sentences
from .legal_aid_case_next_step_mixin import CASE_HANDLERS
from .legal_aid_closing_item import STAGES


class LegalAidCaseGateMixin(models.AbstractModel):
    """Stamped pages as evidence that opens gates (C5, C12): which step waits for which page stands in the check-list.

    Urgent help waits for nothing: what an urgent case lacks holds up its closing and its payment only.
    """

    _name = "legal.aid.case.gate.mixin"
    _description = "Gates of a Case"

    gate_missing = fields.Char(string="Evidence Missing", compute="_compute_gate_missing", groups=CASE_HANDLERS)
    can_attach_page = fields.Boolean(compute="_compute_gate_missing", groups=CASE_HANDLERS)

    # Compute

    @api.depends(
        "state", "agency_signed_date", "deadline_ids.state", "all_document_ids.kind", "all_document_ids.attachment_id"
    )
    @api.depends_context("uid", "lang")
    def _compute_gate_missing(self):
        for case in self:
            items = case._get_waiting_items() if case._origin else self.env["legal.aid.closing.item"]
            case.gate_missing = join_clauses(self.env, items.mapped("name"))
            case.can_attach_page = bool(items._get_page_kinds()) and case.can_handle

    # Actions

    def action_attach_page(self):
        """Open the paper that is missing, its kind chosen: the file or the photograph is all that is left to add (C12)."""
        self.ensure_one()
        self.check_access("write")
        kinds = self._get_waiting_items()._get_page_kinds()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Attach the Stamped Page"),
            "res_model": "legal.aid.case.document",
            "views": [(self.env.ref("union_legal_aid.legal_aid_case_document_view_form_page").id, "form")],
            "target": "new",
            "context": {"default_case_id": self.id, "default_kind": kinds[0] if kinds else "notice"},
        }

    # Business

    def _get_waiting_items(self):
        """The mandatory items that a step of this stage of the case waits for, the first step first."""
        self.ensure_one()
        items = self.env["legal.aid.closing.item"]
        if self.state not in ("assigned", "in_progress", "closed", "terminated"):
            return items
        # What the lawyer puts into the file is named with the file; the notice of the grant is the office's own.
        stages = ("file", "pay") if self.file_state == "received" else ("pay",)
        if self.state in ("assigned", "in_progress"):
            running = self.sudo().deadline_ids.filtered(lambda clock: clock.kind == "agency" and clock.state == "open")
            stages = (*(("clock",) if running else ()), *(() if self.is_urgent else ("work",)), "close")
        missing = self._get_missing_items(*stages)
        order = [stage for stage, _label in STAGES]
        missing = missing.filtered(lambda item: item.stage != "file" or item.fact == "grant_notice")
        return missing.sorted(lambda item: (order.index(item.stage), item.sequence, item.id))

    def _has_grant_notice(self):
        """Whether the notice of the grant was delivered, or is there as a stamped page."""
        self.ensure_one()
        notices = self.issued_document_ids.filtered(
            lambda document: document.form_code == "grant" and document.state != "void"
        )
        return self._has_stamped_page("notice") or any(
            notice.state == "delivered" or notice.receipt_document_id.attachment_id for notice in notices
        )

    def _is_agency_met(self):
        self.ensure_one()
        return any(clock.kind == "agency" and clock.state == "done" for clock in self.sudo().deadline_ids)

    def _settle_agency_clock(self):
        """The five days are met on the day of signing, as soon as the pages that the check-list asks for are there (C1, C12)."""
        for case in self.filtered("agency_signed_date"):
            if not case._get_missing_items("clock"):
                case._close_deadline("agency", case.agency_signed_date)

    def _supersede_pages(self):
        """What the worker signed for one lawyer proves nothing for the next (C1, C6)."""
        pages_sudo = self.sudo().all_document_ids.filtered(
            lambda page: page.kind in ("attorney", "agreement", "agency")
        )
        pages_sudo._workflow_env().write({"is_superseded": True})

    def _check_still_proven(self):
        """A page on which a met clock rests may be replaced, not taken away."""
        for case in self:
            missing = case._get_missing_items("clock")
            if missing:
                raise ValidationError(
                    self.env._(
                        "The five days of case %(case)s are met by this page (%(pages)s). Attach another file to it instead of"
                        " taking it away.",
                        case=case.name,
                        pages=join_names(self.env, missing.mapped("name")),
                    )
                )

    def _explain_gate(self, *stages):
        """``{case: what the step waits for and what to do, or False}``"""
        missing = {case: case._get_missing_items(*stages) for case in self}
        return {
            case: items
            and self.env._(
                "Case %(case)s waits for its evidence. Missing: %(missing)s Attach it under Documents.",
                case=case.name,
                missing=items._explain_missing(),
            )
            for case, items in missing.items()
        }

    def _get_cannot_archive_reason(self):
        """What payment waits for has to be there before the papers are closed."""
        reasons = super()._get_cannot_archive_reason()
        gates = self._explain_gate("pay")
        return {case: reasons[case] or gates[case] for case in self}

    def _get_no_payment_reason(self):
        reasons = super()._get_no_payment_reason()
        open_cases = self.filtered(lambda case: not reasons[case])
        return {**reasons, **open_cases.sudo()._explain_gate("pay")} if open_cases else reasons

    def _get_next_step(self):
        step = super()._get_next_step()
        items = self._get_waiting_items()
        if not items or self.transfer_organization_id:
            return step
        stages = dict(items._fields["stage"]._description_selection(self.env))
        waiting = self.env._(
            "%(step)s: photograph and attach %(pages)s.",
            step=stages[items[0].stage],
            pages=join_clauses(self.env, items.filtered(lambda item: item.stage == items[0].stage).mapped("name")),
        )
        return join_sentences(self.env, filter(None, [step, waiting]))
