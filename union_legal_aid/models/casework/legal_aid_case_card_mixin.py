from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..organization.personal_fields import OFFICER

DRAFT = ("draft", "supplement")


class LegalAidCaseCardMixin(models.AbstractModel):
    """An application with an aid card: the worker gets aid directly, through the green channel (I8; 意见 §四)."""

    _name = "legal.aid.case.card.mixin"
    _description = "Case with an Aid Card"

    card_id = fields.Many2one(
        comodel_name="legal.aid.card",
        string="Aid Card",
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The aid card (法律援助卡) with which the worker applies: hardship was verified when it was issued, and the"
        " application goes through the green channel.",
    )
    suggested_card_id = fields.Many2one(
        comodel_name="legal.aid.card",
        string="Card of the Applicant",
        compute="_compute_suggested_card_id",
        groups=OFFICER,
    )

    # Compute

    @api.depends("applicant_id_number", "applicant_id_hash", "application_date", "card_id", "state")
    @api.depends_context("uid")
    def _compute_suggested_card_id(self):
        cards = self.env["legal.aid.card"]
        for case in self:
            id_hash = self._hash_identity(case.applicant_id_number) or case.applicant_id_hash
            asks = case.state in DRAFT and not case.card_id
            case.suggested_card_id = asks and cards._find_valid(id_hash, case.application_date)

    @api.onchange("card_id")
    def _onchange_card_id(self):
        if self.card_id:
            self.update(self._complete_with_card({"card_id": self.card_id.id}, self.card_id))

    # Constraints

    @api.constrains("card_id", "application_date")
    def _check_card(self):
        for case in self.filtered("card_id"):
            problem = case._get_card_problem()
            if problem:
                raise ValidationError(problem)

    @api.constrains("applicant_id_number")
    def _check_card_holder(self):
        # The number is written to the twin after the case itself was checked.
        self._check_card()

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        cards = self.env["legal.aid.card"]
        completed = [
            self.new(vals)._complete_with_card(vals, cards.browse(vals["card_id"])) if vals.get("card_id") else vals
            for vals in vals_list
        ]
        return super().create(completed)

    def write(self, vals):
        if not vals.get("card_id"):
            return super().write(vals)
        card = self.env["legal.aid.card"].browse(vals["card_id"])
        for case in self:
            super(LegalAidCaseCardMixin, case).write(case._complete_with_card(vals, card))
        return True

    # Actions

    def action_use_card(self):
        """Apply with the valid card that the applicant holds, found by his identity number."""
        self.check_access("write")
        self._check_state(*DRAFT)
        for case in self:
            if not case.suggested_card_id:
                raise UserError(
                    self.env._(
                        "No valid aid card is on record for the applicant of %(case)s. Enter the identity number, or go on without"
                        " a card.",
                        case=case.name,
                    )
                )
            case.card_id = case.suggested_card_id
        return True

    # Business

    def _complete_with_card(self, vals, card):
        """``vals`` with what the card stands for: green channel, hardship verified, and the holder where nobody typed him."""
        self.ensure_one()
        completed = {"priority": "green", **vals}
        for name, value in card._prepare_holder().items():
            if not vals.get(name) and not self[name]:
                completed[name] = value
        if not vals.get("applicant_kind") and not self.applicant_kind:
            completed["applicant_kind"] = card.holder_kind
        if not vals.get("hardship_basis") and not self.hardship_basis:
            completed["hardship_basis"] = "shared_data"
            completed["hardship_note"] = self.env._(
                "Aid card %(card)s of %(union)s, valid until %(day)s: hardship was verified when it was issued.",
                card=card.name,
                union=card.organization_id.name,
                day=fields.Date.to_string(card.valid_until) if card.valid_until else "",
            )
        return completed

    def _get_card_problem(self):
        """Why the application cannot go with this card, or False."""
        self.ensure_one()
        card = self.card_id
        return card._get_problem(self.application_date) or card._get_holder_problem(self.sudo().applicant_id_hash)

    def _get_cannot_submit_reason(self):
        reasons = super()._get_cannot_submit_reason()
        for case in self.filtered("card_id"):
            reasons[case] = reasons[case] or case._get_card_problem()
        return reasons
