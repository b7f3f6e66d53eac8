from odoo import models


class LegalAidWorkLog(models.Model):
    """The index from which hours of work are counted (V4)."""

    _inherit = "legal.aid.work.log"

    _statistic_idx = models.Index("(date, organization_id) INCLUDE (hours, case_id, volunteer_id)")
