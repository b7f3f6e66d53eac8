from odoo import api, fields, models
from odoo.exceptions import AccessError


class LegalAidRosterPublication(models.Model):
    """The roster as it was put up on a website on a day (T13): checksum, number of names, who recorded it.

    The lines themselves are kept of the last publication only, to compare with: what is no longer published is no longer needed.
    """

    _name = "legal.aid.roster.publication"
    _description = "Publication of the Roster"
    _order = "date desc, id desc"
    _rec_name = "date"

    site_id = fields.Many2one(
        comodel_name="legal.aid.publication.site",
        string="Website",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    organization_id = fields.Many2one(related="site_id.organization_id", store=True, index=True)
    date = fields.Date(string="Published On", required=True, readonly=True)
    url = fields.Char(string="Address", readonly=True)
    member_count = fields.Integer(string="Names", readonly=True)
    checksum = fields.Char(readonly=True, help="SHA-256 of what was published.")
    recorded_by_id = fields.Many2one(comodel_name="res.users", required=True, readonly=True, ondelete="restrict")
    content = fields.Json(readonly=True, groups=fields.NO_ACCESS)

    # CRUD

    def write(self, vals):
        if not self.env.su or vals.keys() != {"content"}:
            raise AccessError(self.env._("A publication on record is never changed. Record the new one."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ever(self):
        raise AccessError(self.env._("Publications of the roster are kept for good."))

    # Business

    def _forget(self):
        """Drop the lines of publications that others followed."""
        self.write({"content": False})

    def _drop_member(self, member):
        """Drop the line of ``member``, whose name was taken off the site."""
        for publication in self:
            publication.write({"content": [line for line in publication.content or [] if line["id"] != member.id]})
