import re
import secrets

from odoo import api, fields, models

from ..organization.legal_day import legal_today

TOKEN_BYTES = 24
# As secrets.token_urlsafe writes that many bytes; anything else is not looked up.
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


class LegalAidAppointmentCard(models.Model):
    """A lawyer's card (工作证) for one appointment: printed with a QR code by which anybody may ask whether the lawyer is ours today
    (T2, P4).

    The code carries a random token and nothing else; it is made once, cannot be guessed, and is worth nothing after the card was
    revoked or the appointment is over.

    ==============  ==========  ==================================================
    State           becomes     by
    ==============  ==========  ==================================================
    valid           revoked     ``action_revoke`` with a note (officer of the city)
    ==============  ==========  ==================================================
    """

    _name = "legal.aid.appointment.card"
    _description = "Appointment Card"
    _inherit = ["legal.aid.workflow.mixin"]
    _order = "id desc"
    _rec_names_search = ["contract_id.number", "volunteer_id.name"]

    _workflow_transitions = {"valid": ("revoked",)}
    _workflow_fields = frozenset(
        {"state", "token", "contract_id", "issued_date", "issued_by_id", "revoked_date", "revoked_by_id", "note"}
    )
    _workflow_initial = {"state": "valid"}

    state = fields.Selection(
        selection=[("valid", "Issued"), ("revoked", "Revoked")],
        default="valid",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    contract_id = fields.Many2one(
        comodel_name="legal.aid.contract",
        required=True,
        readonly=True,
        copy=False,
        ondelete="restrict",
        index=True,
    )
    volunteer_id = fields.Many2one(related="contract_id.volunteer_id", string="Lawyer", store=True, index=True)
    organization_id = fields.Many2one(related="contract_id.organization_id", string="Union", store=True, index=True)
    token = fields.Char(required=True, readonly=True, copy=False, groups="base.group_system")
    issued_date = fields.Date(string="Issued On", required=True, readonly=True, copy=False)
    issued_by_id = fields.Many2one(
        comodel_name="res.users", string="Card Made by", required=True, readonly=True, copy=False, ondelete="restrict"
    )
    revoked_date = fields.Date(string="Revoked On", readonly=True, copy=False)
    revoked_by_id = fields.Many2one(
        comodel_name="res.users", string="Revoked by", readonly=True, copy=False, ondelete="restrict"
    )
    note = fields.Text(readonly=True, copy=False)
    is_in_force = fields.Boolean(
        string="Valid Today", compute="_compute_is_in_force", compute_sudo=True, help="What the public page answers."
    )
    can_revoke = fields.Boolean(compute="_compute_can_revoke")

    _token_unique = models.Constraint("UNIQUE(token)", "This token exists already. Issue the card again.")
    _one_card = models.UniqueIndex(
        "(contract_id) WHERE state = 'valid'", "This appointment has a card already. Revoke that one first."
    )

    # Compute

    @api.depends("contract_id.number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for card in self:
            card.display_name = card.contract_id.sudo().display_name  # whoever reads the card reads the number on it

    @api.depends("state", "contract_id.state", "contract_id.date_start", "contract_id.date_last", "volunteer_id.state")
    def _compute_is_in_force(self):
        today = legal_today(self)
        for card in self:
            contract = card.contract_id
            card.is_in_force = (
                card.state == "valid"
                and contract.state == "active"
                and contract.date_start <= today <= contract.date_last
                and card.volunteer_id.state == "active"
            )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_revoke(self):
        own = self.contract_id._filtered_access("write")
        for card in self:
            card.can_revoke = card.state == "valid" and card.contract_id in own

    # Actions

    def action_revoke(self, note=""):
        """Make the card worthless: it was lost, or is wrong. Opens a dialog when called without a note."""
        self.contract_id.check_access("write")
        self._check_state("valid")
        if not (note or "").strip():
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_revoke", False, self.env._("Revoke the Card")
            )
        # Nobody has a right to write cards; whoever appoints, revokes.
        self.sudo()._transition(
            "revoked", {"revoked_date": legal_today(self), "revoked_by_id": self.env.uid, "note": note}
        )
        return True

    # Business

    @api.model
    def _issue(self, contracts):
        """The valid cards of ``contracts``; who has none gets one."""
        cards_sudo = self.sudo()  # cards are made by this step only; who may take it was checked
        valid = cards_sudo.search([("contract_id", "in", contracts.ids), ("state", "=", "valid")])
        without = contracts - valid.contract_id.with_env(contracts.env)
        new = cards_sudo._workflow_env().create(
            [
                {
                    "contract_id": contract.id,
                    "token": secrets.token_urlsafe(TOKEN_BYTES),
                    "issued_date": legal_today(contract),
                    "issued_by_id": self.env.uid,
                }
                for contract in without
            ]
        )
        cards = self.browse((valid | new).ids)
        return cards.sorted(lambda card: contracts.ids.index(card.contract_id.id))

    @api.model
    def _find_by_token(self, token):
        """The card of the token that is valid today, or none; called for everybody, without rights."""
        cards_sudo = self.sudo()
        if not TOKEN.fullmatch(token or ""):
            return cards_sudo.browse()
        return cards_sudo.search([("token", "=", token)]).filtered("is_in_force")

    def _get_url(self):
        """The address in the QR code."""
        self.ensure_one()
        card_sudo = self.sudo()  # the token leaves the system on the card only
        return f"{self.get_base_url()}/legal-aid/card/{card_sudo.token}"

    def _get_public_values(self):
        """What everybody may read of the lawyer of a valid card: his name, and by his consent what the roster shows too (T13)."""
        self.ensure_one()
        lawyer = self.volunteer_id
        published = lawyer._get_roster_values().get(lawyer, {})
        return {
            "name": lawyer.name,
            "law_firm": published.get("law_firm"),
            "license_number": published.get("license_number"),
            "contact_points": published.get("contact_points"),
            "until": self.contract_id.date_last,
        }
