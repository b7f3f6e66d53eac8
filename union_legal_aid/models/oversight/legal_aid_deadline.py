from odoo import models


class LegalAidDeadline(models.Model):
    """The indexes from which clocks kept are counted (V4), and those that run (V5)."""

    _inherit = "legal.aid.deadline"

    _statistic_idx = models.Index(
        "(date_due, organization_id) INCLUDE (state, date_done, kind, res_id) WHERE res_model = 'legal.aid.case'"
    )
    _running_idx = models.Index("(date_due, organization_id) WHERE state = 'open'")
