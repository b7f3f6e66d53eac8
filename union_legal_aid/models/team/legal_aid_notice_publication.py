from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..organization.legal_day import legal_today


class LegalAidNoticePublication(models.Model):
    """Where and when a notice was published (办法 §6 names 河南省职工网 and 平顶山工会网)."""

    _name = "legal.aid.notice.publication"
    _description = "Publication of a Notice"
    _order = "date desc, id desc"
    _rec_name = "site"

    notice_id = fields.Many2one(comodel_name="legal.aid.notice", required=True, ondelete="cascade", index=True)
    site_id = fields.Many2one(
        comodel_name="legal.aid.publication.site",
        string="Site of the City",
        ondelete="restrict",
        index="btree_not_null",
        help="One of the websites on which the city publishes.",
    )
    site = fields.Char(
        string="Website", compute="_compute_site", store=True, readonly=False, required=True, precompute=True
    )
    url = fields.Char(string="Address")
    date = fields.Date(required=True, default=legal_today)

    # Compute

    @api.depends("site_id")
    def _compute_site(self):
        for publication in self:
            # The name of a site is published with it.
            publication.site = publication.sudo().site_id.name or publication.site

    # Constraints

    @api.constrains("notice_id")
    def _check_consent(self):
        for publication in self:
            if not publication.notice_id.has_consent:
                raise ValidationError(
                    self.env._(
                        "%(notice)s cannot be published: the lawyer's consent to publication is not on record. Enter"
                        " its date on the lawyer first.",
                        notice=publication.notice_id.display_name,
                    )
                )

    @api.constrains("site_id", "notice_id")
    def _check_site(self):
        for publication in self.filtered("site_id"):
            if publication.sudo().site_id.organization_id != publication.notice_id.organization_id:
                raise ValidationError(
                    self.env._(
                        "%(site)s is a website of another city. Choose one of this city.",
                        site=publication.site,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        publications = super().create(vals_list)
        publications._find_sites()
        publications.notice_id._settle_publication_clocks()
        return publications

    def write(self, vals):
        result = super().write(vals)
        self.notice_id._settle_publication_clocks()
        return result

    def unlink(self):
        notices = self.notice_id
        result = super().unlink()
        notices.invalidate_recordset()
        notices._start_publication_clocks(legal_today(self))
        return result

    # Business

    def _find_sites(self):
        """A website that was named instead of chosen is the city's own of that name."""
        for publication in self.filtered(lambda publication: not publication.site_id):
            publication.site_id = (
                self.sudo()  # see _compute_site
                .env["legal.aid.publication.site"]
                .search(
                    [
                        ("name", "=", publication.site),
                        ("organization_id", "=", publication.notice_id.organization_id.id),
                    ],
                    limit=1,
                )
            )
