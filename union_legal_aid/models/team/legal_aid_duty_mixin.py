from odoo import api, fields, models

KINDS = ("consultation", "aid", "publicity", "other")


class LegalAidDutyMixin(models.AbstractModel):
    """One of the services of 管理办法 §3, with the target of the year, so that the assessment has a measure."""

    _name = "legal.aid.duty.mixin"
    _description = "Duty and Target"
    _inherit = ["legal.aid.workflow.line.mixin"]
    _rec_name = "kind"

    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        selection=[
            ("consultation", "Advise workers on labour law, regulations and policy"),
            ("aid", "Give legal aid to workers who meet the conditions of union legal aid"),
            ("publicity", "With the contact-point union, hold publicity and training on the law in enterprises"),
            ("other", "Take part in other activities of legal service for workers"),
        ],
        string="Duty",
        required=True,
    )
    name = fields.Char(string="Details")
    target = fields.Integer(
        string="Yearly Target", help="How many times or cases in the service year; 0 means none is set."
    )

    _target_not_negative = models.Constraint("CHECK(target >= 0)", "A target cannot be negative. Enter 0 for none.")

    # Defaults

    @api.model
    def _get_default_commands(self):
        return [
            fields.Command.create({"kind": kind, "sequence": 10 * place}) for place, kind in enumerate(KINDS, start=1)
        ]

    # Business

    def _get_copy_commands(self):
        """The same duties for another document."""
        return [
            fields.Command.create(
                {"sequence": duty.sequence, "kind": duty.kind, "name": duty.name, "target": duty.target}
            )
            for duty in self
        ]
