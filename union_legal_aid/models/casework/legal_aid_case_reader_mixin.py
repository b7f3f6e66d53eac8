from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import ormcache

from ..organization.wording import join_names

OFFICER = "union_legal_aid.group_officer"
AUDITOR = "union_legal_aid.group_auditor"
# What names nobody and tells no story: number, union, matter, stage, dates, clocks, outcome. For every reader below.
COMMON_FIELDS = frozenset(
    {
        "id",
        "display_name",
        "write_date",
        "name",
        "state",
        "application_date",
        "source",
        "matter_id",
        "service_form",
        "priority",
        "is_urgent",
        "headcount",
        "organization_id",
        "contact_point_id",
        "volunteer_id",
        "submitted_date",
        "granted_date",
        "decision_date",
        "assigned_date",
        "accepted_date",
        "agency_signed_date",
        "is_mandated",
        "hours_total",
        "last_work_date",
        "currency_id",
        "amount_claimed",
        "amount_recovered",
        "outcome",
        "closed_date",
        "file_received_date",
        "archived_date",
    }
)
CLOCK_FIELDS = frozenset(
    {"deadline_ids", "next_deadline", "deadline_light", "silent_since", "silence_days", "is_silent"}
)
MAJOR_FIELDS = frozenset({"is_group", "is_major", "major_known_date", "major_reason_id", "major_reported_date"})
# The file of one's own case, or by the worker's consent: the other side and the tribunal, the worker's name as a mask.
FILE_FIELDS = frozenset(
    {
        "applicant_kind",
        "applicant_name_masked",
        "employer_name",
        "tribunal_name",
        "tribunal_case_number",
        "document_ids",
        "work_log_ids",
    }
)
# The chatter and the to-dos of the officers' page.
HISTORY_FIELDS = frozenset(
    {
        "activity_date_deadline",
        "activity_exception_decoration",
        "activity_exception_icon",
        "activity_ids",
        "activity_state",
        "activity_summary",
        "activity_type_icon",
        "activity_type_id",
        "activity_user_id",
        "has_message",
        "message_attachment_count",
        "message_follower_ids",
        "message_has_error",
        "message_has_error_counter",
        "message_ids",
        "message_is_follower",
        "message_needaction",
        "message_needaction_counter",
        "message_partner_ids",
        "my_activity_date_deadline",
    }
)
OPEN_FIELDS = {
    # 司法局: supervises without names; an employer's name, or a text, would tell who the worker is.
    "union_legal_aid.group_justice": COMMON_FIELDS
    | CLOCK_FIELDS
    | MAJOR_FIELDS
    | {
        "applicant_kind",
        "decision_reason_id",
        "first_receiver",
        "first_received_date",
        "formalities_date",
        "objection_ids",
        "overlap_scope",
        "policy_id",
        "scope_id",
        "supplement_requested_date",
        "urgent_ground",
        "urgent_since",
    },
    # 联络员: only cases whose worker agreed (record rule).
    "union_legal_aid.group_liaison": COMMON_FIELDS | FILE_FIELDS,
    # 律师: only his own cases (record rule). Name and phone he is told by _get_client_contact after he accepted.
    "union_legal_aid.group_volunteer": COMMON_FIELDS
    | FILE_FIELDS
    | MAJOR_FIELDS
    | {
        "closing_basis",
        "closing_basis_date",
        "closing_rule",
        "consultation_ids",
        "decision_reason_id",
        "file_review_ids",
        "file_state",
        "formalities_date",
        "formalities_missing",
        "is_union_member",
        "last_reported_date",
        "last_told_date",
        "question_ids",
        "mandate_id",
        "policy_id",
        "scope_id",
        "termination_report_date",
        "urgent_ground",
        "urgent_limit_date",
        "urgent_reason",
        "urgent_since",
    },
    # 经审: reads the whole course of the case and its money, without private data and texts.
    AUDITOR: COMMON_FIELDS
    | CLOCK_FIELDS
    | FILE_FIELDS
    | HISTORY_FIELDS
    | MAJOR_FIELDS
    | {
        "applicant_id_number_masked",
        "applicant_phone_masked",
        "applicant_address_masked",
        "approval_line_ids",
        "approval_request_id",
        "approval_state",
        "approval_timeline",
        "approval_waits_for",
        "assignment_ids",
        "application_manner",
        "can_accept_transfer",
        "can_answer",
        "can_approve",
        "can_attach_page",
        "can_create_expense",
        "can_handle",
        "closing_basis",
        "closing_basis_date",
        "closing_date_reason",
        "closing_recorded_date",
        "closing_rule",
        "card_id",
        "consultation_ids",
        "decision_reason_id",
        "document_count",
        "employer_organization_id",
        "employer_place_id",
        "employer_uscc",
        "expense_count",
        "expense_ids",
        "cooperation_answered_date",
        "cooperation_sent_date",
        "file_review_ids",
        "file_state",
        "first_received_date",
        "first_receiver",
        "formalities_date",
        "formalities_missing",
        "gate_missing",
        "government_office",
        "government_received_at",
        "granted_by_id",
        "hardship_basis",
        "hardship_ground",
        "hardship_waiver_ground",
        "objection_ids",
        "overlap_scope",
        "paper_ids",
        "papers_outstanding",
        "scope_id",
        "union_received_at",
        "urgent_ground",
        "urgent_hint",
        "urgent_limit_date",
        "urgent_since",
        "can_unmask",
        "allows_aid_first",
        "aid_first_note",
        "fact_ids",
        "conflict_check_ids",
        "lawyer_change_ids",
        "lawyer_status",
        "supervisor_id",
        "union_handled_since",
        "union_handler_id",
        "substitute_leave_ids",
        "description_masked",
        "family_income_masked",
        "hardship_note_masked",
        "hardship_waiver",
        "medical_note_masked",
        "is_editable",
        "is_green_suggested",
        "is_overlap_open",
        "is_open",
        "is_record_signed",
        "is_union_member",
        "issued_document_ids",
        "jurisdiction_override_reason",
        "jurisdiction_rule",
        "last_reported_date",
        "last_told_date",
        "late_entry",
        "letter_ids",
        "major_marked_by_id",
        "major_report_ids",
        "mandate_id",
        "mandate_ids",
        "mediation_ids",
        "next_step",
        "next_step_due",
        "party_count",
        "party_ids",
        "policy_id",
        "call_back_ids",
        "correction_ids",
        "quality_check_ids",
        "question_ids",
        "recorded_by_id",
        "submitted_by_id",
        "supplement_note",
        "supplement_requested_date",
        "termination_notice_ids",
        "termination_report_date",
        "termination_report_reason_id",
        "transfer_ids",
        "transfer_organization_id",
        "transfer_reason",
        "urgent_reason",
        "visit_date",
        "visit_place_kind",
    },
}


class LegalAidCaseReaderMixin(models.AbstractModel):
    """Who reads which field of a case. A field is closed until somebody opens it here on purpose (F§11).

    Officers read every field of the cases that their rules give them, but for the private ones, which have rules of their own.
    Everybody else reads what ``OPEN_FIELDS`` says of his role; who holds several roles reads what any of them reads.
    """

    _name = "legal.aid.case.reader.mixin"
    _description = "Readers of a Case"
    _inherit = ["legal.aid.private.mixin"]

    # Business

    def _has_field_access(self, field, operation):
        if not super()._has_field_access(field, operation):
            return False
        if self.env.su:
            return True
        readable = self._get_open_fields()
        return readable is None or field.name in readable

    @api.model
    @ormcache("self.env.uid")
    def _get_open_fields(self):
        """The names of the fields that the user may read; None for all of them."""
        user = self.env.user
        if user.has_group(OFFICER):
            return None
        return frozenset().union(*(names for group, names in OPEN_FIELDS.items() if user.has_group(group)))

    @api.model
    def get_view(self, view_id=None, view_type="form", **options):
        """Readers of a part of the case get the page that shows this part, whichever way they come."""
        return super().get_view(view_id or self._find_reader_view(view_type), view_type, **options)

    @api.model
    def _find_reader_view(self, view_type):
        """The id of the reduced page for this user, None for the whole one."""
        user = self.env.user
        if user.has_group(OFFICER) or user.has_group(AUDITOR):
            return None
        page = "supervision" if user.has_group("union_legal_aid.group_justice") else "house"
        # A page that is not reduced, of whatever kind, is not shown at all; its fields are closed anyway.
        view = self.env.ref(f"union_legal_aid.legal_aid_case_view_{view_type}_{page}", raise_if_not_found=False)
        return view and view.sudo().id

    def _check_may_unmask(self):
        foreign = self.filtered(lambda case: not case._is_of_office())
        if foreign:
            raise AccessError(
                self.env._(
                    "%(cases)s: you read a part of this case only, and the worker's data are not in it. Take the case over first,"
                    " or ask the union in charge.",
                    cases=join_names(self.env, foreign.mapped("name")),
                )
            )
        return super()._check_may_unmask()

    def _get_hidden_names(self):
        hidden = super()._get_hidden_names()
        return {case: names if case._is_of_office() else [] for case, names in hidden.items()}

    def _is_of_office(self):
        """Whether the user's office handles the case or is its contact point; not merely asked to take it, or shown it by consent."""
        self.ensure_one()
        # A new case is nobody else's yet.
        unions = self.env.user.access_organization_ids
        house_sudo = self.sudo().contact_house_id
        return not self.organization_id or any(
            self.organization_id._is_at_or_below(union)
            or (
                self.contact_point_id
                and self.contact_point_id._is_at_or_below(union)
                and not (house_sudo and union._is_at_or_below(house_sudo))
            )
            for union in unions
        )

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """The history is for those who handle the case and for auditors; readers of a part of the case do not read it."""
        if message_operation == "read" and not self.env.user.has_group(AUDITOR):
            return dict.fromkeys(self, "write")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)
