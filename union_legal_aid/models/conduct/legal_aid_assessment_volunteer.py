from odoo import models


class LegalAidVolunteer(models.Model):
    _inherit = "legal.aid.volunteer"

    # Actions

    def action_open_assessments(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Assessments"),
            "res_model": "legal.aid.assessment",
            "views": [(False, "list"), (False, "form")],
            "domain": [("volunteer_id", "=", self.id)],
            "context": {"default_volunteer_id": self.id},
        }

    # Business

    def _get_not_assignable_reasons(self):
        """Whom both bodies will not keep on gets no new cases while the contract still runs (T10)."""
        reasons = super()._get_not_assignable_reasons()
        # That the contract is to end decides who gets cases; the assessment itself is not shown here.
        ending_sudo = (
            self.env["legal.aid.assessment"]
            .sudo()
            .search(
                [
                    ("volunteer_id", "in", self._origin.ids),
                    ("state", "=", "signed"),
                    ("outcome", "=", "end"),
                    ("contract_id.state", "=", "active"),
                ]
            )
        )
        ending = set(ending_sudo.volunteer_id.ids)
        for member in self:
            if not reasons[member] and member._origin.id in ending:
                reasons[member] = self.env._(
                    "The contract of %(name)s is to end early by the assessment: no new cases.", name=member.name
                )
        return reasons
