from itertools import pairwise

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..organization.legal_day import legal_today

MANAGER = "union_legal_aid.group_manager"
JUSTICE = "union_legal_aid.group_justice"


class LegalAidAward(models.Model):
    """An honour of a lawyer or a staff handler (T11): by city, county, justice bureau, each its own; or by the city or the
    province as the result of a nomination.

    =====  =======  ==========================================================================================
    State  becomes  by
    =====  =======  ==========================================================================================
    draft  given    ``action_give``: a leader of the very union who did not propose it; ``action_commend``: the
                    bureau its own; the result of a round of nominations
    given  revoked  ``action_revoke``: the leader or the bureau, with a note
    =====  =======  ==========================================================================================
    """

    _name = "legal.aid.award"
    _description = "Award"
    _inherit = ["legal.aid.link.mixin", "legal.aid.workflow.mixin", "mail.thread"]
    _order = "date desc, id desc"
    _rec_names_search = ["volunteer_id", "kind_id"]
    _checked_links = ("volunteer_id",)

    _workflow_transitions = {"draft": ("given",), "given": ("revoked",)}
    _workflow_fields = frozenset({"state", "given_by_id", "candidate_id", "again_from", "revoke_note", "revoked_date"})
    _workflow_facts = {
        "kind_id": ("draft",),
        "kind": ("draft",),
        "volunteer_id": ("draft",),
        "organization_id": ("draft",),
        "date": ("draft",),
        "document_number": ("draft",),
        "note": ("draft",),
    }

    kind_id = fields.Many2one(
        comodel_name="legal.aid.award.kind", string="Award", required=True, ondelete="restrict", index=True
    )
    kind = fields.Char(string="Code of the Kind", compute="_compute_kind", inverse="_inverse_kind", store=True)
    level = fields.Selection(related="kind_id.level", store=True)
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer", string="Given To", required=True, ondelete="restrict", index=True
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user.union_organization_ids[:1],
        help="The union that gives it, or whose justice bureau does, or that nominated for it.",
    )
    issuer = fields.Char(string="Issued By", compute="_compute_issuer")
    date = fields.Date(required=True, default=legal_today)
    document_number = fields.Char(help="The document of the commendation.")
    note = fields.Text(string="For What")
    state = fields.Selection(
        selection=[("draft", "Proposed"), ("given", "Awarded"), ("revoked", "Revoked")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    given_by_id = fields.Many2one(
        comodel_name="res.users", string="Decided By", readonly=True, copy=False, ondelete="restrict"
    )
    candidate_id = fields.Many2one(
        comodel_name="legal.aid.award.candidate",
        string="Nomination",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    again_from = fields.Date(
        readonly=True,
        copy=False,
        help="The first day on which the person may get it again, by the interval of the kind.",
    )
    revoked_date = fields.Date(string="Revoked On", readonly=True, copy=False)
    revoke_note = fields.Text(string="Revoked Because", readonly=True, copy=False)
    can_give = fields.Boolean(compute="_compute_can")
    can_revoke = fields.Boolean(compute="_compute_can")
    is_editable = fields.Boolean(compute="_compute_can")

    # The last word on the interval, whatever two leaders do at the same moment.
    _interval = models.Constraint(
        "EXCLUDE USING gist (int4range(volunteer_id, volunteer_id, '[]') WITH &&, int4range(kind_id, kind_id, '[]') WITH &&,"
        " daterange(date, again_from) WITH &&) WHERE (state = 'given' AND again_from IS NOT NULL)",
        "This person got the same award within its interval. Open the awards of the person and compare the days.",
    )

    # Compute

    @api.depends("kind_id.code")
    def _compute_kind(self):
        for award in self:
            award.kind = award.kind_id.code

    def _inverse_kind(self):
        for award in self:
            award.kind_id = self._find_kind(award.kind)

    @api.depends("kind_id", "organization_id")
    def _compute_issuer(self):
        for award in self:
            union = award.sudo().organization_id  # stands on the certificate
            bodies = {"bureau": union.justice_bureau_id.name, "province": award.kind_id.issuer}
            award.issuer = award.kind_id.issuer or bodies.get(award.level) or union.name

    @api.depends("kind_id.name", "volunteer_id.name", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for award in self:
            year = award.date.year if award.date else ""
            award.display_name = f"{award.sudo().volunteer_id.name or ''} {year} {award.kind_id.name or ''}".strip()

    @api.depends("state", "organization_id", "kind_id")
    @api.depends_context("uid")
    def _compute_can(self):
        writable = self._origin._filtered_access("write")
        for award in self:
            mine = not award._origin or award._origin in writable
            award.is_editable = mine and award.state == "draft"
            decides = award._origin and not award._get_not_competent_reason()
            award.can_give = decides and award.state == "draft"
            award.can_revoke = decides and award.state == "given"

    # Constraints

    @api.constrains("kind_id", "organization_id")
    def _check_level(self):
        for award in self:
            union = award.organization_id
            city = union == union._get_city()
            fits = {
                "city": city,
                "province": city,
                "county": not city and union.tier in ("county", "zone", "industry"),
                "bureau": bool(union.sudo().justice_bureau_id),
            }
            if not fits[award.level]:
                raise ValidationError(
                    self.env._(
                        "“%(award)s” is not given by %(union)s. Each body gives its own honours: choose another kind.",
                        award=award.kind_id.name,
                        union=union.name,
                    )
                )

    @api.constrains("kind_id", "volunteer_id")
    def _check_audience(self):
        for award in self:
            staff = award.volunteer_id.kind == "staff"
            if not (award.kind_id.for_staff if staff else award.kind_id.for_lawyers):
                raise ValidationError(
                    self.env._(
                        "“%(award)s” is not for %(kind)s.",
                        award=award.kind_id.name,
                        kind=dict(award.volunteer_id._fields["kind"]._description_selection(self.env))[
                            award.volunteer_id.kind
                        ],
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._name_kind(vals) for vals in vals_list])

    # Actions

    def action_give(self):
        """Award it: a leader of the very union that gives it, who did not propose it.

        :raises UserError: with every reason why one of them cannot be given
        """
        self.check_access("write")
        self._check_transition("given")
        self._raise_reasons(self._get_cannot_give_reason())
        self._give()
        return True

    @api.model
    def action_commend(self, volunteer_id, organization_id=None, kind="bureau_commendation", **values):
        """The justice bureau, which writes no record, gives its own honour to somebody it may read, by this step alone.

        :param values: ``date``, ``document_number``, ``note``
        :raises UserError: when the honour is not the bureau's, or the person had it within its interval
        """
        member = self.env["legal.aid.volunteer"].browse(volunteer_id)
        member.check_access("read")
        union = self.env["union.organization"].browse(organization_id) or self.env.user.access_organization_ids[:1]
        given = {name: values[name] for name in ("date", "document_number", "note") if values.get(name)}
        award = (
            self.sudo()
            .create({"kind": kind, "volunteer_id": member.id, "organization_id": union.id, **given})
            .sudo(False)
        )
        if award.sudo().level != "bureau":
            raise UserError(
                self.env._("“%(award)s” is not an honour of the justice bureau.", award=award.sudo().kind_id.name)
            )
        award.sudo()._raise_reasons(award.sudo()._get_cannot_give_reason())
        award.sudo()._give()
        return award

    def action_revoke(self, note=""):
        """Take it back, with the reason; opens a dialog when called without one."""
        self.check_access("read")
        self._check_state("given")
        self._raise_reasons({award: award._get_not_competent_reason() for award in self})
        if not (note or "").strip():
            return self.env["legal.aid.reason.dialog"]._open(self, "action_revoke", False, self.env._("Revoke"))
        # Whoever is competent decides; the bureau writes no record of its own.
        self.sudo()._transition("revoked", {"revoked_date": legal_today(self), "revoke_note": note.strip()})
        return True

    # Business

    @api.model
    def _find_kind(self, code):
        kind = self.env["legal.aid.award.kind"].search([("code", "=", code)], limit=1)
        if not kind:
            raise UserError(self.env._("There is no kind of award “%(code)s”. Choose one of the list.", code=code))
        return kind

    @api.model
    def _name_kind(self, vals):
        """A kind that was named by its code."""
        if not vals.get("kind") or vals.get("kind_id"):
            return vals
        vals = {**vals, "kind_id": self._find_kind(vals["kind"]).id}
        del vals["kind"]
        return vals

    def _give(self):
        for (kind, date), awards in self.grouped(lambda award: (award.kind_id, award.date)).items():
            again_from = kind.interval_months and date + relativedelta(months=kind.interval_months)
            awards._transition("given", {"given_by_id": self.env.uid, "again_from": again_from})

    def _get_not_competent_reason(self):
        """Why the user does not decide on this award, or False: each body gives its own."""
        self.ensure_one()
        user = self.env.user
        if self.organization_id not in user.access_organization_ids:
            return self.env._(
                "%(award)s is given by %(issuer)s alone.", award=self.display_name, issuer=self.issuer or ""
            )
        if not user.has_group(JUSTICE if self.level == "bureau" else MANAGER):
            return self.env._(
                "%(award)s is decided by the leader of %(issuer)s.", award=self.display_name, issuer=self.issuer or ""
            )
        return False

    def _get_cannot_give_reason(self):
        """``{award: reason or False}``."""
        repeated = self._get_repeated_reasons()
        reasons = {}
        for award in self:
            reasons[award] = award._get_not_competent_reason()
            if reasons[award]:
                continue
            if award.kind_id.by_nomination and not award.candidate_id:
                reasons[award] = self.env._(
                    "“%(award)s” is given on nomination only. Record it as the result of the round of nominations.",
                    award=award.kind_id.name,
                )
            elif award.level != "bureau" and award.create_uid == self.env.user:
                reasons[award] = self.env._(
                    "You proposed %(award)s yourself, so another leader decides.", award=award.display_name
                )
            elif award.date > legal_today(award):
                reasons[award] = self.env._("The day of %(award)s is still to come.", award=award.display_name)
            else:
                reasons[award] = repeated[award]
        return reasons

    def _get_repeated_reasons(self):
        """``{award: why the person cannot get this kind again on that day, or False}``."""
        reasons = {}
        for (kind, date), awards in self.grouped(lambda award: (award.kind_id, award.date)).items():
            found = awards.volunteer_id._get_award_interval_reasons(kind, date, except_awards=awards)
            reasons |= {award: found[award.volunteer_id] for award in awards}
        return {award: reasons[award] or twice for award, twice in self._get_twice_reasons().items()}

    def _get_twice_reasons(self):
        """``{award: why it cannot be given together with another of these, or False}``."""
        reasons = dict.fromkeys(self, False)
        for (kind, member), awards in self.grouped(lambda award: (award.kind_id, award.volunteer_id)).items():
            span = relativedelta(months=kind.interval_months)
            for earlier, later in pairwise(awards.sorted(lambda award: (award.date, award.id))):
                if later.date < earlier.date + span:
                    reasons[later] = self.env._(
                        "%(name)s would get “%(award)s” twice within %(months)s months. Give one of them.",
                        name=member.sudo().name,
                        award=kind.name,
                        months=kind.interval_months,
                    )
        return reasons
