from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import ids
from ..organization.legal_day import legal_today


class LegalAidFirmClient(models.Model):
    """A client whom a lawyer or his firm advises, known to the conflict check only (I11, A13).

    The lawyer enters his own and reads no others; the office that keeps the team reads all. Everybody else is told that there is a
    conflict, never with which client.
    """

    _name = "legal.aid.firm.client"
    _description = "Client of a Law Firm"
    _order = "law_firm_id, volunteer_id, id"
    _rec_names_search = ["volunteer_id"]

    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer", string="Lawyer", required=True, ondelete="restrict", index=True
    )
    organization_id = fields.Many2one(related="volunteer_id.organization_id", store=True, index=True)
    law_firm_id = fields.Many2one(
        related="volunteer_id.law_firm_id",
        store=True,
        index="btree_not_null",
        help="All lawyers of this firm are bound by this client.",
    )
    name = fields.Char(string="Client", required=True)
    name_key = fields.Char(compute="_compute_name_key", store=True, index=True)
    uscc = fields.Char(string="Credit Code", index="btree_not_null")
    date_from = fields.Date(string="Client From", required=True, default=legal_today)
    date_to = fields.Date(string="Client Until", help="Empty while he still is a client.")

    _dates_in_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "A client ends after he began. Compare the two days.",
    )

    # Compute

    @api.depends("volunteer_id", "date_from")
    def _compute_display_name(self):
        for client in self:
            # The name of a client is for whoever opens the record.
            client.display_name = f"{client.volunteer_id.sudo().name} {fields.Date.to_string(client.date_from) or ''}"

    @api.depends("name")
    def _compute_name_key(self):
        for client in self:
            client.name_key = ids.normalise_name(client.name) or False

    # Constraints

    @api.constrains("uscc")
    def _check_uscc(self):
        for client in self.filtered("uscc"):
            valid, message = ids.check_uscc(client.uscc)
            if not valid:
                raise ValidationError(
                    self.env._("%(client)s: %(problem)s", client=client.display_name, problem=self.env._(message))
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._normalise(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._normalise(vals))

    @api.model
    def _normalise(self, vals):
        if vals.get("uscc"):
            vals = {**vals, "uscc": ids.normalise_id(vals["uscc"])}
        return vals
