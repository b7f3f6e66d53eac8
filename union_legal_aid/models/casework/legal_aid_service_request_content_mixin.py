from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..organization.personal_fields import AUDITOR, OFFICER, PrivateChar, PrivateText
from ..organization.wording import join_names
from .legal_aid_case_intake_mixin import APPLICANT_KINDS

# Who acts for a house union: in the office its liaison, on the portal its enterprise user.
LIAISON = ("union_legal_aid.group_liaison", "union_legal_aid.group_enterprise_portal")
# Links and files that stand on the twin beside the texts.
LINKED = ("matter_id", "applicant_kind", "is_union_member", "page", "page_name")
CONTENT = ("applicant_name", "applicant_id_number", "applicant_phone", "description", *LINKED)
READERS = ",".join(LIAISON)


class LegalAidServiceRequestContentMixin(models.AbstractModel):
    """What a request tells, and of whom: computed from its twin under the reader's own rights."""

    _name = "legal.aid.service.request.content.mixin"
    _description = "Content of a Request"
    _inherit = ["legal.aid.private.mixin"]

    _private_model = "legal.aid.service.request.private"
    _private_parent = "request_id"

    private_ids = fields.One2many(
        comodel_name="legal.aid.service.request.private", inverse_name="request_id", groups=READERS, copy=False
    )
    applicant_name = PrivateChar(mask="name", groups=READERS)
    applicant_id_number = PrivateChar(string="Identity Number", mask="resident_id", groups=READERS)
    applicant_phone = PrivateChar(mask="phone", groups=READERS)
    description = PrivateText(string="Facts and Request", groups=READERS)
    answer = PrivateText(readonly=True, groups=READERS)
    # Not a Mask, which is the same for everybody: the house of the employer is not told who applied against it.
    applicant_name_masked = fields.Char(
        string="Applicant", compute="_compute_applicant_name_masked", groups=f"{OFFICER},{AUDITOR}"
    )
    applicant_kind = fields.Selection(
        selection=APPLICANT_KINDS,
        string="Recipient",
        compute="_compute_linked_data",
        inverse="_inverse_private_data",
        groups=READERS,
    )
    is_union_member = fields.Boolean(
        string="Union Member", compute="_compute_linked_data", inverse="_inverse_private_data", groups=READERS
    )
    matter_id = fields.Many2one(
        comodel_name="legal.aid.matter",
        compute="_compute_linked_data",
        inverse="_inverse_private_data",
        search="_search_matter_id",
        groups=READERS,
    )
    page = fields.Binary(
        string="Stamped Page",
        compute="_compute_linked_data",
        inverse="_inverse_private_data",
        groups=READERS,
        help="The written application with the union's stamp, photographed or scanned.",
    )
    page_name = fields.Char(compute="_compute_linked_data", inverse="_inverse_private_data", groups=READERS)

    # Compute

    @api.depends(lambda self: [f"private_ids.{name}" for name in LINKED])
    @api.depends_context("uid", "bin_size")
    def _compute_linked_data(self):
        twins = self._get_private()
        for request in self:
            twin = twins.get(request._origin.id)
            for name in LINKED:
                request[name] = twin and twin[name]

    @api.depends("private_ids.applicant_name", "receiver_id")
    @api.depends_context("uid")
    def _compute_applicant_name_masked(self):
        twins = self._get_private()
        for request in self:
            is_told = request._origin.id in twins or request._is_at_receiver()
            name = request.sudo().applicant_name  # a mask is made of what it hides
            request.applicant_name_masked = is_told and self._mask("applicant_name", name)

    def _search_matter_id(self, operator, value):
        return [("private_ids", "any", [("matter_id", operator, value)])]

    # Business

    def _is_at_receiver(self):
        """Whether the user acts for the union to which it goes, or for one above."""
        self.ensure_one()
        return bool(self.receiver_id) and any(
            self.receiver_id._is_at_or_below(union) for union in self.env.user.access_organization_ids
        )

    def _check_may_unmask(self):
        foreign = self.filtered(lambda request: not request._is_at_receiver())
        if foreign:
            raise AccessError(
                self.env._(
                    "%(requests)s: what this request tells is for the union to which it goes. Ask %(unions)s.",
                    requests=join_names(self.env, foreign.mapped("display_name")),
                    unions=join_names(self.env, foreign.receiver_id.mapped("name")),
                )
            )
        return super()._check_may_unmask()

    def _get_hidden_names(self):
        hidden = super()._get_hidden_names()
        return {request: names if request._is_at_receiver() else [] for request, names in hidden.items()}

    def _prepare_private(self, twin):
        vals = super()._prepare_private(twin)
        for name in LINKED:
            if name in self._cache and self[name] != (twin[name] if twin else False):
                vals[name] = self._fields[name].convert_to_write(self[name], self)
        return vals

    def _get_missing_details(self):
        """Labels of what a complete request still lacks; an application is in writing, with the union's stamp."""
        self.ensure_one()
        required = ["description"]
        if self.kind == "application":
            required = ["applicant_name", "applicant_kind", "employer_name", "matter_id", "description", "page"]
        empty = [name for name in required if not self[name] or not str(self[name]).strip()]
        return [self._fields[name]._description_string(self.env) for name in empty]
