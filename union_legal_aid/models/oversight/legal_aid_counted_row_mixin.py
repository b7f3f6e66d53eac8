from odoo import api, models


class LegalAidCountedRowMixin(models.AbstractModel):
    """A row of a view over many tables, whose number is made from theirs.

    A search is quick, as the tables' own indexes serve it; looking rows up by their numbers reads all tables. So what the record rule
    looks at, the union, comes along with every search.
    """

    _name = "legal.aid.counted.row.mixin"
    _description = "Row of a View over Many Tables"

    # CRUD

    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        if field_names is not None:
            field_names = list(dict.fromkeys([*field_names, "organization_id"]))
        return super().search_fetch(domain, field_names, offset, limit, order)
