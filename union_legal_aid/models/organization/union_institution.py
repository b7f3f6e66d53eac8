import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...tools import ids
from .legal_day import legal_today

# Where workers and their employer, or several employers, meet; a county has other bodies for disputes.
COMMITTEE_TIERS = ("enterprise", "institution", "grassroots", "township", "industry")
# Kinds that are a person.
PERSON_KINDS = ("person", "liaison")
# Kinds that work under an institution.
DEPENDENT_KINDS = ("station", "window")
# What an institution answers for (意见 §二: 受理、审查、指派、监督).
FUNCTIONS = ("accepts_applications", "reviews_applications", "assigns_lawyers", "supervises_cases")
# 12351 of the unions, 12348 of the justice bureaus.
HOTLINE = re.compile(r"12\d{3}")


class UnionInstitution(models.Model):
    """What a union has to offer legal aid with: its institution, stations, windows, committees and people (O5; 意见 §二, §四).

    Where a union has no institution of its own in force, it designates a person; the two exclude each other, day by day.
    Everything here is public: everybody reads it, officers of the union and of those above it keep it.
    """

    _name = "union.institution"
    _description = "Legal-Aid Institution"
    _order = "organization_id, kind, name, id"
    _rec_names_search = ["name", "head", "organization_id.name"]

    name = fields.Char(required=True, help="As it is written on the door, or what the person is designated as.")
    active = fields.Boolean(default=True)
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user.union_organization_ids[:1],
    )
    kind = fields.Selection(
        selection=[
            ("institution", "Legal-Aid Institution"),
            ("station", "Station"),
            ("window", "Reception Window"),
            ("person", "Designated Person"),
            ("liaison", "Liaison Officer"),
            ("committee", "Mediation Committee"),
        ],
        required=True,
        default="institution",
        index=True,
    )
    establishment = fields.Selection(
        selection=[("own", "By the union alone"), ("joint", "Jointly with the justice bureau")],
        compute="_compute_establishment",
        store=True,
        readonly=False,
    )
    justice_bureau_id = fields.Many2one(
        comodel_name="res.partner",
        compute="_compute_justice_bureau_id",
        store=True,
        readonly=False,
        ondelete="restrict",
        index="btree_not_null",
        domain=[("is_company", "=", True)],
        help="The justice bureau with which the institution is run.",
    )
    parent_id = fields.Many2one(
        comodel_name="union.institution",
        string="Works For",
        ondelete="restrict",
        index="btree_not_null",
        help="The institution that a station or window works for: of the same union or of one above.",
    )
    child_ids = fields.One2many(
        comodel_name="union.institution", inverse_name="parent_id", string="Stations and Windows", readonly=True
    )
    is_hardship_centre = fields.Boolean(
        string="In the Hardship-Aid Centre",
        help="The window is in the centre for workers in hardship.",
    )
    head = fields.Char(string="Head or Person", help="Who leads it, or who it is. Everybody reads this name.")
    accepts_applications = fields.Boolean(compute="_compute_functions", store=True, readonly=False)
    reviews_applications = fields.Boolean(compute="_compute_functions", store=True, readonly=False)
    assigns_lawyers = fields.Boolean(compute="_compute_functions", store=True, readonly=False)
    supervises_cases = fields.Boolean(compute="_compute_functions", store=True, readonly=False)
    other_functions = fields.Char()
    phone = fields.Char(
        string="Office Phone", help="The phone of the office. Everybody reads it: never a person's private mobile."
    )
    phone_warning = fields.Char(compute="_compute_phone_warning")
    address = fields.Char()
    office_hours = fields.Char(help="For example: working days 8:30–12:00, 15:00–18:00.")
    date_from = fields.Date(string="Since")
    date_to = fields.Date(string="Until", help="The last day; empty while no end is set.")
    is_in_force = fields.Boolean(string="In Force", compute="_compute_is_in_force", search="_search_is_in_force")
    note = fields.Text()

    _name_unique = models.UniqueIndex(
        "(organization_id, kind, name) WHERE active",
        "This union has one of the same kind with this name already. Open that one, or give this one another name.",
    )
    _dates_ordered = models.Constraint(
        "CHECK(date_to IS NULL OR date_from IS NULL OR date_to >= date_from)",
        "An institution cannot end before it begins. Correct its dates.",
    )

    # Compute

    @api.depends("kind")
    def _compute_establishment(self):
        for institution in self:
            institution.establishment = institution.kind == "institution" and (institution.establishment or "own")

    @api.depends("kind")
    def _compute_functions(self):
        for institution in self:
            for name in FUNCTIONS:
                institution[name] = institution.kind == "institution"

    @api.depends("establishment", "organization_id")
    def _compute_justice_bureau_id(self):
        for institution in self:
            is_joint = institution.establishment == "joint"
            bureau = institution.justice_bureau_id or institution.organization_id.justice_bureau_id
            institution.justice_bureau_id = is_joint and bureau

    @api.depends("phone")
    @api.depends_context("lang")
    def _compute_phone_warning(self):
        for institution in self:
            number = ids.normalise_phone(institution.phone)
            if not number or HOTLINE.fullmatch(number):
                institution.phone_warning = False
            elif ids.check_mobile(number)[0]:
                institution.phone_warning = self.env._(
                    "This is a mobile number, and everybody reads it. Enter the phone of the office instead."
                )
            else:
                message = ids.check_phone(number)[1]
                institution.phone_warning = message and self.env._(message)

    @api.depends("date_from", "date_to")
    def _compute_is_in_force(self):
        today = legal_today(self)
        for institution in self:
            begun = not institution.date_from or institution.date_from <= today
            institution.is_in_force = begun and (not institution.date_to or institution.date_to >= today)

    def _search_is_in_force(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = legal_today(self)
        in_force = self._domain_meets(today, today)
        return Domain.OR([in_force if wanted else ~in_force for wanted in value])

    # Constraints

    @api.constrains("kind", "organization_id")
    def _check_committee(self):
        for institution in self.filtered(lambda institution: institution.kind == "committee"):
            union = institution.organization_id
            if union.tier not in COMMITTEE_TIERS:
                raise ValidationError(
                    self.env._(
                        "%(union)s cannot have the mediation committee %(committee)s: committees belong to enterprises,"
                        " institutions, grassroots, townships and industries. Choose the union of the employer.",
                        union=union.name,
                        committee=institution.name,
                    )
                )

    @api.constrains("kind", "head")
    def _check_head(self):
        for institution in self.filtered(lambda institution: institution.kind in PERSON_KINDS):
            if not (institution.head or "").strip():
                raise ValidationError(
                    self.env._(
                        "%(name)s is a person's place, but the person is missing. Enter who it is.",
                        name=institution.name,
                    )
                )

    @api.constrains("establishment", "justice_bureau_id")
    def _check_justice_bureau(self):
        for institution in self:
            if institution.establishment == "joint" and not institution.justice_bureau_id:
                raise ValidationError(
                    self.env._(
                        "%(institution)s of %(union)s is set up jointly, but with which justice bureau? Choose it.",
                        institution=institution.name,
                        union=institution.organization_id.name,
                    )
                )

    @api.constrains("kind", "is_hardship_centre")
    def _check_hardship_centre(self):
        for institution in self.filtered("is_hardship_centre"):
            if institution.kind != "window":
                raise ValidationError(
                    self.env._(
                        "%(name)s is said to be in the hardship-aid centre, but only a reception window is. Enter the centre's"
                        " window by itself.",
                        name=institution.name,
                    )
                )

    @api.constrains("kind", "parent_id", "organization_id")
    def _check_parent(self):
        for institution in self | self.child_ids:
            parent = institution.parent_id
            if not parent:
                continue
            if institution.kind not in DEPENDENT_KINDS or parent.kind != "institution":
                raise ValidationError(
                    self.env._(
                        "%(name)s cannot work for %(parent)s: a station or a reception window works for a legal-aid institution."
                        " Choose the institution, or none.",
                        name=institution.name,
                        parent=parent.name,
                    )
                )
            if not institution.organization_id._is_at_or_below(parent.organization_id):
                raise ValidationError(
                    self.env._(
                        "%(name)s of %(union)s cannot work for %(parent)s, which belongs to neither this union nor one above it."
                        " Choose another institution.",
                        name=institution.name,
                        union=institution.organization_id.name,
                        parent=parent.name,
                    )
                )

    @api.constrains("kind", "organization_id", "date_from", "date_to", "active")
    def _check_designated_person(self):
        """A person is designated where there is no institution (意见 §二), on no day beside one."""
        for entry in self.filtered(lambda entry: entry.active and entry.kind in ("institution", "person")):
            other_kind = "person" if entry.kind == "institution" else "institution"
            other = self.search(
                Domain("organization_id", "=", entry.organization_id.id)
                & Domain("kind", "=", other_kind)
                & self._domain_meets(entry.date_from, entry.date_to),
                limit=1,
            )
            if other:
                institution, person = (entry, other) if entry.kind == "institution" else (other, entry)
                raise ValidationError(
                    self.env._(
                        "%(union)s has an institution of its own, %(institution)s (%(term)s), so %(person)s cannot be designated"
                        " in its place for the same time. Set the last day of the one before the first day of the other.",
                        union=entry.organization_id.name,
                        institution=institution.name,
                        term=institution._describe_term(),
                        person=person.name,
                    )
                )

    # CRUD

    def write(self, vals):
        result = super().write(vals)
        if "organization_id" in vals:
            # Record rules look at the union before the change; the one it is moved to must be the writer's as well.
            self.check_access("write")
        return result

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for institution, vals in zip(self, vals_list, strict=True):
            if "name" not in (default or {}):
                vals["name"] = self.env._("%(name)s (copy)", name=institution.name)
        return vals_list

    # Business

    @api.model
    def _domain_meets(self, date_from, date_to):
        """Domain of what is in force on some day from ``date_from`` to ``date_to``; an empty date is open."""
        domain = Domain.TRUE
        if date_to:
            domain &= Domain("date_from", "=", False) | Domain("date_from", "<=", date_to)
        if date_from:
            domain &= Domain("date_to", "=", False) | Domain("date_to", ">=", date_from)
        return domain

    def _describe_term(self):
        self.ensure_one()
        first, last = (day and fields.Date.to_string(day) for day in (self.date_from, self.date_to))
        if first and last:
            return self.env._("from %(first)s to %(last)s", first=first, last=last)
        if first:
            return self.env._("since %(first)s", first=first)
        return last and self.env._("until %(last)s", last=last) or self.env._("without dates")
