from odoo import api, fields, models
from odoo.fields import Domain

from .legal_day import legal_today


class LegalAidDatedMixin(models.AbstractModel):
    """Figures that hold for a union and those below it, from a day to a day; a union's own come before its superior's (O6).

    A record keeps the figures that applied on its day, and figures that something rests on are frozen: new ones are a new
    record. A model that inherits this says which models rest on it, what else must be true of figures in force, and what to
    tell when none are.
    """

    _name = "legal.aid.dated.mixin"
    _description = "Dated Figures"

    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        ondelete="restrict",
        index=True,
    )
    date_from = fields.Date(string="In Force From", required=True)
    date_to = fields.Date(string="In Force Until", help="Last day in force; empty while no end is set.")
    is_used = fields.Boolean(string="Frozen", compute="_compute_is_used")

    # Compute

    def _compute_is_used(self):
        used_ids = self._get_used_ids()
        for figures in self:
            figures.is_used = figures._origin.id in used_ids

    # Business

    @api.model
    def _get(self, organization, date):
        """The figures in force for ``organization`` on ``date``: its own or its nearest superior's.

        :raises UserError: when none are in force on that day; old figures are never used instead (O6)
        """
        date = fields.Date.to_date(date) or legal_today(self)
        found = self._find(organization, date)
        if not found:
            self._raise_none_in_force(organization, date)
        return found

    @api.model
    def _find(self, organization, date):
        """The figures that ``_get`` returns, or an empty record when none are in force: only where that is a case of its own."""
        # They hold downwards, so every union reads its superiors' figures, also where its users are bound elsewhere.
        found_sudo = self.sudo().search(
            Domain("organization_id", "parent_of", organization.ids)
            & Domain("date_from", "<=", date)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", date))
            & self._get_in_force_domain()
        )
        return found_sudo.sorted(lambda figures: -len(figures.organization_id.parent_path))[:1].sudo(False)

    @api.model
    def _get_in_force_domain(self):
        """What else than the dates makes figures count."""
        return Domain.TRUE

    @api.model
    def _raise_none_in_force(self, organization, date):
        """Say which figures are missing for ``organization`` on ``date``, and where they are entered."""
        raise NotImplementedError

    @api.model
    def _get_dependent_fields(self):
        """``[(model, many2one field)]`` of the records that keep the figures they rest on. Later rooms add theirs."""
        return []

    def _get_used_ids(self):
        used = set()
        for model, field in self._get_dependent_fields():
            # Use by a county that this user may not see freezes the figures all the same.
            records_sudo = self.env[model].sudo().with_context(active_test=False)
            groups = records_sudo._read_group([(field, "in", self._origin.ids)], [field])
            used.update(figures.id for (figures,) in groups)
        return used
