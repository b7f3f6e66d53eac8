from odoo import models


class LegalAidFollowedMixin(models.AbstractModel):
    """A record with followers that may pass out of their reach: Odoo itself goes on writing to whoever once followed."""

    _name = "legal.aid.followed.mixin"
    _description = "Record That May Pass Out of Reach"
    _inherit = ["mail.thread"]

    # Business

    def _drop_followers_without_access(self):
        """Who may no longer read a record no longer follows it and has no to-do on it."""
        # Followers and to-dos are other people's; that they lost their right was decided before.
        for record_sudo in self.sudo():
            followers = record_sudo.message_partner_ids
            lost = followers.filtered(
                lambda partner, record=record_sudo: (
                    partner.user_ids and not any(record._is_readable_by(user) for user in partner.user_ids)
                )
            )
            record_sudo.message_unsubscribe(lost.ids)
            if "activity_ids" in record_sudo._fields:
                record_sudo.activity_ids.filtered(
                    lambda activity, record=record_sudo: not record._is_readable_by(activity.user_id)
                ).unlink()

    def _is_readable_by(self, user):
        return bool(self.with_user(user)._filtered_access("read"))
