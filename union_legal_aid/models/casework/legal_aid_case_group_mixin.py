from odoo import api, fields, models
from odoo.exceptions import ValidationError


class LegalAidCaseGroupMixin(models.AbstractModel):
    """A case of many workers (C4): the list of the parties, the number that follows it, and whether it counts as a group case.

    From the policy's ``group_case_size`` workers on it does (劳动争议调解仲裁法 §7: ten and more with one common claim).
    """

    _name = "legal.aid.case.group.mixin"
    _description = "Group Case"

    is_group = fields.Boolean(
        string="Group Case",
        compute="_compute_is_group",
        store=True,
        compute_sudo=True,
        help="As many workers as the policy says, or more.",
    )
    party_count = fields.Integer(string="Listed Workers", compute="_compute_party_count")

    # Compute

    @api.depends("headcount", "policy_id", "organization_id", "application_date")
    def _compute_is_group(self):
        for case in self:
            case.is_group = case._is_group_case()

    @api.depends("party_ids.headcount", "party_ids.role")
    def _compute_party_count(self):
        counts = self._origin._count_listed()
        for case in self:
            case.party_count = counts.get(case._origin, 0)

    # Constraints

    @api.constrains("headcount")
    def _check_headcount(self):
        listed = self._count_listed()
        for case in self:
            if case.headcount < listed.get(case, 0):
                raise ValidationError(
                    self.env._(
                        "Case %(case)s lists %(listed)s workers, so it cannot help fewer. Take those who are not helped off the"
                        " list.",
                        case=case.display_name,
                        listed=listed[case],
                    )
                )

    # Actions

    def action_open_party_import(self):
        """Read the list of the workers from a workbook."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import the List of Workers"),
            "res_model": "legal.aid.party.import",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_case_id": self.id},
        }

    # Business

    def _count_listed(self):
        """``{case: workers on its list}``, whoever may read the list."""
        groups = (
            self.env["legal.aid.case.party"]
            .sudo()
            ._read_group([("case_id", "in", self.ids), ("role", "=", "applicant")], ["case_id"], ["headcount:sum"])
        )
        return {case.sudo(False): listed for case, listed in groups}

    def _follow_list(self, before):
        """Let the number of workers follow the list, which counted ``before`` until now.

        Workers whom the case helps without listing them stay in the number: it sinks with the list only when all were listed.
        """
        before = {case.id: listed for case, listed in before.items()}
        # The number belongs to the list, whoever keeps it.
        for case, listed in self.sudo()._count_listed().items():
            case_sudo = case.sudo()
            all_listed = case_sudo.headcount <= before.get(case.id, 0)
            headcount = max(listed if all_listed else max(case_sudo.headcount, listed), 1)
            if headcount != case_sudo.headcount:
                case_sudo._workflow_write({"headcount": headcount})
                case_sudo._void_changed_requests()
