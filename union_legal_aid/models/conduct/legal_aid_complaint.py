from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER, Mask, PrivateChar, PrivateText
from .legal_aid_verdict_mixin import OPEN_STATES, VERDICT_FIELDS


class LegalAidComplaint(models.Model):
    """A complaint about a lawyer of the team (T7, A11). Anybody may complain; only **workers'** complaints count,
    verified as true, in the present membership, the same facts once. The one that reaches the limit of the policy
    opens a removal.

    ==============  ====================================  ===================================================
    State           becomes                               by
    ==============  ====================================  ===================================================
    received        investigating                         ``action_investigate``: officer of the city
    received,       verified, unfounded                   ``action_verify``, ``action_dismiss``: manager of the
    investigating                                         city who did not take the complaint down
    received,       void                                  ``action_void``: manager of the city, with reason
    investigating,
    verified,
    unfounded
    ==============  ====================================  ===================================================
    """

    _name = "legal.aid.complaint"
    _description = "Complaint"
    _inherit = [
        "legal.aid.verdict.mixin",
        "legal.aid.private.mixin",
        "legal.aid.logged.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date desc, id desc"

    _workflow_fields = VERDICT_FIELDS | frozenset(
        {
            "name",
            "registered_by_id",
            "reply",
            "reply_date",
            "informed_date",
            "inform_note",
            "referred_date",
            "refer_note",
        }
    )
    _workflow_facts = {
        "date": ("received",),
        "organization_id": ("received",),
        "volunteer_id": ("received",),
        "case_id": OPEN_STATES,
        "complainant_kind": ("received",),
        "complainant_name": OPEN_STATES,
        "complainant_phone": OPEN_STATES,
        "category": OPEN_STATES,
        "text": ("received",),
        "findings": OPEN_STATES,
        "duplicate_of_id": OPEN_STATES,
    }

    _private_model = "legal.aid.complaint.private"
    _private_parent = "complaint_id"
    _access_log_fields = frozenset({"text"})

    name = fields.Char(string="Number", readonly=True, copy=False, index="trigram")
    date = fields.Date(string="Received On", required=True, default=legal_today)
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Received By",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user.union_organization_ids[:1],
        help="The union that took the complaint down.",
    )
    city_id = fields.Many2one(related="volunteer_id.organization_id", string="Decided By Union", store=True, index=True)
    registered_by_id = fields.Many2one(
        comodel_name="res.users",
        string="Taken Down By",
        required=True,
        readonly=True,
        copy=False,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer", string="Lawyer", required=True, ondelete="restrict", index=True
    )
    case_id = fields.Many2one(comodel_name="legal.aid.case", ondelete="restrict", index="btree_not_null")
    complainant_kind = fields.Selection(
        selection=[
            ("worker", "Worker"),
            ("family", "Family of a worker"),
            ("employer", "Employer"),
            ("union", "Union"),
            ("anonymous", "Anonymous"),
            ("other", "Other"),
        ],
        string="Complainant",
        required=True,
        default="worker",
        help="Only workers' complaints count towards a removal (管理办法 §5(6)).",
    )
    private_ids = fields.One2many(
        comodel_name="legal.aid.complaint.private", inverse_name="complaint_id", groups=OFFICER, copy=False
    )
    complainant_name = PrivateChar(mask="name", groups=OFFICER)
    complainant_phone = PrivateChar(mask="phone", groups=OFFICER)
    complainant_name_masked = Mask(string="Complainant (Masked)", of="complainant_name")
    complainant_phone_masked = Mask(string="Complainant's Phone (Masked)", of="complainant_phone")
    category = fields.Selection(
        selection=[
            ("neglect", "Neglected or stopped the work"),
            ("property", "Took money or property"),
            ("delegation", "Sent somebody else without permission"),
            ("quality", "Poor quality of the work"),
            ("attitude", "Attitude"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    text = fields.Text(
        string="Complaint", required=True, help="The facts, as they were told. No names of workers here."
    )
    findings = PrivateText(groups=OFFICER, help="What the investigation found; for the city.")
    reply = fields.Text(string="The Lawyer's Reply", readonly=True, copy=False)
    reply_date = fields.Date(string="Replied On", readonly=True, copy=False)
    duplicate_of_id = fields.Many2one(
        comodel_name="legal.aid.complaint",
        string="Same Facts As",
        ondelete="restrict",
        index="btree_not_null",
        copy=False,
        domain="[('volunteer_id', '=', volunteer_id), ('duplicate_of_id', '=', False), ('id', '!=', id)]",
        help="The same facts count once, however many complain.",
    )
    duplicate_ids = fields.One2many(
        comodel_name="legal.aid.complaint", inverse_name="duplicate_of_id", string="Also Complained By"
    )
    counts = fields.Boolean(
        compute="_compute_counts",
        store=True,
        help="A worker's complaint, verified, in the present membership, the first of the same facts.",
    )
    informed_date = fields.Date(string="Complainant Informed On", readonly=True, copy=False)
    inform_note = fields.Text(string="Told the Complainant", readonly=True, copy=False)
    referred_date = fields.Date(string="Referred to the Justice Bureau On", readonly=True, copy=False)
    refer_note = fields.Text(string="Referral", readonly=True, copy=False)

    # Compute

    @api.depends("name")
    def _compute_display_name(self):
        for complaint in self:
            complaint.display_name = complaint.name or self.env._("New complaint")

    @api.depends(
        "state",
        "complainant_kind",
        "date",
        "volunteer_id.member_since",
        "duplicate_of_id.state",
        "duplicate_of_id.duplicate_ids.state",
        "duplicate_ids.state",
    )
    def _compute_counts(self):
        for complaint in self:
            same_facts = complaint.duplicate_of_id or complaint
            same_facts |= same_facts.duplicate_ids
            eligible = same_facts.filtered(lambda one: one._is_eligible())
            complaint.counts = complaint == min(eligible, key=lambda one: (one.date, one.id), default=None)

    # Constraints

    @api.constrains("date")
    def _check_date(self):
        today = legal_today(self)
        for complaint in self.filtered(lambda complaint: complaint.date > today):
            raise ValidationError(
                self.env._(
                    "The complaint cannot have been received on %(date)s, which is still to come. Correct the date.",
                    date=fields.Date.to_string(complaint.date),
                )
            )

    @api.constrains("duplicate_of_id", "volunteer_id")
    def _check_duplicate_of(self):
        for complaint in self.filtered("duplicate_of_id"):
            original = complaint.duplicate_of_id
            if (
                original == complaint
                or original.duplicate_of_id
                or complaint.duplicate_ids
                or original.volunteer_id != complaint.volunteer_id
            ):
                raise ValidationError(
                    self.env._(
                        "%(complaint)s: choose as “same facts” the first complaint about the same lawyer.",
                        complaint=complaint.display_name,
                    )
                )

    @api.constrains("complainant_kind")
    def _check_anonymous(self):
        # Whoever may not read the complainant must not turn the complaint into one without either.
        for private_sudo in self.sudo()._get_private().values():
            private_sudo._check_anonymous()

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        complaints = super().create(vals_list)
        # Whoever may take a complaint down draws its number; only administrators look after the numbering.
        sequence_sudo = self.env["ir.sequence"].sudo()
        for complaint in complaints:
            complaint._workflow_write(
                {"name": sequence_sudo.next_by_code("legal.aid.complaint", sequence_date=complaint.date)}
            )
        return complaints

    # Actions

    def action_investigate(self):
        """The city looks into it."""
        self._check_city()
        self._transition("investigating")
        return True

    def action_record_reply(self, note="", date=None):
        """Record what the lawyer says to it; opens a dialog when called without."""
        self._check_city()
        self._check_state(*OPEN_STATES)
        if not note.strip():
            return self._open_dialog("action_record_reply", False, self.env._("The Lawyer's Reply"))
        self._workflow_write({"reply": note, "reply_date": date or legal_today(self)})
        return True

    def action_inform(self, note="", date=None):
        """Record that the complainant was told the outcome."""
        self._check_state("verified", "unfounded", "void")
        self._workflow_write({"informed_date": date or legal_today(self), "inform_note": note})
        return True

    def action_refer_to_justice(self, note="", date=None):
        """Record that the complaint was handed to the justice bureau, which alone may punish (C11)."""
        self._check_city()
        self._check_state("received", "investigating", "verified")
        self._workflow_write({"referred_date": date or legal_today(self), "refer_note": note})
        return True

    # Business

    def _is_eligible(self):
        self.ensure_one()
        since = self.volunteer_id.member_since
        return self.state == "verified" and self.complainant_kind == "worker" and bool(since) and self.date >= since
