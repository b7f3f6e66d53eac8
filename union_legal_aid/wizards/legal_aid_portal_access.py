from odoo import api, fields, models


class LegalAidPortalAccess(models.TransientModel):
    """Shows the sign-in name and the link for the first password; neither is stored here."""

    _name = "legal.aid.portal.access"
    _description = "Portal Access"

    volunteer_id = fields.Many2one(comodel_name="legal.aid.volunteer", string="Lawyer", required=True, readonly=True)
    login = fields.Char(string="Sign-in Name", compute="_compute_link")
    link = fields.Char(string="Link for the First Password", compute="_compute_link")

    # Compute

    @api.depends_context("lang")
    def _compute_link(self):
        for access in self:
            lawyer = access.volunteer_id
            lawyer.check_access("write")
            reason = lawyer._get_cannot_grant_portal_access_reason()[lawyer]
            # Shown to whoever keeps this lawyer's record, until the lawyer has signed in for the first time.
            user_sudo = lawyer.user_id.sudo()
            access.login = user_sudo.login
            access.link = not reason and user_sudo.partner_id.sudo()._get_signup_url()
