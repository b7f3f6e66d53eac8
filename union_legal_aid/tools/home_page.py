"""The numbers of the home pages (V5): what each role is shown, which records a number counts, and what it is called."""

from dataclasses import dataclass, field

from .i18n import _lt

LIAISON = "group_liaison"
OFFICER = "group_officer"
FINANCE = "group_finance"
JUSTICE = "group_justice"
AUDITOR = "group_auditor"
ROLES = (LIAISON, OFFICER, FINANCE, JUSTICE, AUDITOR)

URGENT, WAITING, CALM = "danger", "warning", "secondary"


@dataclass(frozen=True)
class Card:
    """One number of a home page: the records of `model` that match `domain`, opened by `action` with the same condition.

    `own`, a field, leaves out what belongs to unions below one's own: it waits for somebody else. `mine`, a field, leaves what
    waits for this very user. A number of the liaisons is not shown to officers, who hold that group, too.
    """

    code: str
    model: str
    action: str
    domain: tuple
    groups: tuple
    tone: str = WAITING
    own: str = ""
    mine: str = ""


@dataclass(frozen=True)
class Section:
    code: str
    cards: tuple = field(default_factory=tuple)


# What each card is called, apart from its condition: the exporter of terms would take the names in there for terms, too.
CARD_LABELS = {
    "approvals": _lt("Approvals"),
    "reported_calls": _lt("Calls reported by lawyers"),
    "requests": _lt("Requests of enterprise unions"),
    "to_decide": _lt("Applications to decide"),
    "mandates": _lt("Mandates to issue"),
    "to_assign": _lt("Cases without a lawyer"),
    "lawyer_changes": _lt("Changes of lawyer to decide"),
    "to_review": _lt("Files to review"),
    "activities": _lt("Activities to confirm"),
    "summaries": _lt("Work summaries to hand in"),
    "summaries_to_accept": _lt("Work summaries to accept"),
    "questions": _lt("Questions to answer"),
    "objections": _lt("Objections to decide"),
    "returns": _lt("Statistical returns to receive"),
    "shares": _lt("Shares of fees to agree to"),
    "to_pay": _lt("Lists to pay"),
    "returned": _lt("Payments returned by the bank"),
    "statements": _lt("Statements to confirm"),
    "overdue": _lt("Overdue"),
    "due_soon": _lt("Due soon"),
    "overdue_below": _lt("Overdue in the unions below"),
    "overdue_all": _lt("Overdue"),
    "silent": _lt("Cases of which nothing is heard"),
    "formalities": _lt("Urgent cases without formalities"),
    "major_unreported": _lt("Major cases not reported"),
    "supervised_overdue": _lt("Cases with an overdue clock"),
    "ledgers_overdue": _lt("Ledgers overdue"),
    "ledgers_to_check": _lt("Ledgers to check"),
    "contracts_ending": _lt("Contracts that end within 60 days"),
    "complaints": _lt("Complaints to decide"),
    "removals": _lt("Removals under way"),
    "notices": _lt("Roster notices not published"),
    "fees_waiting": _lt("Fees waiting for approval"),
    "fees_to_pay": _lt("Fees approved and not paid"),
    "disputed": _lt("Disputed shares"),
    "transfers": _lt("Cases offered to us"),
    "questions_to_refer": _lt("Questions to hand on"),
    "substitutes": _lt("Substitutes to decide on"),
    "objections_to_send": _lt("Objections to send to the bureau"),
    "call_backs": _lt("Workers to call back"),
    "to_put_right": _lt("Findings of checks to put right"),
    "recommendations": _lt("Recommended lawyers to decide on"),
    "exits": _lt("Requests to leave the team"),
    "takedowns": _lt("Names to take off websites"),
    "opinions": _lt("Opinions to give on lawyers"),
    "mandates_of_house": _lt("Mandates to issue"),
    "requests_returned": _lt("Requests that came back"),
    "opinions_of_house": _lt("Opinions to give on lawyers"),
    "to_cosign": _lt("Assessments to sign"),
    "opinions_of_bureau": _lt("Opinions to give on lawyers"),
    "referred": _lt("Complaints that wait for the bureau's result"),
    "tax_lists": _lt("Tax lists to report"),
    "idle": _lt("Lawyers without service in the year"),
    "house_cases": _lt("Cases under way with our mandate"),
    "requests_under_way": _lt("Requests at the county"),
}
SECTION_LABELS = {
    "waiting": _lt("Waiting for you"),
    "house": _lt("Our union"),
    "clocks": _lt("Clocks"),
    "team": _lt("The team"),
    "money": _lt("Money"),
}
# Kind of row and measure of the statistics.
FIGURE_LABELS = {
    "consultation.records": _lt("Consultations (persons)"),
    "application.records": _lt("Applications (cases)"),
    "granted.records": _lt("Granted (cases)"),
    "granted.persons": _lt("Workers helped"),
    "closed.records": _lt("Closed (cases)"),
    "closed.amount": _lt("Recovered for workers (yuan)"),
    "fee.amount": _lt("Fees paid (yuan)"),
}

CASE, CLOCK = "legal.aid.case", "legal.aid.deadline"
MISSING_OPINION = (("state", "=", "missing"), ("assessment_state", "=", "draft"))
RUNNING = ("state", "not in", ("archived", "refused", "withdrawn", "terminated"))

SECTIONS = (
    Section(
        "waiting",
        (
            Card(
                "approvals",
                "legal.aid.approval.request",
                "legal_aid_approval_request_action",
                (("state", "=", "pending"),),
                (OFFICER, FINANCE),
                URGENT,
                mine="approver_ids",
            ),
            Card(
                "reported_calls",
                "legal.aid.consultation",
                "legal_aid_consultation_action",
                (("state", "=", "reported"),),
                (OFFICER,),
                own="organization_id",
            ),
            Card(
                "requests",
                "legal.aid.service.request",
                "legal_aid_service_request_action",
                (("state", "=", "submitted"),),
                (OFFICER,),
                own="receiver_id",
            ),
            Card(
                "transfers",
                "legal.aid.transfer",
                "legal_aid_transfer_action",
                (("state", "=", "offered"),),
                (OFFICER,),
                own="target_organization_id",
            ),
            Card(
                "questions_to_refer",
                "legal.aid.question",
                "legal_aid_question_action",
                (("state", "=", "draft"),),
                (OFFICER,),
                own="organization_id",
            ),
            Card(
                "to_decide",
                CASE,
                "legal_aid_case_action",
                (("state", "=", "submitted"),),
                (OFFICER,),
                own="organization_id",
            ),
            Card(
                "mandates",
                "legal.aid.mandate",
                "legal_aid_mandate_action",
                (("state", "=", "draft"),),
                (OFFICER,),
                own="organization_id",
            ),
            Card(
                "to_assign",
                CASE,
                "legal_aid_case_action",
                (("state", "=", "granted"),),
                (OFFICER,),
                URGENT,
                own="organization_id",
            ),
            Card(
                "lawyer_changes",
                "legal.aid.lawyer.change",
                "legal_aid_lawyer_change_action",
                (("state", "=", "requested"),),
                (OFFICER,),
                own="organization_id",
            ),
            Card(
                "substitutes",
                "legal.aid.substitute.leave",
                "legal_aid_substitute_leave_action",
                (("state", "=", "requested"),),
                (OFFICER,),
                URGENT,
                own="organization_id",
            ),
            Card(
                "objections_to_send",
                "legal.aid.objection",
                "legal_aid_objection_action",
                (("state", "=", "received"),),
                (OFFICER,),
                URGENT,
                own="organization_id",
            ),
            Card(
                "to_review",
                CASE,
                "legal_aid_case_action",
                (("file_state", "=", "received"),),
                (OFFICER,),
                own="organization_id",
            ),
            Card(
                "call_backs",
                "legal.aid.call.back",
                "legal_aid_call_back_action",
                (("is_due", "=", True),),
                (OFFICER,),
                own="organization_id",
            ),
            Card(
                "to_put_right",
                "legal.aid.quality.check",
                "legal_aid_quality_check_action",
                (("state", "=", "recorded"),),
                (OFFICER,),
                own="organization_id",
            ),
            Card(
                "activities",
                "legal.aid.activity",
                "legal_aid_activity_action",
                (("state", "=", "reported"),),
                (OFFICER,),
                own="organization_id",
            ),
            Card(
                "recommendations",
                "legal.aid.recommendation",
                "legal_aid_recommendation_action",
                (("state", "=", "submitted"),),
                (OFFICER,),
                own="city_id",
            ),
            Card(
                "exits",
                "legal.aid.leaving",
                "legal_aid_leaving_action",
                (("state", "=", "requested"),),
                (OFFICER,),
                own="organization_id",
            ),
            Card(
                "takedowns",
                "legal.aid.publication.takedown",
                "legal_aid_publication_takedown_action",
                (("state", "=", "open"),),
                (OFFICER,),
                URGENT,
                own="organization_id",
            ),
            Card(
                "opinions",
                "legal.aid.assessment.voice",
                "legal_aid_assessment_voice_action",
                (*MISSING_OPINION, ("kind", "=", "union")),
                (OFFICER,),
                own="organization_id",
            ),
            Card(
                "summaries",
                "legal.aid.summary",
                "legal_aid_summary_action",
                (("state", "=", "draft"),),
                (OFFICER,),
                own="organization_id",
            ),
            Card(
                "summaries_to_accept",
                "legal.aid.summary",
                "legal_aid_summary_action",
                (("state", "=", "submitted"),),
                (OFFICER,),
                own="superior_id",
            ),
            Card(
                "mandates_of_house",
                "legal.aid.mandate",
                "legal_aid_mandate_action_house",
                (("state", "=", "draft"),),
                (LIAISON,),
                URGENT,
                own="organization_id",
            ),
            Card(
                "requests_returned",
                "legal.aid.service.request",
                "legal_aid_service_request_action",
                (("state", "=", "returned"),),
                (LIAISON,),
                own="organization_id",
            ),
            Card(
                "opinions_of_house",
                "legal.aid.assessment.voice",
                "legal_aid_assessment_voice_action",
                (*MISSING_OPINION, ("kind", "=", "enterprise")),
                (LIAISON,),
                own="organization_id",
            ),
            Card(
                "questions",
                "legal.aid.question",
                "legal_aid_question_action",
                (("state", "=", "referred"),),
                (JUSTICE,),
            ),
            Card(
                "objections",
                "legal.aid.objection",
                "legal_aid_objection_action",
                (("state", "in", ("received", "sent")),),
                (JUSTICE,),
                URGENT,
            ),
            Card(
                "returns",
                "legal.aid.statistical.return",
                "legal_aid_statistical_return_action",
                (("state", "=", "sent"),),
                (JUSTICE,),
                CALM,
            ),
            Card(
                "to_cosign",
                "legal.aid.assessment",
                "legal_aid_assessment_action",
                (("state", "=", "cosign"),),
                (JUSTICE,),
                URGENT,
                own="organization_id",
            ),
            Card(
                "opinions_of_bureau",
                "legal.aid.assessment.voice",
                "legal_aid_assessment_voice_action",
                (*MISSING_OPINION, ("kind", "=", "justice")),
                (JUSTICE,),
                own="city_id",
            ),
            Card(
                "referred",
                "legal.aid.complaint.extract",
                "legal_aid_complaint_extract_action",
                (("kind", "=", "justice"), ("state", "=", "open")),
                (JUSTICE,),
                URGENT,
                own="organization_id",
            ),
            Card(
                "shares",
                "legal.aid.expense.allocation",
                "legal_aid_expense_allocation_action",
                (("state", "=", "proposed"), ("fee_state", "=", "submitted")),
                (FINANCE,),
            ),
            Card(
                "to_pay",
                "legal.aid.payout",
                "legal_aid_payout_action",
                (("state", "in", ("approved", "posted")),),
                (FINANCE,),
                URGENT,
            ),
            Card(
                "returned",
                "legal.aid.payout.line",
                "legal_aid_payout_line_action",
                (("state", "=", "failed"),),
                (FINANCE,),
                URGENT,
            ),
            Card(
                "statements",
                "legal.aid.statement",
                "legal_aid_statement_action",
                (("state", "=", "issued"),),
                (FINANCE,),
                own="organization_id",
            ),
            Card(
                "tax_lists",
                "legal.aid.tax.list",
                "legal_aid_tax_list_action",
                (("state", "=", "draft"),),
                (FINANCE,),
                own="organization_id",
            ),
        ),
    ),
    Section(
        "house",
        (
            Card(
                "house_cases",
                "legal.aid.mandate",
                "legal_aid_mandate_action_house",
                (("state", "=", "issued"), ("case_state", "in", ("assigned", "in_progress"))),
                (LIAISON,),
                CALM,
                own="organization_id",
            ),
            Card(
                "requests_under_way",
                "legal.aid.service.request",
                "legal_aid_service_request_action",
                (("state", "=", "submitted"),),
                (LIAISON,),
                CALM,
                own="organization_id",
            ),
        ),
    ),
    Section(
        "clocks",
        (
            Card(
                "overdue",
                CLOCK,
                "legal_aid_deadline_action",
                (("light", "=", "red"), ("is_mine", "=", True)),
                (OFFICER,),
                URGENT,
            ),
            Card(
                "due_soon",
                CLOCK,
                "legal_aid_deadline_action",
                (("light", "=", "amber"), ("is_mine", "=", True)),
                (OFFICER,),
            ),
            Card(
                "overdue_below",
                CLOCK,
                "legal_aid_deadline_action",
                (("light", "=", "red"), ("is_mine", "=", False)),
                (OFFICER,),
            ),
            Card(
                "overdue_all",
                CLOCK,
                "legal_aid_deadline_action",
                (("light", "=", "red"),),
                (AUDITOR,),
            ),
            Card(
                "silent",
                CASE,
                "legal_aid_case_action",
                (RUNNING, ("is_silent", "=", True)),
                (OFFICER, AUDITOR),
            ),
            Card(
                "formalities",
                CASE,
                "legal_aid_case_action",
                (RUNNING, ("is_urgent", "=", True), ("formalities_date", "=", False)),
                (OFFICER, AUDITOR),
            ),
            Card(
                "major_unreported",
                CASE,
                "legal_aid_case_action",
                (RUNNING, ("is_major", "=", True), ("major_reported_date", "=", False)),
                (OFFICER, AUDITOR),
                URGENT,
            ),
            Card(
                "supervised_overdue",
                CASE,
                "legal_aid_case_action_supervision",
                (RUNNING, ("deadline_light", "=", "red")),
                (JUSTICE,),
            ),
        ),
    ),
    Section(
        "team",
        (
            Card(
                "ledgers_overdue",
                "legal.aid.ledger",
                "legal_aid_ledger_action",
                (("is_overdue", "=", True),),
                (OFFICER, JUSTICE),
            ),
            Card(
                "ledgers_to_check",
                "legal.aid.ledger",
                "legal_aid_ledger_action",
                (("state", "=", "submitted"),),
                (OFFICER,),
                own="organization_id",
            ),
            Card(
                "contracts_ending",
                "legal.aid.contract",
                "legal_aid_contract_action",
                (("state", "=", "active"), ("date_end", "<=", "today +60d")),
                (OFFICER, JUSTICE, AUDITOR),
                CALM,
            ),
            Card(
                "complaints",
                "legal.aid.complaint",
                "legal_aid_complaint_action",
                (("state", "in", ("received", "investigating")),),
                (OFFICER, AUDITOR),
                URGENT,
                own="city_id",
            ),
            Card(
                "removals",
                "legal.aid.removal",
                "legal_aid_removal_action",
                (("state", "in", ("open", "replied")),),
                (OFFICER, JUSTICE, AUDITOR),
            ),
            Card(
                "idle",
                "legal.aid.no.service",
                "legal_aid_no_service_action",
                (("state", "=", "listed"),),
                (OFFICER,),
                own="organization_id",
            ),
            Card(
                "notices",
                "legal.aid.notice",
                "legal_aid_notice_action",
                (("publication_ids", "=", False),),
                (OFFICER,),
                own="organization_id",
            ),
        ),
    ),
    Section(
        "money",
        (
            Card(
                "fees_waiting",
                "legal.aid.expense",
                "legal_aid_expense_action",
                (("state", "=", "submitted"),),
                (OFFICER, FINANCE, AUDITOR),
                CALM,
            ),
            Card(
                "fees_to_pay",
                "legal.aid.expense",
                "legal_aid_expense_action",
                (("state", "in", ("approved", "in_payout")),),
                (OFFICER, FINANCE, AUDITOR),
                CALM,
            ),
            Card(
                "disputed",
                "legal.aid.expense.allocation",
                "legal_aid_expense_allocation_action",
                (("state", "=", "disputed"),),
                (OFFICER, FINANCE, AUDITOR),
            ),
        ),
    ),
)
