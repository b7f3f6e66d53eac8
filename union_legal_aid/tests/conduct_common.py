from .team_common import TeamCommon


class ConductCommon(TeamCommon):
    """Lawyer 1, who serves county a, is a member of the team since 20 May 2026."""

    def setUp(self):
        super().setUp()
        self.contract = self._appoint(self.lawyer1)

    def _complain(self, lawyer=None, user=None, **values):
        """A worker's complaint, taken down by the city's officer unless said otherwise."""
        complaints = self.env["legal.aid.complaint"].with_user(user or self.city_officer)
        return complaints.create(
            {
                "volunteer_id": (lawyer or self.lawyer1).id,
                "complainant_kind": "worker",
                "category": "neglect",
                "text": "测试投诉事实",
                **values,
            }
        ).with_env(self.env)

    def _verify(self, complaint):
        complaint.with_user(self.city_officer).action_investigate()
        complaint.with_user(self.city_manager).action_verify(note="属实")
        return complaint

    def _get_removal(self, lawyer=None):
        return self.env["legal.aid.removal"].search([("volunteer_id", "=", (lawyer or self.lawyer1).id)])
