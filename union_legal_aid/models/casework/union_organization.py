import re

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import ids

# The unions inside one employer; everything above them stands outside of its house.
HOUSE_TIERS = ("enterprise", "institution", "grassroots")
# What a house union adds to the name of its employer: 某公司工会, 某公司工会委员会, 某公司工会（某地）.
UNION_SUFFIX = re.compile(r"工会(委员会|联合会)?(?=$|[(（])")
# What tells one employer from another; a change of it may make a union the opponent's.
EMPLOYER_KEYS = ("employer_key", "employer_card_key", "employer_uscc")


class UnionOrganization(models.Model):
    _inherit = "union.organization"

    house_id = fields.Many2one(
        comodel_name="union.organization",
        compute="_compute_house_id",
        store=True,
        recursive=True,
        index="btree_not_null",
        help="The topmost union of the same enterprise or institution; empty for the unions above.",
    )
    employer_key = fields.Char(
        compute="_compute_employer_keys",
        store=True,
        compute_sudo=True,
        index="btree_not_null",
        help="The employer's name as the union's own name tells it, normalised for comparing.",
    )
    employer_card_key = fields.Char(
        compute="_compute_employer_keys",
        store=True,
        compute_sudo=True,
        index="btree_not_null",
        help="The name on the union's address card, normalised for comparing.",
    )
    employer_uscc = fields.Char(
        string="Employer's Credit Code",
        compute="_compute_employer_keys",
        store=True,
        compute_sudo=True,
        index="btree_not_null",
        help="The credit code on the union's address card.",
    )

    # Compute

    @api.depends("tier", "parent_id.tier", "parent_id.house_id")
    def _compute_house_id(self):
        for union in self:
            inside = union.tier in HOUSE_TIERS
            union.house_id = inside and (union.parent_id.house_id or union)

    @api.depends("tier", "name", "partner_id.name", "partner_id.vat", "partner_id.company_registry")
    def _compute_employer_keys(self):
        for union in self:
            inside = union.tier in HOUSE_TIERS
            card = union.partner_id
            union.employer_key = inside and UNION_SUFFIX.sub("", ids.normalise_name(union.name)) or False
            union.employer_card_key = inside and ids.normalise_name(card.name) or False
            union.employer_uscc = inside and ids.normalise_id(card.vat or card.company_registry) or False

    # CRUD

    def write(self, vals):
        watched = {"name", "tier", "partner_id"} & vals.keys()
        before = self._get_employer_keys() if watched else {}
        result = super().write(vals)
        if watched:
            self._refresh_respondents(before)
        if {"tier", "parent_id"} & vals.keys():
            # A search does not wait for a many2many that is still to be computed.
            self.env["legal.aid.case"].sudo().flush_model(["respondent_house_ids"])
        return result

    # Business

    @api.model
    def _find_houses(self, names, numbers):
        """The house unions of employers with one of these normalised names or credit codes."""
        domain = Domain.OR(
            [
                Domain("employer_key", "in", list(names)),
                Domain("employer_card_key", "in", list(names)),
                Domain("employer_uscc", "in", list(numbers)),
            ]
        )
        return self.search(domain) if names or numbers else self.browse()

    def _get_employer_name(self):
        """The name of the employer whose union this is, as the union's own name tells it."""
        self.ensure_one()
        return self.partner_id.name if self.partner_id.is_company else UNION_SUFFIX.sub("", self.name or "")

    def _get_employer_keys(self):
        """``{union: its keys}``, to be compared with those after a change."""
        return {union: tuple(union[name] for name in EMPLOYER_KEYS) for union in self}

    def _refresh_respondents(self, before):
        """Find anew whose house the respondents of running cases are, where the keys of these unions changed.

        :param before: what ``_get_employer_keys`` returned before the change
        """
        changed = self.filtered(lambda union: before[union] != tuple(union[name] for name in EMPLOYER_KEYS))
        # Cases of all counties may have this employer as an opponent.
        self.env["legal.aid.case"].sudo()._refresh_respondents(changed)
