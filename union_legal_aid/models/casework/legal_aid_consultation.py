from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import masking
from ..organization.personal_fields import MASK_READERS, PrivateChar
from .legal_aid_case_intake_mixin import APPLICANT_KINDS

HANDLERS = "union_legal_aid.group_officer,union_legal_aid.group_volunteer"
PORTAL_FIELDS = frozenset(
    {
        "date",
        "channel",
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

    ==================  =======================================  =================================
    Step                Who                                      From → to
    ==================  =======================================  =================================
    report              the lawyer who took it, officers         open → reported
    create case         officers of the union in charge          open, reported → case
    ==================  =======================================  =================================
    """

    _name = "legal.aid.consultation"
    _description = "Consultation"
    _inherit = [
        "legal.aid.jurisdiction.mixin",
        "legal.aid.private.mixin",
        "legal.aid.workflow.mixin",
        "legal.aid.logged.mixin",
        "mail.thread",
    ]
    _order = "date desc, id desc"

    _private_model = "legal.aid.consultation.private"
    _private_parent = "consultation_id"
    _access_log_fields = frozenset({"question", "answer"})

    _workflow_transitions = {"open": ("reported", "case"), "reported": ("case",)}
    _workflow_fields = frozenset({"state", "name", "reported_date", "case_id"})
    _workflow_initial = {"state": "open"}

    name = fields.Char(string="Number", readonly=True, copy=False, index=True)
    state = fields.Selection(
        selection=[("open", "Answered"), ("reported", "Reported"), ("case", "Became a case")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    date = fields.Date(required=True, default=fields.Date.context_today)
    channel = fields.Selection(
        selection=[
            ("phone", "Telephone"),
            ("visit", "Visit"),
            ("station", "Work station"),
            ("online", "Online"),
            ("letter", "Letter"),
            ("other", "Other"),
        ],
        default="phone",
        required=True,
    )
    private_ids = fields.One2many(
        comodel_name="legal.aid.consultation.private", inverse_name="consultation_id", groups=HANDLERS, copy=False
    )
    caller_name = PrivateChar(mask="name", groups=HANDLERS, help="Empty for a caller who stays anonymous.")
    caller_phone = PrivateChar(mask="phone", groups=HANDLERS)
    caller_masked = fields.Char(
        string="Caller", compute="_compute_caller_masked", compute_sudo=True, groups=f"{HANDLERS},{MASK_READERS}"
    )
    caller_kind = fields.Selection(selection=APPLICANT_KINDS, string="Kind of Caller")
    matter_id = fields.Many2one(comodel_name="legal.aid.matter", required=True, ondelete="restrict", index=True)
    question = fields.Text(groups=HANDLERS)
    answer = fields.Text(groups=HANDLERS)
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
    reported_date = fields.Date(readonly=True, copy=False)
    case_id = fields.Many2one(
        comodel_name="legal.aid.case",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )

    # Compute

    @api.depends("caller_name", "caller_phone")
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

    def action_report_to_contact_point(self):
        """Report calls that may become cases to the contact-point union and to the union in charge (I2)."""
        self.check_access("read")
        self._check_may_report()
        self._check_state("open")
        self._raise_reasons(self._get_cannot_report_reason())
        # A lawyer reports his own calls without any right to edit records of the unions.
        for consultation_sudo in self.sudo():
            consultation_sudo._transition("reported", {"reported_date": fields.Date.context_today(self)})
            consultation_sudo._notify_offices()
        return True

    def action_create_case(self):
        """Register the application of each consultation as a draft case and open it."""
        self.check_access("write")
        self._check_state("open", "reported")
        cases = self.env["legal.aid.case"]
        for consultation in self:
            case = self.env["legal.aid.case"].create(consultation._prepare_case())
            consultation._transition("case", {"case_id": case.id})
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
                    fields=", ".join(sorted(refused)),
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

    def _check_may_report(self):
        foreign = self.filtered(lambda consultation: consultation.sudo().volunteer_id.user_id != self.env.user)
        if foreign:
            foreign.check_access("write")

    def _get_cannot_report_reason(self):
        reasons = {}
        for consultation in self:
            reasons[consultation] = False
            if not consultation.contact_point_id:
                reasons[consultation] = self.env._(
                    "Consultation %(number)s has no contact-point union. Choose the union that you serve first.",
                    number=consultation.name,
                )
            elif not consultation.employer_name:
                reasons[consultation] = self.env._(
                    "Consultation %(number)s names no employer, so nobody can tell which union is in charge. Enter"
                    " the employer"
                    " with its union or place first.",
                    number=consultation.name,
                )
        return reasons

    def _notify_offices(self):
        """Tell the officers of the unions concerned, once, by number only."""
        self.ensure_one()
        offices = self.contact_point_id._get_superior("county", "zone", "city", "province") | self.organization_id
        officers = offices.user_ids.filtered(
            lambda user: user.active and user != self.env.user and user.has_group("union_legal_aid.group_officer")
        )
        for lang, users in officers.grouped("lang").items():
            localized = self.with_context(lang=lang or self.env.lang)
            localized.message_notify(
                partner_ids=users.partner_id.ids,
                subject=localized.env._("Consultation %(number)s was reported", number=self.name),
                body=localized.env._(
                    "Consultation %(number)s was reported to %(union)s. Open it to register the application.",
                    number=self.name,
                    union=self.contact_point_id.name,
                ),
            )

    def _prepare_case(self):
        self.ensure_one()
        return {
            "source": "lawyer" if self.volunteer_id else "officer",
            "volunteer_id": self.volunteer_id.id,
            "applicant_name": self.caller_name,
            "applicant_phone": self.caller_phone,
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
