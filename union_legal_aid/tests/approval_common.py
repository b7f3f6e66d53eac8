from datetime import timedelta

from odoo import fields
from odoo.service.model import call_kw

from .common import LegalAidCommon

FORGED = object()


class LegalAidApprovalCommon(LegalAidCommon):
    """The contract as the document: its rule asks for the leader of the city. A second leader stands ready."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.volunteer = cls.env["legal.aid.volunteer"].create(
            {
                "partner_id": cls.lawyer1_user.partner_id.id,
                "user_id": cls.lawyer1_user.id,
                "organization_id": cls.city.id,
                "license_number": "14104201510123456",
                "license_valid_until": "2030-12-31",
            }
        )
        cls.second_manager = cls._create_user("t_city_manager2", cls.city, "manager")
        cls.contract_model = cls.env["ir.model"]._get("legal.aid.contract")

    def _create_contract(self, **values):
        return (
            self.env["legal.aid.contract"]
            .with_user(self.city_officer)
            .create({"volunteer_id": self.volunteer.id, "date_start": "2026-05-20", **values})
        )

    def _request(self, **values):
        contract = self._create_contract(**values)
        contract.action_request_approval()
        return contract, contract.approval_request_id

    def _create_rule(self, **values):
        return self.env["legal.aid.approval.rule"].create(
            {"name": "加一级", "model_id": self.contract_model.id, "sequence": 90, **values}
        )

    def _name_stand_in(self, user, substitute, first=0, last=0, **values):
        """From ``first`` to ``last``, in days from today."""
        today = fields.Date.today()
        return (
            self.env["legal.aid.stand.in"]
            .with_user(user)
            .create(
                {
                    "user_id": user.id,
                    "substitute_id": substitute.id,
                    "date_from": today + timedelta(days=first),
                    "date_to": today + timedelta(days=last),
                    **values,
                }
            )
        )

    def _rpc(self, user, model, method, *args, **kwargs):
        """Call ``method`` as a remote client does, with whatever context he sends."""
        self.env.flush_all()
        self.env.invalidate_all()
        return call_kw(self.env[model].with_user(user), method, list(args), kwargs)

    def _get_todos(self, record):
        """The users who have a to-do for the approval of ``record``."""
        activity_type = self.env.ref("union_legal_aid.mail_activity_type_approval")
        todos = self.env["mail.activity"].search(
            [
                ("activity_type_id", "=", activity_type.id),
                ("res_model", "=", record._name),
                ("res_id", "=", record.id),
            ]
        )
        self.assertEqual(len(todos), len(todos.user_id), "nobody has the same to-do twice")
        return todos.user_id
