from odoo import fields, models


class LegalAidImportEntry(models.Model):
    """One row that was taken: which record it became, and the key by which the same row is known again (X1).

    Written by the import only. The key is a fingerprint with the secret of the server; nothing can be read from it.
    """

    _name = "legal.aid.import.entry"
    _description = "Row of an Imported Table"
    _order = "import_id desc, id"
    _rec_name = "place"

    import_id = fields.Many2one(
        comodel_name="legal.aid.import", string="Table", required=True, ondelete="restrict", index=True
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization", string="Union", required=True, ondelete="restrict", index=True
    )
    place = fields.Char(string="Row", required=True)
    key = fields.Char(required=True, groups="base.group_no_one")
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, index=True)

    _key_unique = models.UniqueIndex("(organization_id, key)", "This row was brought in already.")
