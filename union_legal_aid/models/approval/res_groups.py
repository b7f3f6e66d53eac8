from odoo import models

MEMBERSHIP_FIELDS = {"user_ids", "all_user_ids", "implied_ids", "implied_by_ids"}


class ResGroups(models.Model):
    _inherit = "res.groups"

    def write(self, vals):
        before = self._get_members(vals)
        result = super().write(vals)
        if MEMBERSHIP_FIELDS & vals.keys():
            # A role that came or went from the side of the group is seen at once, as from the side of the user.
            self.env["res.users"]._forget_stand_ins()
            after = self._get_members(vals)
            self.env["legal.aid.approval.request"]._follow_people((before | after) - (before & after))
        return result

    def _get_members(self, vals):
        return self.all_user_ids if MEMBERSHIP_FIELDS & vals.keys() else self.env["res.users"]
