from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class LegalAidPortalAccessMixin(models.AbstractModel):
    """The lawyer's account on the portal, with the first link handed over in person (V6), since few read e-mail."""

    _name = "legal.aid.portal.access.mixin"
    _description = "Account on the Portal"

    portal_used = fields.Boolean(compute="_compute_portal_used", help="Whether the account was used already.")

    # Compute

    def _compute_portal_used(self):
        for volunteer in self:
            # Whether a lawyer ever signed in may be known by whoever opens the record.
            volunteer.portal_used = bool(volunteer.user_id.sudo().login_date)

    # Actions

    def action_grant_portal_access(self):
        """Give the lawyer an account and show the link with which he sets his first password.

        :raises UserError: when he has used the account already: from then on only he himself sets a new password
        """
        self.ensure_one()
        self.check_access("write")
        self._raise_reasons(self._get_cannot_grant_portal_access_reason())
        if not self.user_id:
            self.user_id = self._find_or_create_portal_user()
        # The link goes with the address card of an account that nobody has used yet.
        self.partner_id.sudo().signup_prepare()
        self._message_log(body=self.env._("The link for the first password was shown, to be handed over in person."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Portal Access"),
            "res_model": "legal.aid.portal.access",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_volunteer_id": self.id},
        }

    # Business

    def _get_cannot_grant_portal_access_reason(self):
        """``{volunteer: reason or False}``"""
        reasons = {}
        for volunteer in self:
            users_sudo = volunteer.user_id.sudo() or volunteer.partner_id.sudo().user_ids
            reasons[volunteer] = False
            if volunteer.kind == "staff" or any(not user.share for user in users_sudo):
                reasons[volunteer] = self.env._(
                    "%(name)s works in the back office and needs no account on the portal.", name=volunteer.name
                )
            elif not users_sudo and not volunteer.license_number:
                reasons[volunteer] = self.env._(
                    "The licence number of %(name)s is missing. Enter it from the licence.", name=volunteer.name
                )
            elif any(user.login_date for user in users_sudo):
                reasons[volunteer] = self.env._(
                    "%(name)s has signed in already. A forgotten password is set anew on the sign-in page.",
                    name=volunteer.name,
                )
        return reasons

    def _find_or_create_portal_user(self):
        self.ensure_one()
        # Only system administrators create users; this one can do nothing but what a team lawyer may do on the portal.
        # The caller's context stays behind: its defaults would become values of the account.
        context = {"lang": self.env.lang, "no_reset_password": True}
        users_sudo = self.env(su=True, context=context)["res.users"]
        group = self.env.ref("union_legal_aid.group_volunteer")
        user = self.partner_id.sudo().user_ids[:1].with_env(users_sudo.env)
        if user:
            user.group_ids = [Command.link(group.id)]
            return user
        if users_sudo.with_context(active_test=False).search_count([("login", "=", self.license_number)], limit=1):
            raise UserError(
                self.env._(
                    "The sign-in name %(login)s is taken already. Ask the system administrator.",
                    login=self.license_number,
                )
            )
        return users_sudo.create(
            {
                "partner_id": self.partner_id.id,
                "login": self.license_number,
                "group_ids": [Command.set(group.ids)],
                # The portal speaks to the lawyer as the office does.
                "lang": self.env.user.lang,
                "tz": self.env.user.tz,
            }
        )
