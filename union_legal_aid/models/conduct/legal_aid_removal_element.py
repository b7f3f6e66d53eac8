import hashlib

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ...tools import removal_grounds
from ..organization.fingerprint import fingerprint
from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER, Mask, MaskedText
from ..organization.wording import join_names
from .legal_aid_removal_opening_mixin import OPEN_STATES

LINKS = ("case_id", "complaint_id", "sanction_id", "no_service_id")


class LegalAidRemovalElement(models.Model):
    """What shows one element of a ground for removal (T6): in words, with the paper or the record that proves it.

    Collected on the lawyer before anything is opened, or on the removal that is open. A removal cannot be decided while an
    element of its ground has none. What the system found itself (``is_fact``) was written by the step that opened the removal.
    """

    _name = "legal.aid.removal.element"
    _description = "Evidence of an Element"
    _inherit = [
        "legal.aid.city.mixin",
        "legal.aid.link.mixin",
        "legal.aid.noted.mixin",
        "legal.aid.workflow.line.mixin",
        "legal.aid.masked.mixin",
        "legal.aid.logged.mixin",
    ]
    _order = "date desc, id desc"
    _rec_names_search = ["volunteer_id"]
    _checked_links = ("volunteer_id", "removal_id", *LINKS)
    _noted_fields = frozenset({"date"})
    _workflow_document = "removal_id"
    _workflow_document_states = OPEN_STATES

    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer", string="Lawyer", required=True, ondelete="restrict", index=True
    )
    removal_id = fields.Many2one(
        comodel_name="legal.aid.removal",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('volunteer_id', '=', volunteer_id)]",
        help="Empty while evidence is collected.",
    )
    organization_id = fields.Many2one(related="volunteer_id.organization_id", store=True, index=True)
    element = fields.Selection(
        selection=[(element.code, element.label) for element in removal_grounds.ELEMENTS.values()],
        string="To Be Shown",
        required=True,
    )
    ground = fields.Selection(selection="_get_grounds", compute="_compute_ground", store=True, precompute=True)
    date = fields.Date(string="Entered On", required=True, readonly=True, copy=False, default=legal_today)
    text = MaskedText(string="What Shows It", groups=OFFICER)
    text_masked = Mask(string="What Shows It (Masked)", of="text")
    document = fields.Binary(string="Paper", attachment=True, groups=OFFICER)
    document_name = fields.Char(groups=OFFICER)
    case_id = fields.Many2one(
        comodel_name="legal.aid.case",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('volunteer_id', '=', volunteer_id)]",
    )
    complaint_id = fields.Many2one(
        comodel_name="legal.aid.complaint",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('volunteer_id', '=', volunteer_id)]",
    )
    sanction_id = fields.Many2one(
        comodel_name="legal.aid.sanction",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('volunteer_id', '=', volunteer_id)]",
    )
    no_service_id = fields.Many2one(
        comodel_name="legal.aid.no.service",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('volunteer_id', '=', volunteer_id)]",
    )
    is_fact = fields.Boolean(string="Found by the System", readonly=True, copy=False)
    is_backed = fields.Boolean(
        string="Proved", compute="_compute_is_backed", help="There is a paper or a record besides the words."
    )

    # Compute

    @api.depends("element", "volunteer_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["element"]._description_selection(self.env))
        for line in self:
            line.display_name = f"{line.sudo().volunteer_id.name or ''} {labels.get(line.element, '')}".strip()

    @api.model
    def _get_grounds(self):
        return self.env["legal.aid.removal"]._fields["ground"]._description_selection(self.env)

    @api.depends("element")
    def _compute_ground(self):
        for line in self:
            line.ground = line.element and removal_grounds.get_ground_of(line.element).code

    @api.depends("document", "is_fact", *LINKS)
    def _compute_is_backed(self):
        # That there is a paper is told to whoever sees the line.
        for line in self:
            line_sudo = line.sudo().with_context(bin_size=True)
            line.is_backed = line.is_fact or bool(line_sudo.document) or any(line_sudo[name] for name in LINKS)

    # Constraints

    @api.constrains("text", "element")
    def _check_text(self):
        for line in self.sudo():  # that there are words, not which
            if not (line.text or "").strip():
                raise ValidationError(
                    self.env._(
                        "%(line)s: write what shows it. A paper alone does not say what it proves.",
                        line=line.display_name,
                    )
                )

    @api.constrains("volunteer_id", "removal_id", *LINKS)
    def _check_same_lawyer(self):
        for line in self.sudo():  # whose record it is, nothing else
            others = [line[name] for name in ("removal_id", "complaint_id", "sanction_id", "no_service_id")]
            if any(record and record.volunteer_id != line.volunteer_id for record in others):
                raise ValidationError(
                    self.env._(
                        "%(line)s: the record that is to show it belongs to another lawyer. Choose one of this lawyer.",
                        line=line.display_name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(
            vals.get("is_fact") or self.env.context.get("default_is_fact") for vals in vals_list
        ):
            raise AccessError(self.env._("What the system found is written by the system only. Record it as evidence."))
        lines = super().create(vals_list)
        lines._join_open_removal()
        lines.removal_id.sudo()._void_changed_requests()
        return lines

    def write(self, vals):
        removals = self.removal_id
        if not self.env.su and ("is_fact" in vals or any(self.mapped("is_fact"))):
            raise AccessError(
                self.env._(
                    "What the system found is never changed: %(lines)s.",
                    lines=join_names(self.env, self.mapped("display_name")),
                )
            )
        result = super().write(vals)
        (removals | self.removal_id).sudo()._void_changed_requests()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_fact(self):
        if not self.env.su and any(self.mapped("is_fact")):
            raise AccessError(
                self.env._(
                    "What the system found stays on record: %(lines)s.",
                    lines=join_names(self.env, self.mapped("display_name")),
                )
            )

    def unlink(self):
        removals = self.removal_id
        result = super().unlink()
        removals.sudo()._void_changed_requests()
        return result

    # Business

    def _join_open_removal(self):
        """Evidence that comes in while a removal is open belongs to it."""
        removals = self.env["legal.aid.removal"].search(
            [("volunteer_id", "in", self.volunteer_id.ids), ("state", "in", OPEN_STATES)]
        )
        by_lawyer = removals.grouped("volunteer_id")
        for line in self.filtered(lambda line: not line.removal_id and line.volunteer_id in by_lawyer):
            # A line of the system joins by the system; anybody else's right was checked when it was created.
            line.sudo().removal_id = by_lawyer[line.volunteer_id]

    def _get_text(self):
        """The words; of a sanction as it is now, in the language of the reader."""
        self.ensure_one()
        return self.sanction_id._describe() if self.is_fact and self.sanction_id else self.text or ""

    def _freeze(self):
        """What an approval freezes of a line: its words as a fingerprint, for who reads requests does not read them."""
        self.ensure_one()
        document = self.with_context(bin_size=False).document
        return [
            self.id,
            self.element,
            fingerprint(self.env, self.text or "-"),
            bool(document) and hashlib.sha256(document).hexdigest(),
            *(self[name].id for name in LINKS),
        ]
