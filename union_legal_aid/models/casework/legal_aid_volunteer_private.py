from odoo import api, fields, models


class LegalAidVolunteerPrivate(models.Model):
    _inherit = "legal.aid.volunteer.private"

    # For the conflict check only, which finds a lawyer among the parties of a case (A13).
    resident_id_hash = fields.Char(compute="_compute_resident_id_hash", store=True, groups=fields.NO_ACCESS)

    # Compute

    @api.depends("resident_id_number")
    def _compute_resident_id_hash(self):
        cases = self.env["legal.aid.case"]
        for private in self:
            private.resident_id_hash = cases._hash_identity(private.resident_id_number)
