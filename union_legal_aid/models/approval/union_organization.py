from odoo import api, models


class UnionOrganization(models.Model):
    _inherit = "union.organization"

    @api.model_create_multi
    def create(self, vals_list):
        unions = super().create(vals_list)
        if any("user_ids" in vals for vals in vals_list):
            self.env["res.users"]._forget_stand_ins()
        return unions

    def write(self, vals):
        people = self._get_people(vals)
        result = super().write(vals)
        if {"manager_user_ids", "user_ids", "parent_id", "company_id"} & vals.keys():
            # Who may decide is shown on every waiting document; a leader who came or went is seen at once.
            self.env["res.users"]._forget_stand_ins()
            self.env["legal.aid.approval.request"]._follow_people(people | self._get_people(vals), self)
        return result

    def _get_people(self, vals):
        """The users of these unions, as far as ``vals`` changes who they are."""
        users = self.env["res.users"]
        if "manager_user_ids" in vals:
            users |= self.sudo().manager_user_ids
        if "user_ids" in vals:
            users |= self.sudo().user_ids
        return users
