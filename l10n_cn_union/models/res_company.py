from odoo import models

from .template_cn_union import UNION_TEMPLATES


class ResCompany(models.Model):
    _inherit = "res.company"

    # Business

    def _has_union_chart(self):
        """Whether these books are kept by the union accounting system, of either kind."""
        self.ensure_one()
        return self.chart_template in UNION_TEMPLATES
