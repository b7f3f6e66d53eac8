from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.organization.legal_day import legal_today


class LegalAidPublicationDialog(models.TransientModel):
    """Records in one step what was put up on a website: the roster as it is, and the notices that waited (T13)."""

    _name = "legal.aid.publication.dialog"
    _description = "Record a Publication"
    _inherit = ["legal.aid.link.mixin"]
    _checked_links = ("site_id",)

    site_id = fields.Many2one(
        comodel_name="legal.aid.publication.site", string="Website", required=True, ondelete="cascade"
    )
    date = fields.Date(string="Published On", required=True, default=legal_today)
    url = fields.Char(string="Address", help="The page on which it can be seen.")
    with_roster = fields.Boolean(
        string="The Whole Roster", help="The roster stands on the site now exactly as the text to paste has it."
    )
    notice_ids = fields.Many2many(
        comodel_name="legal.aid.notice",
        string="Notices",
        compute="_compute_notice_ids",
        store=True,
        readonly=False,
        help="Changes of the roster that were put up, too.",
    )
    text = fields.Text(string="Text of the Notices", compute="_compute_text")

    # Compute

    @api.depends("site_id")
    def _compute_notice_ids(self):
        for dialog in self:
            missing = dialog.site_id._get_missing_notices() if dialog.site_id else self.env["legal.aid.notice"]
            dialog.notice_ids = dialog.notice_ids & missing or missing

    @api.depends("notice_ids")
    @api.depends_context("lang")
    def _compute_text(self):
        for dialog in self:
            dialog.text = "\n".join(text for text in dialog.notice_ids.sorted("date").mapped("text") if text)

    # Actions

    def action_confirm(self):
        """Put it on record, under the user's own rights.

        :raises UserError: when nothing was chosen, or the day is still to come
        """
        self.ensure_one()
        date = self.env["legal.aid.volunteer"]._get_past_date(self.date)
        if not self.with_roster and not self.notice_ids:
            raise UserError(self.env._("Choose what was published: the whole roster, or notices."))
        publications = self.env["legal.aid.notice.publication"]
        publications.create(
            [
                {"notice_id": notice.id, "site_id": self.site_id.id, "url": self.url, "date": date}
                for notice in self.notice_ids
            ]
        )
        if self.with_roster:
            self.site_id._record_roster(date, self.url)
        return {"type": "ir.actions.act_window_close"}
