from odoo import fields, models


class LegalAidAppointmentBatchDuty(models.Model):
    """A duty that every contract of a batch gets, with its target of the year (T2)."""

    _name = "legal.aid.appointment.batch.duty"
    _description = "Duty of a Batch of Appointments"
    _inherit = ["legal.aid.duty.mixin"]
    _order = "batch_id, sequence, id"

    _workflow_document = "batch_id"

    batch_id = fields.Many2one(
        comodel_name="legal.aid.appointment.batch", required=True, ondelete="cascade", index=True
    )
