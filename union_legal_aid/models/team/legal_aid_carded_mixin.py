from odoo import fields, models


class LegalAidCardedMixin(models.AbstractModel):
    """An appointment for which a card is printed (T2, P4)."""

    _name = "legal.aid.carded.mixin"
    _description = "Appointment with Card"

    card_ids = fields.One2many(
        comodel_name="legal.aid.appointment.card",
        inverse_name="contract_id",
        string="Cards",
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor",
    )

    # Actions

    def action_print_card(self):
        """Print the cards of these appointments, issuing those that are missing; a card is printed again unchanged.

        :raises UserError: with every reason why one of them gets no card
        """
        self.check_access("write")
        self._raise_reasons(self._get_cannot_print_card_reason())
        cards = self.env["legal.aid.appointment.card"]._issue(self)
        return self.env.ref("union_legal_aid.action_report_appointment_card").report_action(cards, config=False)

    # Business

    def _get_cannot_print_card_reason(self):
        """``{contract: reason or False}``"""
        reasons = {}
        for contract in self:
            reasons[contract] = False
            if contract.kind != "individual":
                reasons[contract] = self.env._(
                    "%(contract)s is a service agreement with a law firm: its lawyers get no card of the team.",
                    contract=contract.display_name,
                )
            elif contract.state != "active":
                reasons[contract] = self.env._(
                    "%(contract)s is in state “%(state)s”: a card is printed for an appointment in force.",
                    contract=contract.display_name,
                    state=contract._get_state_label(contract.state),
                )
        return reasons
