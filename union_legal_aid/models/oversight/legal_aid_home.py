from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools import periods
from ...tools.home_page import CARD_LABELS, FIGURE_LABELS, LIAISON, OFFICER, ROLES, SECTION_LABELS, SECTIONS
from ..organization.legal_day import legal_today

FIGURE_MEASURES = ("records", "persons", "amount")
FIGURE_VIEWS = ("list", "kanban", "pivot", "graph")


class LegalAidHome(models.AbstractModel):
    """The home page of each role (V5): what waits for me, what is due or overdue, and the figures of this month.

    Everything is counted at the moment and under the rights of whoever looks. A number opens the list of exactly what was counted.
    """

    _name = "legal.aid.home"
    _description = "Home Page"

    # Actions

    @api.model
    def get_page(self):
        """What the page shows: ``{"heading", "sections": [{"title", "cards": […]}], "figures": […]}``, in the reader's language."""
        self._check_reader()
        sections = []
        for section in SECTIONS:
            cards = [self._count_card(card) for card in section.cards if self._is_shown(card)]
            if cards:
                sections.append({"title": self.env._(SECTION_LABELS[section.code]), "cards": cards})
        return {"heading": self._get_heading(), "sections": sections, "figures": self._get_figures()}

    @api.model
    def open_card(self, code):
        """The list behind a number, with the very condition it was counted by.

        :raises AccessError: for a number that is not on this user's page
        """
        for section in SECTIONS:
            for card in section.cards:
                if card.code == code and self._is_shown(card):
                    return self._open(card.action, CARD_LABELS[code], self._get_domain(card))
        raise AccessError(self.env._("There is no number “%(code)s” on your home page.", code=code))

    @api.model
    def open_figure(self, code, period):
        """The rows of the statistics that a figure of the table adds up.

        :param code: kind of row and measure, as ``closed.amount``
        :param period: ``month``, ``before`` or ``year``
        :raises AccessError: for a figure that is not on this user's page
        """
        self._check_reader()
        periods_by_name = self._get_periods()
        if code not in FIGURE_LABELS or period not in periods_by_name or not self._has_figures():
            raise AccessError(self.env._("There is no number “%(code)s” on your home page.", code=code))
        kind, _measure = code.split(".")
        domain = Domain("kind", "=", kind) & self._get_days(*periods_by_name[period])
        action = self._open("legal_aid_statistic_action", FIGURE_LABELS[code], domain)
        return {
            **action,
            "view_mode": ",".join(FIGURE_VIEWS),
            "mobile_view_mode": "kanban",
            "views": [(False, mode) for mode in FIGURE_VIEWS],
        }

    # Business

    def _check_reader(self):
        if not self._get_roles():
            raise AccessError(self.env._("This home page is for the people of the unions and the justice bureau."))

    def _get_roles(self):
        """The groups whose numbers this user is shown."""
        roles = {name for name in ROLES if self.env.user.has_group(f"union_legal_aid.{name}")}
        # Officers hold the group of the liaisons, but not their work.
        return roles - {LIAISON} if OFFICER in roles else roles

    def _is_shown(self, card):
        return bool(self._get_roles().intersection(card.groups)) and self.env[card.model].has_access("read")

    def _open(self, action_name, title, domain):
        action = self.env["ir.actions.act_window"]._for_xml_id(f"union_legal_aid.{action_name}")
        name = self.env._(title)
        return {**action, "domain": list(domain), "context": {}, "name": name, "display_name": name}

    def _get_heading(self):
        """Whose page it is: the day, and the unions whose work it counts."""
        unions = self.env.user.union_organization_ids.mapped("display_name")
        return " · ".join([format_date(self.env, legal_today(self), date_format="full"), *unions])

    def _get_domain(self, card):
        domain = Domain(list(card.domain))
        if card.own:
            domain &= Domain(card.own, "in", self.env.user.access_organization_ids.ids)
        if card.mine:
            domain &= Domain(card.mine, "in", self.env.user.ids)
        return domain

    def _count_card(self, card):
        count = self.env[card.model].search_count(self._get_domain(card))
        return {
            "code": card.code,
            "label": self.env._(CARD_LABELS[card.code]),
            "count": count,
            "tone": card.tone if count else "light",
        }

    def _has_figures(self):
        return self.env["legal.aid.statistic"].has_access("read")

    def _get_periods(self):
        """``{name: (first day, last day)}`` of what the table of figures compares."""
        today = legal_today(self)
        return {
            "month": (today.replace(day=1), today),
            "before": periods.month_of(periods.month_before(today)),
            "year": (today.replace(month=1, day=1), today),
        }

    @api.model
    def _get_days(self, first, last):
        return Domain("date", ">=", fields.Date.to_string(first)) & Domain("date", "<=", fields.Date.to_string(last))

    def _get_figures(self):
        """The figures of this month, the month before and this year; empty where the user reads no statistics."""
        if not self._has_figures():
            return []
        figures = []
        sums = self._sum_months()
        for code, label in FIGURE_LABELS.items():
            kind, measure = code.split(".")
            digits = 2 if measure == "amount" else 0
            values = {
                name: f"{sum(sums.get((kind, measure, month), 0) for month in self._get_months(*days)):,.{digits}f}"
                for name, days in self._get_periods().items()
            }
            figures.append({"code": code, "label": self.env._(label), "values": values})
        return figures

    def _sum_months(self):
        """``{(kind, measure, first day of the month): sum}`` of all months that the table takes."""
        spans = self._get_periods().values()
        kinds = sorted({code.split(".")[0] for code in FIGURE_LABELS})
        groups = self.env["legal.aid.statistic"]._read_group(
            self._get_days(min(first for first, _last in spans), legal_today(self)) & Domain("kind", "in", kinds),
            ["kind", "date:month"],
            [f"{measure}:sum" for measure in FIGURE_MEASURES],
        )
        return {
            (kind, measure, fields.Date.to_date(month)): value or 0
            for kind, month, *values in groups
            for measure, value in zip(FIGURE_MEASURES, values, strict=True)
        }

    @api.model
    def _get_months(self, first, last):
        """The first day of each month from ``first`` to ``last``."""
        return [date(first.year, month, 1) for month in range(first.month, last.month + 1)]
