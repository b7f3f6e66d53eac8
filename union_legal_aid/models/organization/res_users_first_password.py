import secrets

from odoo import api, fields, models

# Without what is mistaken for something else on a slip of paper: i, l, o, 0, 1.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 3, 4


class ResUsers(models.Model):
    """A first password is told in person (V6): it opens the door once, then the user sets one that only he knows."""

    _inherit = "res.users"

    has_first_password = fields.Boolean(
        readonly=True,
        copy=False,
        groups="base.group_erp_manager",
        help="Signs in with the password that was handed over in person, and is asked for one of his own first.",
    )

    # CRUD

    def _set_password(self):
        result = super()._set_password()
        # Whoever sets a password of his own is done with the first one.
        self.sudo().filtered("has_first_password").has_first_password = False
        return result

    # Business

    @api.model
    def _generate_first_password(self):
        """A password that can be read aloud and typed from paper, ``k7mq-x2fr-9tzb``: some 59 bits."""
        return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))

    def _get_own_password_url(self):
        """The address of the page where the user replaces his first password, for himself only."""
        self.ensure_one()
        partner_sudo = self.partner_id.sudo()
        partner_sudo.signup_prepare(signup_type="reset")
        return partner_sudo.with_context(relative_url=True)._get_signup_url_for_action()[partner_sudo.id]
