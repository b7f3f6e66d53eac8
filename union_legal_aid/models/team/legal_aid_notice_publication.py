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
    site = fields.Char(string="Website", required=True)
    url = fields.Char(string="Address")
    date = fields.Date(required=True, default=legal_today)

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
