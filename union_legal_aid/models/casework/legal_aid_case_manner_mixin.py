from odoo import api, fields, models

from ..organization.personal_fields import OFFICER, PrivateChar

VISIT_PLACES = [
    ("home", "Home"),
    ("hospital", "Hospital"),
    ("site", "Work place"),
    ("other", "Elsewhere"),
]
AGENT_RELATIONS = [
    ("family", "Family"),
    ("guardian", "Guardian"),
    ("colleague", "Colleague"),
    ("union", "Union at the employer"),
    ("other", "Other"),
]
# Spoken applications are recorded on the spot, read out and signed (工会法律援助办法 §12).
SPOKEN = ("oral", "door")


class LegalAidCaseMannerMixin(models.AbstractModel):
    """How the application was made: in writing, spoken and recorded on the spot, at the worker's door, through his union (I4).

    Who applies for somebody else, and where somebody who cannot walk was visited, stand on the twin of the case.
    """

    _name = "legal.aid.case.manner.mixin"
    _description = "Manner of an Application"

    application_manner = fields.Selection(
        selection=[
            ("written", "In writing"),
            ("oral", "Spoken, recorded on the spot"),
            ("door", "Door-to-door visit"),
            ("union", "Through the enterprise union"),
            ("online", "Online"),
        ],
        string="How It Was Made",
        default="written",
        required=True,
        help="A spoken application is recorded on the spot, read to the applicant and signed (工会法律援助办法 §12).",
    )
    visit_date = fields.Date(string="Visited On")
    visit_place_kind = fields.Selection(selection=VISIT_PLACES, string="Visited At")
    visit_place = PrivateChar(string="Address of the Visit", groups=OFFICER)
    recorded_by_id = fields.Many2one(
        comodel_name="res.users",
        compute="_compute_recorded_by_id",
        store=True,
        readonly=False,
        ondelete="restrict",
        domain=[("share", "=", False)],
        help="Who wrote the record and read it to the applicant.",
    )
    is_record_signed = fields.Boolean(
        string="Record Signed",
        compute="_compute_is_record_signed",
        compute_sudo=True,
        help="The page that the applicant signed is among the documents of the case.",
    )
    agent_name = PrivateChar(string="Applied By", mask="name", groups=OFFICER, help="Who applies for the worker.")
    agent_phone = PrivateChar(string="Phone of the Agent", mask="phone", groups=OFFICER)
    agent_relation = fields.Selection(selection=AGENT_RELATIONS, string="Relation to the Worker", groups=OFFICER)

    # Compute

    @api.depends("application_manner")
    def _compute_recorded_by_id(self):
        for case in self:
            spoken = case.application_manner in SPOKEN
            case.recorded_by_id = spoken and (case.recorded_by_id or self.env.user)

    @api.depends("document_ids.kind", "document_ids.attachment_id")
    def _compute_is_record_signed(self):
        for case in self:
            case.is_record_signed = any(
                document.kind == "record" and document.attachment_id for document in case.document_ids
            )

    # Business

    def _get_missing_details(self):
        missing = super()._get_missing_details()
        required = []
        if self.application_manner == "door":
            required += ["visit_date", "visit_place_kind"]
        if self.agent_name:
            required.append("agent_relation")
        missing += [self._fields[name]._description_string(self.env) for name in required if not self[name]]
        # Help comes first where nothing can wait; the page follows with the other formalities.
        if self.application_manner in SPOKEN and not self.is_record_signed and not self.is_urgent:
            missing.append(
                self.env._("the record of the spoken application with the applicant's signature, among the documents")
            )
        return missing
