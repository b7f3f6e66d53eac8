from datetime import timedelta

from odoo import fields, models


class LegalAidCaseQualityMixin(models.AbstractModel):
    """What is asked and looked at after the work (C10, 法律援助法 §59): call-backs and quality checks."""

    _name = "legal.aid.case.quality.mixin"
    _description = "Quality of a Case"

    call_back_ids = fields.One2many(
        comodel_name="legal.aid.call.back", inverse_name="case_id", string="Call-backs", copy=False
    )
    quality_check_ids = fields.One2many(
        comodel_name="legal.aid.quality.check", inverse_name="case_id", string="Quality Checks", copy=False
    )

    # Business

    def _plan_call_backs(self):
        """The recipient is called some days after the closing, as many as the policy of the case says."""
        # Planned by the step that closes the case, also when the lawyer takes it.
        self.env["legal.aid.call.back"].sudo().create(
            [
                {"case_id": case.id, "date_due": case.closed_date + timedelta(days=case.policy_id.call_back_days)}
                for case in self
            ]
        )
