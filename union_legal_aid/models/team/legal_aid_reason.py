from odoo import api, models
from odoo.exceptions import UserError

from ..organization.wording import join_names


class LegalAidReason(models.Model):
    _inherit = "legal.aid.reason"

    # Business

    @api.model
    def _get_coded(self, usage, code):
        """The reason with ``code`` for ``usage``.

        :raises UserError: when there is none, with the codes that exist
        """
        reasons = self.search([("usage", "=", usage)])
        reason = reasons.filtered(lambda reason: reason.code == code)
        if not reason:
            raise UserError(
                self.env._(
                    "There is no reason “%(code)s” for this step. Choose one of: %(codes)s.",
                    code=code,
                    codes=join_names(self.env, (f"{reason.code} ({reason.name})" for reason in reasons)),
                )
            )
        return reason
