from odoo import api, fields, models, tools


class LegalAidCalendarDay(models.Model):
    """A day that differs from the ordinary week: a holiday, or a weekend day worked in exchange (F§12)."""

    _name = "legal.aid.calendar.day"
    _description = "Calendar Day"
    _order = "date desc"
    _rec_name = "date"

    date = fields.Date(required=True)
    kind = fields.Selection(selection=[("rest", "Day of rest"), ("work", "Working day in exchange")], required=True)
    source = fields.Char(required=True, help="The State Council's notice that sets this day.")

    _date_unique = models.Constraint("UNIQUE(date)", "This day is in the calendar already. Change that entry instead.")

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    # Business

    @api.model
    @tools.ormcache()
    def _get_calendar(self):
        """All exceptional days as ``{date: "rest" | "work"}``, the form that ``tools.deadlines`` takes."""
        # Public knowledge that every clock needs, whoever starts it.
        return {day.date: day.kind for day in self.sudo().search([])}

    @api.model
    def _has_year(self, year):
        """Whether the year's holidays were entered; without them a clock counts weekends only."""
        return any(date.year == year for date in self._get_calendar())
