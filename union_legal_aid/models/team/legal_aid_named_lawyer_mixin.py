from odoo import fields, models

from .legal_aid_contract_lawyer import NAMING_READERS


class LegalAidNamedLawyerMixin(models.AbstractModel):
    """A firm's service agreement and the lawyers whom the firm names under it (T5)."""

    _name = "legal.aid.named.lawyer.mixin"
    _description = "Agreement That Names Lawyers"

    named_lawyer_ids = fields.One2many(
        comodel_name="legal.aid.contract.lawyer",
        inverse_name="contract_id",
        string="Named Lawyers",
        groups=NAMING_READERS,
    )

    # Business

    def _find_namings(self, volunteers, date_from, date_to):
        """The namings of ``volunteers`` with a day between the two, under agreements that are not given up."""
        # Whether somebody is named may be known wherever cases are given out.
        return (
            self.env["legal.aid.contract.lawyer"]
            .sudo()
            .search(
                [
                    ("volunteer_id", "in", volunteers._origin.ids),
                    ("date_from", "<=", date_to),
                    ("date_to", ">=", date_from),
                    ("contract_id.state", "!=", "cancelled"),
                    ("contract_id.date_start", "<=", date_to),
                    ("contract_id.date_last", ">=", date_from),
                ]
            )
        )

    def _get_named_at(self, volunteers, date):
        """``{volunteer id: agreement in force under which he is named on the day}``"""
        namings_sudo = self._find_namings(volunteers, date, date)
        in_force = namings_sudo.filtered(lambda naming: naming.contract_id.state != "draft")
        return {naming.volunteer_id.id: naming.contract_id for naming in in_force}

    def _name_lawyers(self, volunteers, date):
        """Name ``volunteers`` from ``date`` on, or from the first day of the agreement."""
        self.ensure_one()
        return self.env["legal.aid.contract.lawyer"].create(
            [
                {"contract_id": self.id, "volunteer_id": lawyer.id, "date_from": max(date, self.date_start)}
                for lawyer in volunteers
            ]
        )

    def _name_lawyers_in_service(self):
        """An agreement that lists nobody stands for the lawyers of the firm who are in service when it is approved."""
        for contract in self.filtered(lambda contract: contract.kind == "firm" and not contract.named_lawyer_ids):
            lawyers = self.env["legal.aid.volunteer"].search(
                [
                    ("kind", "=", "firm_lawyer"),
                    ("state", "in", ("active", "suspended")),
                    ("law_firm_id", "=", contract.law_firm_id.id),
                    ("organization_id", "=", contract.organization_id.id),
                ]
            )
            named = self._find_namings(lawyers, contract.date_start, contract.date_end).volunteer_id
            contract._name_lawyers(lawyers - named.with_env(lawyers.env), contract.date_start)

    def _prepare_named_lawyers(self):
        """The lawyers of the last day, for the agreement that follows; they are named anew from its first day."""
        self.ensure_one()
        last = self.named_lawyer_ids.filtered(lambda naming: naming.date_to == self.date_end)
        members = last.volunteer_id.filtered(lambda lawyer: lawyer.state in ("active", "suspended"))
        return [fields.Command.create({"volunteer_id": lawyer.id}) for lawyer in members]
