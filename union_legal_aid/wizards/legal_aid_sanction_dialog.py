from odoo import fields, models


class LegalAidSanctionDialog(models.TransientModel):
    """Records a sanction (T6): one page for the city's officer and for its justice bureau, which writes nothing else here."""

    _name = "legal.aid.sanction.dialog"
    _description = "Record a Sanction"
    _inherit = ["legal.aid.link.mixin"]
    _checked_links = ("volunteer_id",)

    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer", string="Lawyer", required=True, readonly=True, ondelete="cascade"
    )
    kind = fields.Selection(
        selection=lambda self: self.env["legal.aid.sanction"]._fields["kind"]._description_selection(self.env),
        required=True,
        default="warning",
    )
    body = fields.Char(string="Decided By (Body)", required=True, help="The authority or bar association as it signs.")
    number = fields.Char(string="Number of the Decision", required=True)
    date = fields.Date(string="Day of the Decision", required=True)
    final_date = fields.Date(
        string="Final Since",
        help="The day from which nothing can be lodged against it; with it the removal opens at once. Empty while it may"
        " still change.",
    )
    document = fields.Binary(string="The Decision")
    document_name = fields.Char()

    # Actions

    def action_confirm(self):
        self.ensure_one()
        self.env["legal.aid.sanction"]._record(
            {
                "volunteer_id": self.volunteer_id.id,
                "kind": self.kind,
                "body": self.body,
                "number": self.number,
                "date": self.date,
                "final_date": self.final_date,
                "document": self.document,
                "document_name": self.document_name,
            }
        )
        return {"type": "ir.actions.act_window_close"}
