from collections import defaultdict

from odoo import fields, models

from ...tools.money import cents
from ...tools.service_facts import ServiceFacts


class LegalAidVolunteer(models.Model):
    _inherit = "legal.aid.volunteer"

    # Business

    def _get_service_facts(self, date_from, date_to):
        """What each member did from ``date_from`` to ``date_to``, both included: the one definition (T10, T14, V1).

        Figures of all counties, whoever asks, and nothing but figures. The number of queries does not grow with the members.

        :return: ``{member: tools.service_facts.ServiceFacts}``, one for each member, also who did nothing
        """
        period = fields.Date.to_date(date_from), fields.Date.to_date(date_to)
        # A lawyer serves unions of several counties; whoever may ask for his figures may not read all that they count.
        team_sudo = self.sudo()
        figures = defaultdict(dict)
        for name in self._get_service_sources():
            for volunteer_id, found in getattr(team_sudo, name)(*period).items():
                days = [figures[volunteer_id].get("last_service_date"), found.pop("last_service_date", None)]
                figures[volunteer_id].update(found)
                figures[volunteer_id]["last_service_date"] = max(filter(None, days), default=None)
        return {volunteer: ServiceFacts(**figures[volunteer.id]) for volunteer in self}

    def _get_service_sources(self):
        """The methods that count, each ``{volunteer id: figures}``."""
        return [
            "_count_consultations",
            "_count_assignments",
            "_count_closed_cases",
            "_count_work_logs",
            "_count_activities",
        ]

    def _count_consultations(self, first, last):
        groups = self.env["legal.aid.consultation"]._read_group(
            self._domain_period("date", first, last), ["volunteer_id"], ["__count", "date:max"]
        )
        return {
            volunteer.id: {"consultations": count, "last_service_date": fields.Date.to_date(day)}
            for volunteer, count, day in groups
        }

    def _count_assignments(self, first, last):
        """Cases that were accepted; one that was given back and taken again counts once. What was declined is no service."""
        groups = self.env["legal.aid.assignment"]._read_group(
            self._domain_period("date", first, last) & self._domain_taken_on(),
            ["volunteer_id", "case_id"],
            ["date:max"],
        )
        # One read for the workers of all cases.
        self.env["legal.aid.case"].browse([case.id for _volunteer, case, _day in groups]).fetch(["headcount"])
        figures = {}
        for volunteer, case, day in groups:
            found = figures.setdefault(
                volunteer.id, {"cases_assigned": 0, "recipients": 0, "last_service_date": fields.Date.to_date(day)}
            )
            found["cases_assigned"] += 1
            found["recipients"] += case.headcount
            found["last_service_date"] = max(found["last_service_date"], fields.Date.to_date(day))
        return figures

    def _count_closed_cases(self, first, last):
        groups = self.env["legal.aid.case"]._read_group(
            self._domain_closed(first, last), ["volunteer_id"], ["__count", "amount_recovered:sum", "closed_date:max"]
        )
        return {
            volunteer.id: {
                "cases_closed": count,
                "amount_recovered": cents(amount or 0.0),
                "last_service_date": fields.Date.to_date(day),
            }
            for volunteer, count, amount, day in groups
        }

    def _count_work_logs(self, first, last):
        groups = self.env["legal.aid.work.log"]._read_group(
            self._domain_period("date", first, last), ["volunteer_id"], ["__count", "hours:sum", "date:max"]
        )
        return {
            volunteer.id: {
                "log_entries": count,
                "log_hours": round(hours, 2),
                "last_service_date": fields.Date.to_date(day),
            }
            for volunteer, count, hours, day in groups
        }

    def _count_activities(self, first, last):
        """Only what a union confirmed, and only who came."""
        groups = self.env["legal.aid.activity.attendance"]._read_group(
            self._domain_period("date", first, last) & self._domain_attended(),
            ["volunteer_id", "kind"],
            ["__count", "hours:sum", "attendee_count:sum", "date:max"],
        )
        figures = {}
        for volunteer, kind, count, hours, audience, day in groups:
            found = figures.setdefault(volunteer.id, {"activities": 0, "activity_hours": 0.0, "last_service_date": day})
            found["activities"] += count
            found["activity_hours"] = round(found["activity_hours"] + hours, 2)
            found["last_service_date"] = max(found["last_service_date"], day)
            if kind == "publicity":
                found.update(publicity=count, audience=audience)
            elif kind == "lawyer_training":
                found["training_hours"] = round(hours, 2)
        return figures

    def _domain_period(self, field, first, last):
        domain = fields.Domain("volunteer_id", "in", self.ids)
        return domain & fields.Domain(field, ">=", first) & fields.Domain(field, "<=", last)

    def _domain_taken_on(self):
        """Of the assignments, those that the lawyer accepted, also where they ended since."""
        ended = fields.Domain("state", "=", "ended") & fields.Domain("declaration", "!=", False)
        return fields.Domain("state", "=", "accepted") | ended

    def _domain_closed(self, first, last):
        over = fields.Domain("state", "in", ("closed", "terminated", "archived"))
        return self._domain_period("closed_date", first, last) & over

    def _domain_attended(self):
        return fields.Domain("state", "=", "held") & fields.Domain("attended", "=", True)
