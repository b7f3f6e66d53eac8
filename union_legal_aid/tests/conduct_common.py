import base64

from ..tools.removal_grounds import BY_CODE
from .team_common import TeamCommon

PAPER = base64.b64encode(b"%PDF-1.4 test")


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

    def _show(self, lawyer, *elements, user=None, **values):
        """Evidence of ``elements``, recorded by the city's officer, each with a paper."""
        lines = self.env["legal.aid.removal.element"].with_user(user or self.city_officer)
        return lines.create(
            [
                {
                    "volunteer_id": lawyer.id,
                    "element": element,
                    "text": f"测试证据 {element}",
                    "document": PAPER,
                    "document_name": "证据.pdf",
                    **values,
                }
                for element in elements
            ]
        ).with_env(self.env)

    def _open_removal(self, ground="failure", lawyer=None, user=None, shown=True, **values):
        """A removal that the city's officer opened, with evidence of all its elements unless told otherwise."""
        lawyer = lawyer or self.lawyer1
        removals = self.env["legal.aid.removal"].with_user(user or self.city_officer)
        removal = removals.create({"volunteer_id": lawyer.id, "ground": ground, **values}).with_env(self.env)
        if shown:
            self._show(lawyer, *BY_CODE[ground].codes)
        return removal

    def _sanction(self, user=None, lawyer=None, **values):
        sanctions = self.env["legal.aid.sanction"].with_user(user or self.city_officer)
        return sanctions.create(
            {
                "volunteer_id": (lawyer or self.lawyer1).id,
                "body": "测试市律师协会",
                "number": "测律处1号",
                "date": "2026-06-01",
                **values,
            }
        ).with_env(self.env)
