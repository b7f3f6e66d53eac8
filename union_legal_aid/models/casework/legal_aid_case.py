from odoo import api, fields, models
from odoo.fields import Domain

from .legal_aid_case_closing_mixin import CLOSING_FIELDS
from .legal_aid_case_house_mixin import CONSENT_FIELDS
from .legal_aid_case_leaving_mixin import LEAVING_FIELDS
from .legal_aid_case_major_mixin import MAJOR_FIELDS

DRAFT = ("draft", "supplement")
RUNNING = ("draft", "submitted", "supplement", "granted", "assigned", "in_progress")


class LegalAidCase(models.Model):
    """A worker's case, from the application to the archive. The case is its number; it shows nothing personal.

    ======================  ==============================================  ======================================
    Step                    Who                                             From → to
    ======================  ==============================================  ======================================
    submit                  officer of the union in charge                  draft, supplement → submitted
    request supplement      officer, once                                   submitted → supplement
    grant, refuse           leader by approval rule, never the submitter    submitted → granted, refused
    withdraw                officer                                         draft, submitted, supplement → withdrawn
    assign                  officer                                         granted → assigned
    accept, decline         the assigned lawyer                             assigned → in_progress, granted
    change lawyer           officer                                         assigned, in_progress → granted, assigned
    close                   the assigned lawyer, officer                    in_progress → closed
    hand in the file        the assigned lawyer; officer for paper          closed, terminated
    review the file         officer, never the lawyer                       accepted, or returned to be handed in again
    archive                 officer, after an accepted review               closed, terminated → archived
    terminate               leader; the lawyer reports a ground             granted, assigned, in_progress → terminated
    set aside               officer, by the justice bureau's decision       refused → submitted; terminated → granted
    reopen                  officer asks, leader approves; or leader        closed, archived, terminated → in_progress,
                                                                            granted; refused, withdrawn → draft
    correct a frozen fact   officer asks, leader approves                   any
    transfer                officer offers, the other union's officer takes the union in charge changes
    ======================  ==============================================  ======================================

    A lawyer who reported the case himself is mandated by the signature of the grant where contact point and union in
    charge are one union: submitted → granted → assigned in one act. His first work log accepts the case.
    """

    _name = "legal.aid.case"
    _description = "Case"
    _inherit = [
        "legal.aid.employer.suggestion.mixin",
        "legal.aid.employer.name.mixin",
        "legal.aid.jurisdiction.mixin",
        "legal.aid.case.scope.mixin",
        "legal.aid.case.hardship.mixin",
        "legal.aid.case.overlap.mixin",
        "legal.aid.case.urgent.mixin",
        "legal.aid.case.gate.mixin",
        "legal.aid.case.supplement.mixin",
        "legal.aid.case.objection.mixin",
        "legal.aid.case.queue.mixin",
        "legal.aid.case.report.mixin",
        "legal.aid.case.card.mixin",
        "legal.aid.case.manner.mixin",
        "legal.aid.case.intake.mixin",
        "legal.aid.case.duplicate.mixin",
        "legal.aid.case.decision.mixin",
        "legal.aid.case.leaving.mixin",
        "legal.aid.case.lawyer.change.mixin",
        "legal.aid.case.assignment.mixin",
        "legal.aid.case.mandate.mixin",
        "legal.aid.case.conflict.mixin",
        "legal.aid.case.lawyer.conflict.mixin",
        "legal.aid.case.employer.mixin",
        "legal.aid.case.house.mixin",
        "legal.aid.case.progress.mixin",
        "legal.aid.case.group.mixin",
        "legal.aid.case.persons.mixin",
        "legal.aid.case.major.mixin",
        "legal.aid.case.question.mixin",
        "legal.aid.case.letter.mixin",
        "legal.aid.case.archive.mixin",
        "legal.aid.case.lock.mixin",
        "legal.aid.case.work.mixin",
        "legal.aid.case.closing.mixin",
        "legal.aid.case.file.mixin",
        "legal.aid.case.termination.mixin",
        "legal.aid.case.reopen.mixin",
        "legal.aid.case.history.mixin",
        "legal.aid.case.quality.mixin",
        "legal.aid.stamped.mixin",
        "legal.aid.case.transfer.mixin",
        "legal.aid.case.issue.mixin",
        "legal.aid.case.cron.mixin",
        "legal.aid.case.dispute.mixin",
        "legal.aid.case.next.step.mixin",
        "legal.aid.case.reader.mixin",
        "legal.aid.logged.mixin",
        "legal.aid.followed.mixin",
        "legal.aid.deadline.mixin",
        "legal.aid.approval.mixin",
    ]
    _order = "application_date desc, id desc"
    _rec_names_search = ["name"]
    _access_log_fields = frozenset({"urgent_reason"})

    _workflow_transitions = {
        "draft": ("submitted", "withdrawn"),
        "submitted": ("supplement", "granted", "refused", "withdrawn"),
        "supplement": ("submitted", "withdrawn"),
        "granted": ("assigned", "terminated"),
        "assigned": ("in_progress", "granted", "terminated"),
        "in_progress": ("closed", "granted", "terminated"),
        "closed": ("archived", "in_progress"),
        "archived": ("in_progress", "granted"),
        "terminated": ("archived", "in_progress", "granted"),
        "refused": ("draft", "submitted"),
        "withdrawn": ("draft",),
    }
    _workflow_fields = frozenset(
        {
            "name",
            "state",
            "approval_state",
            "approval_request_id",
            "policy_id",
            "submitted_date",
            "submitted_by_id",
            "supplement_requested_date",
            "supplement_note",
            "granted_date",
            "granted_by_id",
            "decision_date",
            "decision_reason_id",
            "decision_note",
            "assigned_date",
            "accepted_date",
            "mandate_id",
            "outcome",
            "amount_recovered",
            "closing_summary",
            "reopen_note",
            *CLOSING_FIELDS,
            "closed_date",
            "file_received_date",
            "archived_date",
            "silence_told_on",
            "transfer_organization_id",
            "transfer_reason",
            "hardship_standard_id",
            "formalities_date",
            "is_imported",
            "former_number",
            *CONSENT_FIELDS,
            *MAJOR_FIELDS,
            *LEAVING_FIELDS,
        }
    )
    _workflow_initial = {"name": "/", "state": "draft", "approval_state": "none"}
    _workflow_facts = {
        **dict.fromkeys(
            (
                "application_date",
                "application_manner",
                "card_id",
                "source",
                "applicant_name",
                "applicant_id_number",
                "applicant_kind",
                "employer_name",
                "employer_uscc",
                "employer_organization_id",
                "employer_place_id",
                "matter_id",
                "service_form",
                "amount_claimed",
                "currency_id",
                "scope_id",
                "hardship_basis",
                "hardship_waiver_ground",
                "hardship_note",
                "family_income",
                "organization_id",
                "jurisdiction_rule",
                "jurisdiction_override_reason",
                "priority",
            ),
            DRAFT,
        ),
        # What the leader waits for, and what comes to light later: proofs, and who else received the application.
        **dict.fromkeys(("hardship_checked_date", "hardship_source", "hardship_proof_id"), (*DRAFT, "submitted")),
        **dict.fromkeys(
            (
                "first_receiver",
                "first_received_date",
                "union_received_at",
                "government_received_at",
                "government_office",
                "overlap_scope",
                "overlap_document_id",
                "cooperation_sent_date",
                "cooperation_answered_date",
                "cooperation_answer",
            ),
            (*RUNNING, "closed", "archived"),
        ),
        **dict.fromkeys(("contact_point_id", "volunteer_id"), (*DRAFT, "granted")),
        **dict.fromkeys(
            (
                "applicant_phone",
                "applicant_address",
                "agent_name",
                "agent_phone",
                "agent_relation",
                "visit_date",
                "visit_place_kind",
                "visit_place",
                "recorded_by_id",
                "description",
                "medical_note",
                "headcount",
                "is_union_member",
                "is_urgent",
                "urgent_ground",
                "urgent_reason",
                "urgent_limit_date",
                "urgent_since",
                "tribunal_name",
                "tribunal_case_number",
            ),
            RUNNING,
        ),
        "agency_signed_date": ("assigned", "in_progress"),
        # How long the file is kept is decided in the archive.
        "is_permanent": (*RUNNING, "closed", "terminated", "archived"),
    }
    _approval_from = ("submitted",)
    # Nothing personal: finance and auditors read requests for approval.
    _approval_facts = (
        "organization_id",
        "contact_point_id",
        "applicant_kind",
        "applicant_id_hash",
        "employer_organization_id",
        "employer_place_id",
        "matter_id",
        "service_form",
        "amount_claimed",
        "hardship_basis",
        "headcount",
        "priority",
        "volunteer_id",
        "scope_id",
        "first_receiver",
        "overlap_scope",
    )

    name = fields.Char(string="Case Number", default="/", required=True, readonly=True, copy=False, index="trigram")
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("supplement", "Papers missing"),
            ("granted", "Granted"),
            ("assigned", "Assigned"),
            ("in_progress", "In progress"),
            ("closed", "Closed"),
            ("archived", "Archived"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
            ("terminated", "Terminated"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
        group_expand="_expand_states",
    )
    party_ids = fields.One2many(
        comodel_name="legal.aid.case.party", inverse_name="case_id", string="Parties", copy=False
    )
    amount_recovered = fields.Monetary(readonly=True, copy=False, tracking=True)
    can_handle = fields.Boolean(compute="_compute_can_handle")
    can_answer = fields.Boolean(compute="_compute_can_handle")
    is_editable = fields.Boolean(compute="_compute_can_handle")
    is_open = fields.Boolean(compute="_compute_can_handle")

    _name_unique = models.UniqueIndex("(name) WHERE name != '/'", "Another case has this number already. Try again.")

    _amount_recovered_positive = models.Constraint(
        "CHECK(amount_recovered >= 0)", "The amount recovered cannot be negative. Enter it in yuan."
    )

    # Compute

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for case in self:
            case.display_name = self.env._("New case") if case.name == "/" else case.name

    @api.depends("state", "volunteer_id")
    @api.depends_context("uid")
    def _compute_can_handle(self):
        """What this user may do with the case, for the buttons of the form; the steps themselves check again."""
        writable = self._origin._filtered_access("write")
        for case in self:
            # Whether the lawyer has a login decides who answers for him, whoever looks.
            lawyer_user = case.sudo().volunteer_id.user_id
            case.can_handle = not case._origin or case._origin in writable
            case.is_editable = case.can_handle and case.state in DRAFT
            case.is_open = case.can_handle and case.state in RUNNING
            case.can_answer = case.state == "assigned" and (
                lawyer_user == self.env.user or not lawyer_user and case.can_handle
            )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        cases._draw_numbers()
        cases._sync_parties()
        cases.filtered("is_urgent")._run_formalities()
        return cases

    def write(self, vals):
        unions = {case: case.organization_id for case in self}
        result = super().write(vals)
        # A draft that turns out to be another union's gets that union's number.
        self.filtered(lambda case: case.state == "draft" and case.organization_id != unions[case])._draw_numbers()
        if vals.get("agency_signed_date"):
            self._settle_agency_clock()
        if any(name.startswith(("applicant_", "employer_")) for name in vals):
            self._sync_parties()
        return result

    # Business

    @api.model
    def _expand_states(self, states, domain):
        """The columns of the kanban: the way of a case in its order, and what else there is."""
        way = {"submitted", "granted", "assigned", "in_progress", "closed"}
        return [state for state, _label in self._fields["state"].selection if state in way or state in states]

    def _get_access_log_domain(self):
        """The rows about the case, its papers, mandates and parties."""
        self.ensure_one()
        case_sudo = self.sudo()  # the numbers of records say nothing
        papers = [case_sudo.all_document_ids, case_sudo.mandate_ids, case_sudo.party_ids]
        return Domain.OR(
            Domain("res_model", "=", records._name) & Domain("res_id", "in", records.ids) for records in (self, *papers)
        )

    def _draw_numbers(self):
        for case in self:
            case._workflow_write({"name": case.organization_id._next_case_number(case.application_date)})

    def _sync_parties(self):
        """Keep the applicant and the employer among the parties, where they are looked up in any role (I11)."""
        lines = []
        for case in self._workflow_env():  # a phone number may change when the lines themselves are closed
            main = case.party_ids.filtered("is_main").grouped("role")
            # A step of somebody who may not read them keeps the parties in order, too.
            for role, vals in case.sudo()._prepare_main_parties().items():
                party = main.get(role)
                if party:
                    party.write(vals)
                elif vals["name"]:
                    lines.append({"case_id": case.id, "role": role, "is_main": True, **vals})
        self._workflow_env().env["legal.aid.case.party"].create(lines)

    def _prepare_main_parties(self):
        self.ensure_one()
        return {
            "applicant": {
                "kind": "organization" if self.applicant_kind == "union_organization" else "person",
                "name": self.applicant_name,
                "id_number": self.applicant_id_number,
                "phone": self.applicant_phone,
            },
            "respondent": {
                "kind": "organization",
                "name": self.employer_name,
                "id_number": self.employer_uscc,
                "organization_id": self.employer_organization_id.id,
            },
        }
