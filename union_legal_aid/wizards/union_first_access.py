import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

QR_PIXELS = 240


class UnionFirstAccess(models.TransientModel):
    """A link with which a person of the union sets the first password: handed over in person, never mailed (V6).

    For officers whose slip with the first password is lost, and for unions on the portal. From the first sign-in on nobody but
    the user himself sets a new password.
    """

    _name = "union.first.access"
    _description = "First Access"

    organization_id = fields.Many2one(
        comodel_name="union.organization", string="Union", required=True, readonly=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person",
        ondelete="cascade",
        domain="[('union_organization_ids', 'in', organization_id)]",
    )
    login = fields.Char(string="Sign-in Name", compute="_compute_link")
    link = fields.Char(string="Link for the First Password", compute="_compute_link")
    qr_code = fields.Binary(
        string="Scan with a Phone",
        compute="_compute_link",
        help="The same link, for the phone of the person who stands before you.",
    )
    is_shown = fields.Boolean(readonly=True)

    # Compute

    @api.depends("user_id", "is_shown")
    @api.depends_context("lang")
    def _compute_link(self):
        for access in self:
            access.login = access.link = access.qr_code = False
            if access.is_shown and not access._get_cannot_hand_over_reason():
                # Shown to the administrator of this union, until the person has signed in for the first time.
                user_sudo = access.user_id.sudo()
                access.login = user_sudo.login
                access.link = user_sudo.partner_id._get_signup_url()
                picture = self.env["ir.actions.report"].barcode("QR", access.link, width=QR_PIXELS, height=QR_PIXELS)
                access.qr_code = base64.b64encode(picture)

    # Actions

    def action_make_link(self):
        """Make the link and show it; who made it when stands with the person's address card.

        :raises AccessError: for whoever is not the administrator of this union or of one above it
        """
        self.ensure_one()
        self.check_access("write")
        reason = self._get_cannot_hand_over_reason()
        if reason:
            raise UserError(reason)
        # Only system administrators keep accounts; this step gives a way into one that nobody has used yet.
        partner_sudo = self.user_id.sudo().partner_id
        partner_sudo.signup_prepare()
        partner_sudo._message_log(
            body=self.env._("The link for the first password was shown, to be handed over in person.")
        )
        self.is_shown = True
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("First Access"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    # Business

    def _get_cannot_hand_over_reason(self):
        """Why not, or ``False``.

        :raises AccessError: see ``action_make_link``
        """
        self._check_administrator()
        user_sudo = self.user_id.sudo()
        if not user_sudo or self.organization_id not in user_sudo.union_organization_ids:
            return self.env._("Choose a person who works for %(union)s.", union=self.organization_id.name)
        if user_sudo.login_date:
            return self.env._(
                "%(name)s has signed in already. A forgotten password is set anew on the sign-in page.",
                name=user_sudo.name,
            )
        if user_sudo.has_group("base.group_erp_manager"):
            return self.env._(
                "%(name)s keeps the accounts of others. Ask the system administrator.", name=user_sudo.name
            )
        return False

    def _check_administrator(self):
        self.ensure_one()
        # Which unions an account belongs to decides, also where its owner cannot read that field.
        own = self.env.user.sudo().union_organization_ids
        unions = self.user_id.sudo().union_organization_ids | self.organization_id.sudo()
        may = self.env.user.has_group("union_legal_aid.group_administrator") and all(
            any(union._is_at_or_below(mine) for mine in own) for union in unions
        )
        if not may:
            raise AccessError(
                self.env._(
                    "Only the administrator of %(union)s, or of a union above it, hands over access to it.",
                    union=self.organization_id.sudo().name,
                )
            )
