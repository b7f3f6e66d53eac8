from odoo import api, fields, models


class LegalAidLedgerDetail(models.Model):
    """What stands behind the figures of a ledger, one row for each consultation, case and activity (V1).

    Numbers, matters and figures only, nothing of the worker. A row belongs to the union whose matter it was, so that a county that
    reads the ledger of a lawyer sees the rows of its own. Written by the system until the ledger is handed in.
    """

    _name = "legal.aid.ledger.detail"
    _description = "Detail of a Ledger"
    _order = "ledger_id, kind, date, id"
    _rec_names_search = ["reference", "name"]

    ledger_id = fields.Many2one(
        comodel_name="legal.aid.ledger", required=True, readonly=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        selection=[("consultation", "Consultation"), ("case", "Case"), ("activity", "Activity")],
        required=True,
        readonly=True,
    )
    date = fields.Date(readonly=True)
    reference = fields.Char(string="Number", readonly=True)
    name = fields.Char(string="Subject", readonly=True)
    matter_id = fields.Many2one(comodel_name="legal.aid.matter", readonly=True, ondelete="restrict")
    organization_id = fields.Many2one(
        comodel_name="union.organization", string="Union", readonly=True, ondelete="restrict", index=True
    )
    people = fields.Integer(readonly=True)
    hours = fields.Float(readonly=True, digits=(7, 2))
    closed_date = fields.Date(string="Closed On", readonly=True)
    amount = fields.Float(string="Recovered (Yuan)", readonly=True, digits=(16, 2))

    # Compute

    @api.depends("kind", "reference", "name", "date")
    def _compute_display_name(self):
        for detail in self:
            detail.display_name = detail.reference or detail.name or fields.Date.to_string(detail.date) or ""

    # Business

    def _get_label(self, name):
        return dict(self._fields[name]._description_selection(self.env)).get(self[name], "")
