from odoo import api, fields, models

from ..organization.wording import join_clauses, join_names

CASE_HANDLERS = "union_legal_aid.group_officer,union_legal_aid.group_auditor"


class LegalAidCaseNextStepMixin(models.AbstractModel):
    """What has to happen next in a case, by whom and until when, in one sentence at the top of its page.

    It names offices, lawyers and clocks, nothing of the worker. Other topics that hold a case up put their sentence first.
    """

    _name = "legal.aid.case.next.step.mixin"
    _description = "Next Step of a Case"

    next_step = fields.Char(compute="_compute_next_step", groups=CASE_HANDLERS)
    next_step_due = fields.Char(string="Running Clocks", compute="_compute_next_step", groups=CASE_HANDLERS)

    # Compute

    @api.depends(
        "state",
        "mandate_id.state",
        "volunteer_id",
        "agency_signed_date",
        "deadline_ids.state",
        "document_ids.kind",
        "document_ids.attachment_id",
        "approval_state",
        "transfer_organization_id",
        "file_state",
        "termination_notice_ids.state",
    )
    @api.depends_context("uid", "lang")
    def _compute_next_step(self):
        for case in self:
            # What holds the case up is the same for everybody who may open it.
            case.next_step = case._origin and case.sudo()._get_next_step() or False
            case.next_step_due = case._origin and case._describe_running_clocks() or False

    # Business

    def _get_next_step(self):
        """The sentence, or False where nothing is left to do."""
        self.ensure_one()
        if self.transfer_organization_id:
            return self.env._(
                "%(union)s takes the case over or sends it back.", union=self.transfer_organization_id.name
            )
        step = getattr(self, f"_get_next_step_{self.state}", None)
        return step() if step else False

    def _get_next_step_draft(self):
        missing = self._get_missing_details()
        if missing:
            return self.env._("Still missing in the application: %(missing)s.", missing=join_clauses(self.env, missing))
        return self.env._("The application is complete: submit it.")

    def _get_next_step_submitted(self):
        if self.approval_state == "pending":
            return self.env._("Decision by %(people)s.", people=self.approval_waits_for or "-")
        return self.env._("Ask for the decision.")

    def _get_next_step_supplement(self):
        return self.env._("The applicant hands in the missing papers: %(papers)s.", papers=self.supplement_note)

    def _get_next_step_granted(self):
        if self.mandate_id.state == "draft":
            return self._say_mandate_missing()
        return self.env._("Assign a lawyer.")

    def _get_next_step_assigned(self):
        lawyer = self.volunteer_id.display_name
        if self._is_with_reporting_lawyer():
            return self.env._("%(lawyer)s begins the work; the first work log accepts the case.", lawyer=lawyer)
        return self.env._("%(lawyer)s accepts or declines.", lawyer=lawyer)

    def _get_next_step_in_progress(self):
        if not self.is_mandated:
            return self._say_mandate_missing()
        if not self.agency_signed_date:
            return self.env._("Power of attorney and agreement are to be signed by the worker.")
        if self.is_silent:
            return self.env._(
                "No work on record for %(days)s days: ask %(lawyer)s.",
                days=self.silence_days,
                lawyer=self.volunteer_id.display_name,
            )
        return self.env._(
            "%(lawyer)s works on the case; close it when there is a result.", lawyer=self.volunteer_id.display_name
        )

    def _get_next_step_closed(self):
        if self.file_state == "accepted":
            return self.env._("Archive the case.")
        if self.file_state == "received":
            return self.env._("Review the file: accept it or return it.")
        return self.env._("%(lawyer)s hands in the file.", lawyer=self.volunteer_id.display_name)

    def _get_next_step_terminated(self):
        waiting = self.termination_notice_ids.filtered(lambda notice: notice.state == "waiting")
        if waiting:
            kinds = dict(waiting._fields["addressee"]._description_selection(self.env))
            return self.env._(
                "The decision to terminate is to be delivered to: %(people)s.",
                people=join_names(self.env, (kinds[notice.addressee] for notice in waiting)),
            )
        return self._get_next_step_closed() if self.file_state else False

    def _say_mandate_missing(self):
        return self.env._(
            "%(union)s issues the mandate.", union=(self.mandate_id.organization_id or self.contact_point_id).name
        )

    def _describe_running_clocks(self):
        """Each running clock with its last day, the nearest first."""
        kinds = dict(self.deadline_ids._fields["kind"]._description_selection(self.env))
        running = self.deadline_ids.filtered(lambda clock: clock.state == "open" and clock.date_due)
        return join_clauses(
            self.env,
            (
                self.env._(
                    "%(clock)s by %(date)s", clock=kinds.get(clock.kind), date=fields.Date.to_string(clock.date_due)
                )
                for clock in running.sorted("date_due")
            ),
        )
