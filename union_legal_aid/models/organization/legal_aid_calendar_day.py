from odoo import api, fields, models, tools

WARNED = "union_legal_aid.calendar_warned_year"


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

    # Mail & cron

    @api.model
    def _cron_warn_missing_year(self):
        """From December on, tell the administrators once when the coming year's holidays are missing (F§12).

        The State Council announces them in November; without them a clock knows weekends only. In January the year that began
        is looked at, so a missed December loses nothing.
        """
        today = self.env["legal.aid.deadline"]._get_legal_day()
        year = today.year + 1 if today.month == 12 else today.year
        # What was told is a mark of the system, no setting that anybody may change.
        parameters_sudo = self.env["ir.config_parameter"].sudo()
        told = int(parameters_sudo.get_param(WARNED, 0))
        if told >= year or self._has_year(year):
            return
        parameters_sudo.set_param(WARNED, year)
        administrators = self.env.ref("union_legal_aid.group_administrator").all_user_ids
        self.env["legal.aid.notification"]._tell(
            administrators.filtered(lambda user: user.active and user.union_organization_ids),
            lambda env: env._("The calendar of %(year)s is missing", year=year),
            lambda env: env._(
                "No holidays of %(year)s are entered, so deadlines of that year move off weekends only. Enter the days of"
                " rest and the working days in exchange from the State Council's notice, under Configuration > Calendar.",
                year=year,
            ),
        )
