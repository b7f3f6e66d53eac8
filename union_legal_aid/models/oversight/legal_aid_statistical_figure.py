from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools import indicators
from ..organization.personal_fields import OFFICER


class LegalAidStatisticalFigure(models.Model):
    """One figure of a return, as it was counted; written by counting only (V4)."""

    _name = "legal.aid.statistical.figure"
    _description = "Figure of a Statistical Return"
    _inherit = ["legal.aid.computed.row.mixin"]
    _order = "return_id, sequence, id"

    _row_document = "return_id"

    return_id = fields.Many2one(
        comodel_name="legal.aid.statistical.return", required=True, ondelete="cascade", index=True
    )
    sequence = fields.Integer()
    section = fields.Char()
    code = fields.Char()
    name = fields.Char(string="Item")
    unit = fields.Char()
    value = fields.Float(digits=(16, 2), aggregator=False)
    is_empty = fields.Boolean(string="No Figure", help="There was nothing of which it could be a share.")
    shown = fields.Char(string="Figure", compute="_compute_shown")
    by_union = fields.Json(help="The same figure of each union: [union id, value].")

    # Compute

    @api.depends("value", "unit", "is_empty")
    def _compute_shown(self):
        for figure in self:
            figure.shown = "" if figure.is_empty else indicators.show(figure.value, figure.unit)

    # Actions

    def action_open_rows(self):
        """Open what was counted for this figure, as it is in the records today.

        :raises UserError: for a share, which is counted from two other figures
        :raises AccessError: for people by kind, unless an officer asks
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name.strip(),
            "res_model": "legal.aid.statistic",
            "views": [(self.env.ref("union_legal_aid.legal_aid_statistic_view_list").id, "list"), (False, "pivot")],
            "domain": list(self._get_rows_domain()),
        }

    # Business

    def _get_rows_domain(self):
        """The condition on ``legal.aid.statistic`` that this figure is counted by."""
        self.ensure_one()
        sections = indicators.LAYOUTS[self.return_id.layout]
        figure = next(figure for section in sections for figure in section.figures if figure.code == self.code)
        if isinstance(figure, indicators.Share):
            raise UserError(
                self.env._(
                    "%(figure)s is a share of two other figures. Open those to see what was counted.",
                    figure=self.name.strip(),
                )
            )
        period = self.return_id._get_domain(None if figure.stands else self.return_id.date_from)
        domain = period & self._to_domain(figure.where)
        if figure.measure in indicators.PERSONAL:
            self._check_reads_persons()
            domain &= Domain(figure.measure, ">", 0)
        if figure.minus:
            ended = self.env["legal.aid.statistic"].search(period & self._to_domain(figure.minus))
            domain &= Domain("case_id", "not in", ended.case_id.ids)
        return domain

    def _check_reads_persons(self):
        if not self.env.user.has_group(OFFICER):
            raise AccessError(
                self.env._(
                    "%(figure)s: the cases behind it would tell what kind of person a worker is. Officers open them.",
                    figure=self.name.strip(),
                )
            )

    @staticmethod
    def _to_domain(where):
        """A ground is known to the figures by its code."""
        names = {"reason_id": "reason_id.code"}
        return Domain.AND([Domain(names.get(name, name), "in", list(values)) for name, values in where.items()])
