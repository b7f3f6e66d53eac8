from odoo import fields, models


class LegalAidServiceRequestNeedMixin(models.AbstractModel):
    """What kind of help an enterprise union asks for when it reports a need, when and where (工作方案 §三(三), §四(四))."""

    _name = "legal.aid.service.request.need.mixin"
    _description = "Need of an Enterprise Union"

    need_kind = fields.Selection(
        selection=[
            ("consultation", "Legal advice for workers"),
            ("training", "Talk or training on the law"),
            ("publicity", "Publicity of the law on the spot"),
            ("contract_review", "Review of labour contracts or rules"),
            ("mediation", "Help with the mediation of a dispute"),
            ("problem", "A problem to be reported upward"),
            ("other", "Something else"),
        ],
        string="Help Asked For",
        index="btree_not_null",
    )
    wished_date = fields.Date(string="Wished Day", help="When somebody should come, if somebody should.")
    place = fields.Char(string="Where", help="The room or site that the enterprise provides.")

    # Business

    def _get_need_label(self):
        """What a need asks for, in words; nothing for an application."""
        self.ensure_one()
        labels = dict(self._fields["need_kind"]._description_selection(self.env))
        return self.kind == "need" and labels.get(self.need_kind)

    def _get_missing_details(self):
        missing = super()._get_missing_details()
        if self.kind == "need" and not self.need_kind:
            missing.insert(0, self._fields["need_kind"]._description_string(self.env))
        return missing
