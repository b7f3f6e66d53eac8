from dateutil.relativedelta import relativedelta

from odoo import fields, models

from ..organization.wording import join_clauses


class LegalAidVolunteer(models.Model):
    _inherit = "legal.aid.volunteer"

    award_ids = fields.One2many(
        comodel_name="legal.aid.award",
        inverse_name="volunteer_id",
        string="Awards",
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor,union_legal_aid.group_justice"
        ",union_legal_aid.group_volunteer",
    )
    publish_awards = fields.Boolean(string="Publish Honours", default=False)

    # Business

    def _get_consent_flags(self):
        return (*super()._get_consent_flags(), "publish_awards")

    def _get_roster_values(self):
        """Honours are on the roster where the lawyer agreed to that, too (T11, T13)."""
        values = super()._get_roster_values()
        # Published by consent, whoever asks.
        agreed = self.browse().union(*values).sudo().filtered("publish_awards")
        awards = (
            agreed.env["legal.aid.award"]
            .search([("volunteer_id", "in", agreed.ids), ("state", "=", "given")])
            .grouped(lambda award: award.volunteer_id.id)
        )
        for volunteer, line in values.items():
            line["awards"] = [f"{award.date.year} {award.kind_id.name}" for award in awards.get(volunteer.id, [])]
        return values

    def _get_award_interval_reasons(self, kind, date, except_awards=None):
        """``{member: why he cannot get ``kind`` on ``date``, because he had it within its interval, or False}``; one search."""
        reasons = dict.fromkeys(self, False)
        if not kind.interval_months:
            return reasons
        span = relativedelta(months=kind.interval_months)
        # Whoever gave it, it counts.
        found_sudo = (
            self.env["legal.aid.award"]
            .sudo()
            .search(
                [
                    ("volunteer_id", "in", self.ids),
                    ("kind_id", "=", kind.id),
                    ("state", "=", "given"),
                    ("id", "not in", except_awards.ids if except_awards else []),
                    ("date", ">", date - span),
                    ("date", "<", date + span),
                ]
            )
        )
        # Of several the one that stands first in the order of awards.
        for member, awards_sudo in found_sudo.grouped(lambda award: award.volunteer_id.sudo(False)).items():
            reasons[member] = self.env._(
                "%(name)s got “%(award)s” on %(date)s; it may be given again after %(months)s months.",
                name=member.name,
                award=kind.name,
                date=fields.Date.to_string(awards_sudo[:1].date),
                months=kind.interval_months,
            )
        return reasons

    def _get_award_exclusions(self, award_round):
        """``{member: why he cannot be nominated, or False}``: a verified complaint, the same honour not long ago, no service."""
        facts = self._get_service_facts(award_round.period_start, award_round.period_end)
        reasons = self._get_award_interval_reasons(award_round.kind_id, award_round.date)
        for member in self:
            if member.sudo().verified_complaint_count:
                reasons[member] = self.env._(
                    "A complaint about %(name)s was verified in the present membership.", name=member.name
                )
            elif facts[member].is_idle:
                reasons[member] = self.env._("%(name)s has no service on record in the period.", name=member.name)
        return reasons

    def _get_award_evidence(self, award_round):
        """``{member: values of the candidate}``: the figures of the period, by their one definition."""
        facts = self._get_service_facts(award_round.period_start, award_round.period_end)
        exclusions = self._get_award_exclusions(award_round)
        assessments = self._get_award_assessments(award_round)
        awards = dict(
            self.env["legal.aid.award"]
            .sudo()  # see _get_award_interval_reasons
            ._read_group(
                [("volunteer_id", "in", self.ids), ("kind_id", "=", award_round.kind_id.id), ("state", "=", "given")],
                ["volunteer_id"],
                ["date:max"],
            )
        )
        evidence = {}
        for member in self:
            figures = facts[member]
            since = member.member_since
            evidence[member] = {
                "years": relativedelta(award_round.date, since).years if since else 0,
                "consultations": figures.consultations,
                "cases_closed": figures.cases_closed,
                "recipients": figures.recipients,
                "amount_recovered": figures.amount_recovered,
                "hours": figures.hours,
                "activities": figures.activities,
                "assessments": assessments.get(member.id, ""),
                "complaints": member.sudo().verified_complaint_count,
                "last_award_date": awards.get(member.sudo(), False),
                "exclusion": exclusions[member],
                "is_excluded": bool(exclusions[member]),
            }
        return evidence

    def _get_award_assessments(self, award_round):
        """``{member id: text}`` of the signed assessments of the period: year, outcome and points."""
        # The city nominates by what both bodies signed.
        signed_sudo = (
            self.env["legal.aid.assessment"]
            .sudo()
            .search(
                [
                    ("volunteer_id", "in", self.ids),
                    ("state", "=", "signed"),
                    ("period_start", "<=", award_round.period_end),
                    ("period_end", ">=", award_round.period_start),
                ],
                order="period_start",
            )
        )
        outcomes = dict(signed_sudo._fields["outcome"]._description_selection(self.env))
        texts = {}
        for assessment in signed_sudo:
            text = f"{assessment.period_end.year} {outcomes.get(assessment.outcome, '')} {assessment.score:g}"
            texts.setdefault(assessment.volunteer_id.id, []).append(text)
        return {member_id: join_clauses(self.env, found) for member_id, found in texts.items()}
