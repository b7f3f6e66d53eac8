from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...tools import ids
from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER
from ..organization.wording import join_clauses
from .legal_aid_jurisdiction_mixin import JURISDICTION_TIERS
from .legal_aid_service_request_content_mixin import CONTENT, LIAISON

DRAFT = ("draft", "returned")


class LegalAidServiceRequest(models.Model):
    """What an enterprise union brings before the union above it: a worker's written application, or problems and needs (I4).

    It goes to the county, zone or city above. What it tells, and of whom, stands on ``legal.aid.service.request.private``: of an
    application against its own employer a house union sees number and stage from the moment it is handed in (DESIGN.md
    section 3, rule 7).

    ==========  ======================================================  =======================================
    Step        Who                                                     From → to
    ==========  ======================================================  =======================================
    submit      liaison of the union; officer, for what came on paper   draft, returned → submitted
    accept      officer of the union above: an application becomes a    submitted → accepted
                case, a need gets its answer
    return      officer of the union above, with a coded reason         submitted → returned
    ==========  ======================================================  =======================================
    """

    _name = "legal.aid.service.request"
    _description = "Request of an Enterprise Union"
    _inherit = [
        "legal.aid.link.mixin",
        "legal.aid.service.request.portal.mixin",
        "legal.aid.service.request.need.mixin",
        "legal.aid.service.request.papers.mixin",
        "legal.aid.service.request.content.mixin",
        "legal.aid.workflow.mixin",
        "legal.aid.logged.mixin",
        "legal.aid.followed.mixin",
    ]
    _order = "date desc, id desc"
    _checked_links = ("case_id",)

    _workflow_transitions = {
        "draft": ("submitted",),
        "submitted": ("accepted", "returned"),
        "returned": ("submitted",),
    }
    _workflow_fields = frozenset(
        {
            "name",
            "state",
            "submitted_date",
            "submitted_by_id",
            "decided_date",
            "decided_by_id",
            "answer",
            "reason_id",
            "return_note",
            "case_id",
        }
    )
    _workflow_facts = dict.fromkeys(
        (
            *CONTENT,
            "kind",
            "date",
            "organization_id",
            "is_paper",
            "employer_is_ours",
            "employer_name",
            "employer_organization_id",
            "employer_place_id",
            "headcount",
            "worker_agrees",
            "need_kind",
            "wished_date",
            "place",
        ),
        DRAFT,
    )

    name = fields.Char(string="Number", readonly=True, copy=False, index="trigram")
    kind = fields.Selection(
        selection=[("application", "Application for a Worker"), ("need", "Problem or Need")],
        default="application",
        required=True,
        index=True,
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "Handed In"),
            ("returned", "Returned"),
            ("accepted", "Taken Up"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    date = fields.Date(
        required=True,
        default=legal_today,
        help="The day the union wrote it, also for what came on paper.",
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Requesting Union",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self._get_default_organization(),
    )
    receiver_id = fields.Many2one(
        comodel_name="union.organization",
        string="Goes To",
        compute="_compute_receiver_id",
        store=True,
        compute_sudo=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The county, zone or city above the requesting union.",
    )
    is_paper = fields.Boolean(string="Came on Paper", help="An officer registers what the union handed in on paper.")
    employer_is_ours = fields.Boolean(
        string="Against Our Own Enterprise", default=True, help="The worker's employer is the house of this union."
    )
    employer_name = fields.Char(
        string="Employer", compute="_compute_employer", store=True, readonly=False, compute_sudo=True
    )
    # For the conflict check only (I11).
    employer_key = fields.Char(
        compute="_compute_employer_key", store=True, index="btree_not_null", groups=fields.NO_ACCESS
    )
    employer_organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Employer's Union",
        compute="_compute_employer",
        store=True,
        readonly=False,
        compute_sudo=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    employer_place_id = fields.Many2one(
        comodel_name="union.organization",
        string="Employer's Place",
        ondelete="restrict",
        domain=[("tier", "in", JURISDICTION_TIERS)],
    )
    is_against_own_house = fields.Boolean(
        compute="_compute_is_against_own_house",
        store=True,
        compute_sudo=True,
        help="An application against the employer whose union this is.",
    )
    headcount = fields.Integer(string="Workers", default=1, help="How many workers it is about.")
    submitted_date = fields.Date(readonly=True, copy=False)
    submitted_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    decided_date = fields.Date(string="Answered On", readonly=True, copy=False)
    decided_by_id = fields.Many2one(
        comodel_name="res.users", string="Answered By", readonly=True, copy=False, ondelete="restrict"
    )
    reason_id = fields.Many2one(
        comodel_name="legal.aid.reason", string="Why Returned", readonly=True, copy=False, ondelete="restrict"
    )
    return_note = fields.Text(string="What to Change", readonly=True, copy=False, help="Names nobody.")
    case_id = fields.Many2one(
        comodel_name="legal.aid.case", readonly=True, copy=False, ondelete="restrict", index="btree_not_null"
    )
    case_number = fields.Char(related="case_id.name")
    case_state = fields.Selection(
        selection=lambda self: self.env["legal.aid.case"]._fields["state"]._description_selection(self.env),
        string="Stage of the Case",
        compute="_compute_case_state",
        compute_sudo=True,
    )
    is_closed_to_us = fields.Boolean(compute="_compute_rights")
    is_editable = fields.Boolean(compute="_compute_rights")
    can_decide = fields.Boolean(compute="_compute_rights")

    _headcount_positive = models.Constraint(
        "CHECK(headcount >= 1)", "A request is about at least one worker. Enter how many."
    )
    _name_unique = models.UniqueIndex("(name) WHERE name IS NOT NULL", "Another request has this number. Try again.")

    # Defaults

    @api.model
    def _get_default_organization(self):
        """The liaison's own union; an officer chooses whose paper it is."""
        unions = self.env.user.union_organization_ids
        return unions.filtered(lambda union: union.tier not in JURISDICTION_TIERS)[:1]

    # Compute

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for request in self:
            request.display_name = request.name or self.env._("New request")

    @api.depends("organization_id")
    def _compute_receiver_id(self):
        for request in self:
            union = request.organization_id
            request.receiver_id = union and union._get_superior(*JURISDICTION_TIERS)

    @api.depends("organization_id", "employer_is_ours")
    def _compute_employer(self):
        for request in self:
            union = request.organization_id
            if request.employer_is_ours and union:
                request.employer_organization_id = union
                request.employer_name = union._get_employer_name()
            elif not request.employer_is_ours and request.employer_organization_id == union:
                request.employer_organization_id = False
                request.employer_name = False

    @api.depends("employer_name")
    def _compute_employer_key(self):
        for request in self:
            request.employer_key = ids.normalise_name(request.employer_name) or False

    @api.depends("kind", "organization_id", "employer_is_ours", "employer_name", "employer_organization_id")
    def _compute_is_against_own_house(self):
        for request in self:
            request.is_against_own_house = request.kind == "application" and request._is_own_employer()

    @api.depends("case_id.state")
    def _compute_case_state(self):
        for request in self:
            request.case_state = request.case_id.state

    @api.depends("state", "receiver_id", "is_against_own_house")
    @api.depends_context("uid")
    def _compute_rights(self):
        writable = self._origin._filtered_access("write")
        for request in self:
            request.is_closed_to_us = (
                request.is_against_own_house and request.state not in DRAFT and not request._is_of_receiver()
            )
            may_write = not request._origin or request._origin in writable
            request.is_editable = may_write and request.state in DRAFT
            request.can_decide = request.state == "submitted" and request._is_of_receiver()

    # Constraints

    @api.constrains("organization_id")
    def _check_organization(self):
        for request in self:
            if request.organization_id.tier in JURISDICTION_TIERS:
                raise ValidationError(
                    self.env._(
                        "%(union)s handles cases itself. Choose the enterprise, institution or grassroots union that requests.",
                        union=request.organization_id.name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        requests = super().create(vals_list)
        # Everybody who writes one draws its number; only administrators look after the numbering itself.
        sequences_sudo = self.env["ir.sequence"].sudo()
        for request in requests:
            number = sequences_sudo.next_by_code("legal.aid.service.request", sequence_date=request.date)
            request.sudo()._workflow_write({"name": number})
        return requests

    # Actions

    def action_submit(self):
        """Hand in to the union above, whose officers are told by number only."""
        self.check_access("write")
        self._check_state(*DRAFT)
        self._raise_reasons(self._get_cannot_submit_reason())
        today = legal_today(self)
        for request in self:
            vals = {
                "submitted_date": today,
                "submitted_by_id": self.env.user.id,
                "reason_id": False,
                "return_note": False,
            }
            # From here on the house of the employer may not write what it handed in.
            request_sudo = request.sudo()
            request_sudo._transition("submitted", vals)
            request_sudo._notify(
                request_sudo._get_officers(),
                lambda env, number=request.name, union=request_sudo.organization_id.name: env._(
                    "%(union)s handed in request %(number)s. Open it to accept or return it.",
                    number=number,
                    union=union,
                ),
            )
        return True

    def action_accept(self, note=""):
        """Take it up: an application becomes a draft case without retyping, which is opened; a need gets its answer.

        :param note: the answer to a need; a dialog asks when called without
        """
        self._check_receiver()
        self._check_state("submitted")
        needs = self.filtered(lambda request: request.kind == "need")
        if needs and not (note or "").strip():
            return self.env["legal.aid.reason.dialog"]._open(self, "action_accept", False, self.env._("Answer"))
        for request in self:
            if request.kind == "need":
                request._decide("accepted", {"answer": note})
            else:
                case = self.env["legal.aid.case"].create(request._prepare_case())
                request._file_page(case)
                request.paper_ids._file_in(case)
                request._decide("accepted", {"case_id": case.id})
        cases = (self - needs).case_id
        return cases._get_records_action() if cases else True

    def action_return(self, reason_code=None, note=""):
        """Send it back with a coded reason; opens a dialog when called without.

        :param note: what to change; the requesting union reads it, so it names nobody
        """
        if not reason_code:
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_return", "return_request", self.env._("Return")
            )
        reason = self.env["legal.aid.reason"]._get_coded("return_request", reason_code)
        self._check_receiver()
        self._check_state("submitted")
        for request in self:
            request._decide("returned", {"reason_id": reason.id, "return_note": note})
        return True

    # Business

    def _is_own_employer(self):
        """Whether the employer is the house of the requesting union, by its union or by its name, whatever box was ticked."""
        self.ensure_one()
        union = self.organization_id
        if not union or union.tier in JURISDICTION_TIERS:
            return False
        named = union._find_houses({ids.normalise_name(self.employer_name)} - {""}, set())
        employers = self.employer_organization_id | named
        return self.employer_is_ours or any(
            (union.house_id and union.house_id == employer.house_id) or employer._is_at_or_below(union)
            for employer in employers
        )

    def _is_of_receiver(self):
        """Whether the user is an officer of the union to which it goes, or of one above."""
        self.ensure_one()
        return self.env.user.has_group(OFFICER) and self._is_at_receiver()

    def _check_receiver(self):
        self.check_access("read")
        for request in self:
            if not request._is_of_receiver():
                raise AccessError(
                    self.env._(
                        "Request %(number)s is answered by %(union)s. Ask its officers.",
                        number=request.name,
                        union=request.receiver_id.name,
                    )
                )

    def _get_cannot_submit_reason(self):
        reasons = {}
        for request in self:
            missing = request._get_missing_details()
            reasons[request] = False
            if missing:
                reasons[request] = self.env._(
                    "Request %(number)s is not complete. Missing: %(missing)s.",
                    number=request.name,
                    missing=join_clauses(self.env, missing),
                )
            elif request.date > legal_today(self):
                reasons[request] = self.env._(
                    "The date of request %(number)s lies in the future. Correct it.", number=request.name
                )
        return reasons

    def _decide(self, state, vals):
        """Answer, and tell the requesting union, by number only."""
        self.ensure_one()
        self._transition(
            state,
            {**vals, "decided_date": legal_today(self), "decided_by_id": self.env.user.id},
        )
        self._notify(
            (self.submitted_by_id | self._get_liaisons()) - self.env.user,
            lambda env: env._(
                "Request %(number)s: %(state)s.",
                number=self.name,
                state=self.with_env(env)._get_state_label(state),
            ),
        )

    def _get_officers(self):
        return self.receiver_id.user_ids.filtered(
            lambda user: user.active and user != self.env.user and user.has_group(OFFICER)
        )

    def _get_liaisons(self):
        return self.organization_id.user_ids.filtered(
            lambda user: user.active and any(user.has_group(group) for group in LIAISON)
        )

    def _notify(self, users, body):
        """One notice to each of ``users`` in his language, with nothing but the number (V6)."""
        self.ensure_one()
        self.env["legal.aid.notification"]._tell(
            users, lambda env: env._("Request %(number)s", number=self.name), body, self
        )

    def _prepare_case(self):
        """Everything that the union wrote already."""
        self.ensure_one()
        return {
            "source": "union",
            "application_manner": "union",
            "application_date": self.submitted_date,
            "applicant_name": self.applicant_name,
            "applicant_id_number": self.applicant_id_number,
            "applicant_phone": self.applicant_phone,
            "applicant_kind": self.applicant_kind,
            "is_union_member": self.is_union_member,
            "headcount": self.headcount,
            "employer_name": self.employer_name,
            "employer_organization_id": self.employer_organization_id.id,
            "employer_place_id": self.employer_place_id.id,
            "matter_id": self.matter_id.id,
            "description": self.description,
        }

    def _file_page(self, case):
        """The stamped page goes to the papers of the case as well."""
        self.ensure_one()
        twin = self._get_private().get(self.id)
        if twin and twin.page:
            case.action_add_document(
                kind="application",
                filename=twin.page_name or "",
                content=twin._get_page_content(),
                confidentiality="sensitive",
                name=self.name,
            )

    def _get_access_log_union(self):
        # Who read what a worker told is no business of his employer's house.
        return self.receiver_id

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """What officers write to each other on a request is not for the house union."""
        insiders = (OFFICER, "union_legal_aid.group_auditor")
        if message_operation == "read" and not any(self.env.user.has_group(group) for group in insiders):
            return dict.fromkeys(self, "unlink")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)
