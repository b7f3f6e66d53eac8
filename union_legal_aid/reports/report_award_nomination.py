from odoo import api, models
from odoo.exceptions import UserError

# Each figure with its unit; the form is Chinese, whoever prints it.
FIGURES = {
    "years": "年",
    "consultations": "人次",
    "cases_closed": "件",
    "recipients": "人",
    "hours": "小时",
    "activities": "场次",
    "assessments": "",
    "complaints": "件",
}


class ReportAwardNomination(models.AbstractModel):
    """推荐审批表: one page for each nominee, with the figures as they were frozen and who approved (T11)."""

    _name = "report.union_legal_aid.report_award_nomination"
    _description = "Nomination Form"
    _inherit = "legal.aid.money.print.mixin"

    # Business

    @api.model
    def _get_report_values(self, docids, data=None):
        rounds = self._in_chinese(self.env["legal.aid.award.round"].browse(docids))
        rounds.check_access("read")
        chosen = [candidate for award_round in rounds for candidate in award_round._get_chosen()]
        if not chosen:
            raise UserError(
                self.env._(
                    "Nobody is chosen in %(rounds)s yet. Take the figures, then choose.",
                    rounds=", ".join(rounds.mapped("display_name")),
                )
            )
        return {"docs": rounds, "sheets": [self._prepare_sheet(candidate) for candidate in chosen]}

    def _prepare_sheet(self, candidate):
        env = candidate.env
        award_round = candidate.round_id
        person_sudo = candidate.volunteer_id.sudo()  # whoever may read the nomination reads the nominee on its form
        labels = {name: field["string"] for name, field in candidate.fields_get(FIGURES).items()}
        return {
            "title": env._("Nomination for: %(award)s", award=award_round.kind_id.name),
            "watermark": "" if award_round.state in ("nominated", "closed") else env._("Not approved yet"),
            "facts": [
                (env._("Full Name"), person_sudo.name),
                (env._("Gender"), self._get_label(person_sudo, "gender") if person_sudo.gender else ""),
                (env._("Law firm"), person_sudo.law_firm_id.name or ""),
                (env._("Licence number"), person_sudo.license_number or ""),
                (env._("In the team since"), self._format_date(person_sudo.member_since)),
                (
                    env._("Service counted"),
                    f"{self._format_date(award_round.period_start)}—{self._format_date(award_round.period_end)}",
                ),
                *((labels[name], self._show(candidate, name)) for name in FIGURES),
                (env._("Amount recovered"), self._format_amount(candidate.amount_recovered)),
                (
                    env._("Had this honour on"),
                    self._format_date(candidate.last_award_date) if candidate.last_award_date else env._("never"),
                ),
            ],
            "merits": candidate.merits or "",
            "signers": [
                (env._("Nominated by"), award_round.organization_id.name),
                *self._get_approval_signers(award_round),
            ],
        }

    @api.model
    def _show(self, candidate, name):
        value = candidate[name]
        if name == "assessments":
            return value or ""
        return f"{value:g}{FIGURES[name]}"
