from odoo import api, fields, models
from odoo.fields import Domain

from ..organization.personal_fields import OFFICER
from ..organization.wording import join_clauses, join_names


class LegalAidCaseEmployerMixin(models.AbstractModel):
    """What is known of the employer: other cases against it, and whether it is a key enterprise (I13).

    Worked out when the case is opened, under the reader's own rights: an employer is no record but a name and a credit code.
    """

    _name = "legal.aid.case.employer.mixin"
    _description = "Employer of a Case"

    employer_case_count = fields.Integer(
        string="Cases Against This Employer", compute="_compute_employer_history", groups=OFFICER
    )
    employer_history = fields.Char(compute="_compute_employer_history", groups=OFFICER)
    key_employer_note = fields.Char(string="Key Enterprise", compute="_compute_key_employer_note", groups=OFFICER)

    # Compute

    @api.depends("employer_key", "employer_uscc")
    @api.depends_context("uid", "lang")
    def _compute_employer_history(self):
        for case in self:
            domain = case._domain_same_employer()
            groups = self._read_group(
                domain, ["matter_id"], ["__count", "amount_claimed:sum", "amount_recovered:sum", "application_date:max"]
            )
            case.employer_case_count = sum(count for _matter, count, *_rest in groups)
            case.employer_history = bool(groups) and case._describe_employer(groups)

    @api.depends("employer_key", "employer_uscc")
    @api.depends_context("uid", "lang")
    def _compute_key_employer_note(self):
        for case in self:
            flags = self.env["legal.aid.key.employer"]._find(case.employer_key, case.employer_uscc)
            case.key_employer_note = join_clauses(
                self.env,
                (
                    self.env._(
                        "flagged by %(union)s on %(date)s: %(reason)s",
                        union=flag.organization_id.name,
                        date=fields.Date.to_string(flag.date_from),
                        reason=flag.reason,
                    )
                    for flag in flags
                ),
            )

    # Actions

    def action_open_employer_cases(self):
        """The other cases against this employer, as far as the user may open them."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("union_legal_aid.legal_aid_case_action")
        return {
            **action,
            "name": self.env._("Cases Against This Employer"),
            "domain": list(self._domain_same_employer()),
            "context": {},
        }

    # Business

    def _domain_same_employer(self):
        """Other cases against the same employer, by name or credit code; drafts and withdrawn ones do not count."""
        self.ensure_one()
        same = Domain("employer_key", "=", self.employer_key) if self.employer_key else Domain.FALSE
        if self.employer_uscc:
            same |= Domain("employer_uscc", "=", self.employer_uscc)
        return same & Domain("id", "!=", self._origin.id) & Domain("state", "not in", ("draft", "withdrawn"))

    def _describe_employer(self, groups):
        matters = join_names(
            self.env,
            (f"{matter.name or '-'} {count}" for matter, count, *_rest in sorted(groups, key=lambda group: -group[1])),
        )
        return self.env._(
            "%(count)s other cases (%(matters)s); claimed %(claimed)s, recovered %(recovered)s yuan; last on %(date)s",
            count=sum(count for _matter, count, *_rest in groups),
            matters=matters,
            claimed=f"{sum(claimed for _matter, _count, claimed, *_rest in groups):,.2f}",
            recovered=f"{sum(recovered for *_rest, recovered, _last in groups):,.2f}",
            date=fields.Date.to_string(max(last for *_rest, last in groups)),
        )
