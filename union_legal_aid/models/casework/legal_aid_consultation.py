from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools import ids, masking
from ..organization.legal_day import legal_today
from ..organization.personal_fields import AUDITOR, MASK_READERS, OFFICER, PrivateChar
from ..organization.wording import join_names
from .legal_aid_case_intake_mixin import APPLICANT_KINDS
from .legal_aid_case_manner_mixin import AGENT_RELATIONS
from .legal_aid_consultation_answer_mixin import HANDLERS

PORTAL_FIELDS = frozenset(
    {
        "date",
        "channel",
        "institution_id",
        "follow_up_date",
        "caller_name",
        "caller_phone",
        "caller_kind",
        "matter_id",
        "question",
        "answer",
        "employer_name",
        "employer_organization_id",
        "employer_place_id",
        "contact_point_id",
    }
)


class LegalAidConsultation(models.Model):
    """A worker's question and the answer, taken by an officer or a lawyer of the team (I1, I2).

    Open to every worker without any test, and without a name. What may become a case is reported to the contact-point
    union, whose officer turns it into a case without retyping.

    ==================  =======================================  ==========================
    Step                Who                                      From → to
    ==================  =======================================  ==========================
    report              the lawyer who took it, officers         open, declined → reported
    decline report      officers of the unions concerned         reported → declined
    create case         officers of the union in charge          open, reported, declined → case
    ==================  =======================================  ==========================
    """

    _name = "legal.aid.consultation"
    _description = "Consultation"
    _inherit = [
        "legal.aid.link.mixin",
        "legal.aid.employer.suggestion.mixin",
        "legal.aid.jurisdiction.mixin",
        "legal.aid.consultation.report.mixin",
        "legal.aid.consultation.answer.mixin",
        "legal.aid.private.mixin",
        "legal.aid.workflow.mixin",
        "legal.aid.logged.mixin",
        "mail.thread",
    ]
    _order = "date desc, id desc"
    _checked_links = ("case_id",)

    _private_model = "legal.aid.consultation.private"
    _private_parent = "consultation_id"
    _access_log_fields = frozenset({"question", "answer", "decline_note"})

    _workflow_transitions = {
        "open": ("reported", "case"),
        "reported": ("case", "declined"),
        "declined": ("reported", "case"),
    }
    _workflow_fields = frozenset(
        {
            "state",
            "name",
            "answered_by_id",
            "answered_date",
            "reported_date",
            "reported_by_id",
            "reminded_date",
            "decline_date",
            "decline_by_id",
            "decline_reason_id",
            "decline_note",
            "case_id",
        }
    )
    _workflow_initial = {"state": "open"}

    name = fields.Char(string="Number", readonly=True, copy=False, index=True)
    state = fields.Selection(
        selection=[
            ("open", "On Record"),
            ("reported", "Reported"),
            ("declined", "Not Taken Up"),
            ("case", "Became a Case"),
        ],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    date = fields.Date(required=True, default=legal_today)
    private_ids = fields.One2many(
        comodel_name="legal.aid.consultation.private", inverse_name="consultation_id", groups=HANDLERS, copy=False
    )
    caller_name = PrivateChar(mask="name", groups=HANDLERS, help="Empty for a caller who stays anonymous.")
    caller_phone = PrivateChar(mask="phone", groups=HANDLERS)
    agent_name = PrivateChar(
        mask="name", groups=OFFICER, help="Who asks for the worker: a relative, a colleague, the union at the employer."
    )
    agent_relation = fields.Selection(selection=AGENT_RELATIONS, string="Relation to the Worker", groups=OFFICER)
    card_id = fields.Many2one(
        comodel_name="legal.aid.card",
        string="Aid Card",
        ondelete="restrict",
        index="btree_not_null",
        groups=f"{OFFICER},{AUDITOR}",
        help="The aid card (法律援助卡) with which the caller asks.",
    )
    caller_masked = fields.Char(
        string="Caller", compute="_compute_caller_masked", compute_sudo=True, groups=f"{HANDLERS},{MASK_READERS}"
    )
    caller_kind = fields.Selection(selection=APPLICANT_KINDS, string="Kind of Caller")
    matter_id = fields.Many2one(comodel_name="legal.aid.matter", required=True, ondelete="restrict", index=True)
    contact_point_id = fields.Many2one(
        comodel_name="union.organization",
        string="Contact-point Union",
        compute="_compute_contact_point_id",
        store=True,
        precompute=True,
        readonly=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The union that the lawyer serves, or the union that took the call.",
    )
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        ondelete="restrict",
        index="btree_not_null",
        help="The lawyer who took the call; empty when an officer took it.",
    )
    employer_key = fields.Char(
        compute="_compute_employer_key",
        store=True,
        index="btree_not_null",
        groups=HANDLERS,
        help="For the conflict check.",
    )
    case_id = fields.Many2one(
        comodel_name="legal.aid.case",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )

    # Compute

    @api.depends("employer_name")
    def _compute_employer_key(self):
        for consultation in self:
            consultation.employer_key = ids.normalise_name(consultation.employer_name) or False

    @api.depends("caller_name", "caller_phone")
    @api.depends_context("lang")
    def _compute_caller_masked(self):
        for consultation in self:
            name = masking.mask("name", consultation.caller_name) or self.env._("Anonymous")
            phone = masking.mask("phone", consultation.caller_phone)
            consultation.caller_masked = f"{name} {phone}".strip()

    @api.depends("volunteer_id", "organization_id", "employer_organization_id")
    def _compute_contact_point_id(self):
        for consultation in self:
            chosen = consultation.contact_point_id
            if consultation.volunteer_id:
                # Which unions a lawyer serves decides, also for people who may not open his record.
                served = consultation.volunteer_id.sudo().contact_point_ids
                consultation.contact_point_id = (
                    chosen if chosen in served else consultation._choose_contact_point(served)
                )
            else:
                consultation.contact_point_id = (
                    chosen or consultation._get_own_jurisdiction() or consultation.organization_id
                )

    # Constraints

    @api.constrains("card_id", "date")
    def _check_card(self):
        for consultation in self.filtered("card_id"):
            problem = consultation.card_id._get_problem(consultation.date)
            if problem:
                raise ValidationError(problem)

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        consultations = super().create(vals_list)
        # Everybody who may log a call draws its number; only administrators look after the numbering itself.
        sequences_sudo = self.env["ir.sequence"].sudo()
        for consultation in consultations:
            number = sequences_sudo.next_by_code("legal.aid.consultation", sequence_date=consultation.date)
            consultation.sudo()._workflow_write({"name": number})
        return consultations

    # Actions

    def action_create_case(self):
        """Register the application of each consultation as a draft case and open it."""
        self.check_access("write")
        self._check_state("open", "reported", "declined")
        cases = self.env["legal.aid.case"]
        for consultation in self:
            case = self.env["legal.aid.case"].create(consultation._prepare_case())
            is_reported = consultation.state == "reported"
            consultation._transition("case", {"case_id": case.id})
            if is_reported:
                consultation._notify_reporter(
                    lambda env, number=consultation.name, case_number=case.name: env._(
                        "The union registered your report %(number)s as case %(case)s and decides on it now.",
                        number=number,
                        case=case_number,
                    )
                )
            cases |= case
        return cases._get_records_action() if len(cases) != 1 else self.action_open_case()

    def action_ask_question(self):
        """Open the page on which the officer asks the justice bureau about this call (C5)."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Difficult Question"),
            "res_model": "legal.aid.question",
            "views": [(False, "form")],
            "context": {"default_consultation_id": self.id},
        }

    def action_log(self):
        """The entry dialog is done: say under which number the call is on record."""
        self.ensure_one()
        self.check_access("read")
        message = self.env._("The call is on record as %(number)s.", number=self.name)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": message, "next": {"type": "ir.actions.act_window_close"}},
        }

    def action_open_forms(self):
        """The registration sheet (法律援助咨询登记表) as PDF or for Word (C9)."""
        self.ensure_one()
        self.check_access("read")
        return self.env["legal.aid.form.choice"]._open(self)

    def action_open_case(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "legal.aid.case",
            "res_id": self.case_id.id,
            "views": [(False, "form")],
        }

    # Business

    @api.model
    def _create_from_portal(self, volunteer, vals):
        """Log a call that a lawyer took, for the portal page.

        :param volunteer: the lawyer's record; must be the caller's own
        :param vals: values of ``PORTAL_FIELDS``; anything else is refused
        :return: the consultation, under the lawyer's own rights
        """
        volunteer_sudo = volunteer.sudo()
        self._check_portal_vals(volunteer_sudo, vals)
        contact_point = self.env["union.organization"].browse(int(vals.get("contact_point_id") or 0)).exists()
        if contact_point and contact_point not in volunteer_sudo.contact_point_ids:
            raise UserError(
                self.env._(
                    "You do not serve %(contact_point)s. Choose one of your own contact-point unions.",
                    contact_point=contact_point.name,
                )
            )
        own = {key: value for key, value in vals.items() if key != "contact_point_id" or contact_point}
        own["volunteer_id"] = volunteer_sudo.id
        if own.get("employer_name") and not (own.get("employer_organization_id") or own.get("employer_place_id")):
            union, place = self._suggest_employer(own["employer_name"])
            own.update(employer_organization_id=union.id, employer_place_id=place.id)
        if not (own.get("employer_organization_id") or own.get("employer_place_id")):
            # A call without known employer waits at the union that the lawyer serves.
            waiting = contact_point or volunteer_sudo.contact_point_ids[:1] or volunteer_sudo.organization_id
            own["organization_id"] = waiting._get_superior("county", "zone", "city", "province").id
        # Lawyers have no right to create records; they log calls through this method only.
        consultation_sudo = self.sudo().create(own)
        return consultation_sudo.sudo(False)

    @api.model
    def _check_portal_vals(self, volunteer_sudo, vals):
        """A lawyer logs calls for himself only, and sets nothing but what the page asks."""
        if not volunteer_sudo or volunteer_sudo.user_id != self.env.user:
            raise AccessError(
                self.env._("You can log consultations only under your own name. Sign in with your own account.")
            )
        refused = vals.keys() - PORTAL_FIELDS
        if refused:
            raise AccessError(
                self.env._(
                    "These details cannot be set here: %(fields)s. Ask the contact-point union.",
                    fields=join_names(self.env, sorted(refused)),
                )
            )

    def _choose_contact_point(self, served):
        """Of the unions that the lawyer serves, the one nearest to the employer, else to the union in charge."""
        self.ensure_one()
        for target in (self.employer_organization_id, self.organization_id):
            above = served.filtered(lambda union, target=target: target and target._is_at_or_below(union))
            if above:
                return max(above, key=lambda union: len(union.parent_path))
        below = served.filtered(lambda union: self.organization_id and union._is_at_or_below(self.organization_id))
        return (below or served)[:1]

    def _prepare_case(self):
        """Everything that was typed already."""
        self.ensure_one()
        return {
            **self._prepare_case_manner(),
            **self.card_id._prepare_holder(),
            "source": "lawyer" if self.volunteer_id else "officer",
            "volunteer_id": self.volunteer_id.id,
            **{name: value for name, value in self._prepare_case_caller().items() if value},
            "applicant_kind": self.caller_kind,
            "employer_name": self.employer_name,
            "employer_organization_id": self.employer_organization_id.id,
            "employer_place_id": self.employer_place_id.id,
            "jurisdiction_override_reason": self.jurisdiction_override_reason,
            "organization_id": self.organization_id.id,
            "contact_point_id": (self.contact_point_id if self.volunteer_id else self.organization_id).id,
            "matter_id": self.matter_id.id,
            "description": self.question,
        }

    def _prepare_case_caller(self):
        self.ensure_one()
        return {"applicant_name": self.caller_name, "applicant_phone": self.caller_phone}

    def _prepare_case_manner(self):
        self.ensure_one()
        is_visit = self.channel == "door"
        return {
            # Whether a call or a visit is written down or recorded as spoken, the officer decides with the applicant.
            "application_manner": {"door": "door", "online": "online"}.get(self.channel, "written"),
            "visit_place_kind": is_visit and self.visit_place_kind,
            "visit_date": is_visit and self.date,
            "agent_name": self.agent_name,
            "agent_relation": self.agent_relation,
            "card_id": self.card_id.id,
        }
