from dataclasses import dataclass, field

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...tools import periods
from ...tools.i18n import _lt
from ..organization.legal_day import legal_today

OFFICER = "group_officer"
MANAGER = "group_manager"
FINANCE = "group_finance"
JUSTICE = "group_justice"
AUDITOR = "group_auditor"

URGENT, WAITING, CALM = "danger", "warning", "secondary"


@dataclass(frozen=True)
class Card:
    """One number of a home page: the records of ``model`` that match ``domain``, opened by ``action`` with the same condition.

    ``own``, a field, leaves out what belongs to unions below one's own: it waits for somebody else. ``mine``, a field, leaves what
    waits for this very user.
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
}
SECTION_LABELS = {
    "waiting": _lt("Waiting for you"),
    "clocks": _lt("Clocks"),
    "team": _lt("The team"),
    "money": _lt("Money"),
}
FIGURE_LABELS = {
    "consultation.records": _lt("Consultations"),
    "application.records": _lt("Applications"),
    "granted.records": _lt("Granted"),
    "granted.persons": _lt("Workers helped"),
    "closed.records": _lt("Closed"),
    "closed.amount": _lt("Recovered for workers (yuan)"),
    "fee.amount": _lt("Fees paid (yuan)"),
}

CASE, CLOCK = "legal.aid.case", "legal.aid.deadline"
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
                "activities",
                "legal.aid.activity",
                "legal_aid_activity_action",
                (("state", "=", "reported"),),
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
            ),
            Card(
                "removals",
                "legal.aid.removal",
                "legal_aid_removal_action",
                (("state", "in", ("open", "replied")),),
                (OFFICER, JUSTICE, AUDITOR),
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

# What the figures of the month show: kind of row, measure, and whether it is money.
FIGURES = (
    ("consultation", "records", False),
    ("application", "records", False),
    ("granted", "records", False),
    ("granted", "persons", False),
    ("closed", "records", False),
    ("closed", "amount", True),
    ("fee", "amount", True),
)


class LegalAidHome(models.AbstractModel):
    """The home page of each role (V5): what waits for me, what is due or overdue, and the figures of this month.

    Everything is counted at the moment and under the rights of whoever looks. A number opens the list of exactly what was counted.
    """

    _name = "legal.aid.home"
    _description = "Home Page"

    # Actions

    @api.model
    def get_page(self):
        """What the page shows: ``{"sections": [{"title", "cards": […]}], "figures": […]}``, all in the reader's language."""
        self._check_reader()
        sections = []
        for section in SECTIONS:
            cards = [self._count_card(card) for card in section.cards if self._is_shown(card)]
            if cards:
                sections.append({"title": self.env._(SECTION_LABELS[section.code]), "cards": cards})
        return {"sections": sections, **self._get_figures()}

    @api.model
    def open_card(self, code):
        """The list behind a number, with the very condition it was counted by.

        :raises AccessError: for a number that is not on this user's page
        """
        for section in SECTIONS:
            for card in section.cards:
                if card.code == code and self._is_shown(card):
                    action = self.env["ir.actions.act_window"]._for_xml_id(f"union_legal_aid.{card.action}")
                    return {
                        **action,
                        "domain": list(self._get_domain(card)),
                        "context": {},
                        "name": self.env._(CARD_LABELS[card.code]),
                    }
        raise AccessError(self.env._("There is no number “%(code)s” on your home page.", code=code))

    # Business

    def _check_reader(self):
        if not any(self.env.user.has_group(f"union_legal_aid.{name}") for name in (OFFICER, FINANCE, JUSTICE, AUDITOR)):
            raise AccessError(self.env._("This home page is for the people of the unions and the justice bureau."))

    def _is_shown(self, card):
        has_group = self.env.user.has_group
        return any(has_group(f"union_legal_aid.{name}") for name in card.groups) and self.env[card.model].has_access(
            "read"
        )

    def _get_domain(self, card):
        domain = Domain(list(card.domain))
        if card.own:
            domain &= Domain(card.own, "in", self.env.user.access_organization_ids.ids)
        if card.mine:
            domain &= Domain(card.mine, "in", self.env.user.ids)
        return domain

    def _count_card(self, card):
        count = self.env[card.model].search_count(self._get_domain(card))
        return {
            "code": card.code,
            "label": self.env._(CARD_LABELS[card.code]),
            "count": count,
            "tone": card.tone if count else "light",
        }

    def _get_figures(self):
        """The figures of this month, the month before and this year; empty where the user reads no statistics."""
        statistic = self.env["legal.aid.statistic"]
        if not statistic.has_access("read"):
            return {"figures": []}
        today = legal_today(self)
        month, year = today.replace(day=1), today.replace(month=1, day=1)
        before = periods.month_before(today)
        sums = {"month": {}, "before": {}, "year": {}}
        groups = statistic._read_group(
            [
                ("date", ">=", min(before, year)),
                ("date", "<=", today),
                ("kind", "in", sorted({kind for kind, _measure, _is_money in FIGURES})),
            ],
            ["kind", "date:month"],
            ["records:sum", "persons:sum", "amount:sum"],
        )
        for kind, day, *values in groups:
            measures = dict(zip(("records", "persons", "amount"), values, strict=True))
            day = fields.Date.to_date(day)
            for name, counts in (("month", day == month), ("before", day == before), ("year", day >= year)):
                if counts:
                    for measure, value in measures.items():
                        key = (kind, measure)
                        sums[name][key] = sums[name].get(key, 0) + (value or 0)
        return {
            "figures": [
                {
                    "label": self.env._(FIGURE_LABELS[f"{kind}.{measure}"]),
                    **{
                        name: f"{sums[name].get((kind, measure), 0):,.2f}"
                        if is_money
                        else f"{sums[name].get((kind, measure), 0):,.0f}"
                        for name in sums
                    },
                }
                for kind, measure, is_money in FIGURES
            ]
        }
