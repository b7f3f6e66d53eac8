from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..organization.legal_day import legal_today
from ..organization.wording import join_names

OPEN_FIELDS = frozenset({"delivered_date", "method", "document_id"})


class LegalAidTerminationNotice(models.Model):
    """That one of those concerned was given the decision to terminate (C7): opened by the decision, delivered once."""

    _name = "legal.aid.termination.notice"
    _description = "Notice of Termination"
    _inherit = ["legal.aid.link.mixin"]
    _order = "case_id, id"
    _rec_names_search = ["case_id"]
    _checked_links = ("case_id",)

    case_id = fields.Many2one(
        comodel_name="legal.aid.case", required=True, readonly=True, ondelete="cascade", index=True
    )
    organization_id = fields.Many2one(related="case_id.organization_id", store=True, index=True)
    addressee = fields.Selection(
        selection=[
            ("recipient", "Recipient"),
            ("firm", "The lawyer's firm"),
            ("tribunal", "Court or commission"),
        ],
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        selection=[("waiting", "To be delivered"), ("delivered", "Delivered"), ("void", "Void")],
        default="waiting",
        required=True,
        readonly=True,
    )
    delivered_date = fields.Date(string="Delivered On")
    method = fields.Selection(
        selection=[
            ("in_person", "Handed over"),
            ("post", "By post"),
            ("electronic", "Electronically"),
            ("left", "Left at the address"),
            ("public", "By public notice"),
        ],
    )
    document_id = fields.Many2one(
        comodel_name="legal.aid.case.document",
        string="Receipt",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('case_id', '=', case_id)]",
        help="The signed receipt, photographed (送达回证).",
    )
    recorded_by_id = fields.Many2one(comodel_name="res.users", readonly=True, ondelete="restrict")

    # Compute

    @api.depends("case_id", "addressee")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["addressee"]._description_selection(self.env))
        for notice in self:
            # Whoever reads the notice reads the number on it.
            notice.display_name = f"{notice.sudo().case_id.name} {labels.get(notice.addressee, '')}".strip()

    # CRUD

    def write(self, vals):
        """An officer enters the delivery, once; it meets clocks, so it stays."""
        if self.env.su:
            return super().write(vals)
        self._check_open(vals)
        if vals.get("delivered_date"):
            self._check_delivered_date(fields.Date.to_date(vals["delivered_date"]))
            vals = {**vals, "method": vals.get("method") or self[:1].method or "in_person"}
        result = super().write(vals)
        if vals.get("delivered_date"):
            self.sudo()._do_deliver(self.env.user)
        return result

    # Actions

    def action_deliver(self, date=None, method="in_person"):
        """Record that the decision reached the addressee on ``date``, today by default."""
        self.write({"delivered_date": date or legal_today(self), "method": method})
        return True

    # Business

    def _check_open(self, vals):
        self.check_access("write")
        if vals.keys() - OPEN_FIELDS:
            raise AccessError(
                self.env._("A notice of termination takes the day, the way and the receipt of its delivery only.")
            )
        closed = self.filtered(lambda notice: notice.state != "waiting") if vals.keys() - {"document_id"} else self[:0]
        if closed:
            raise UserError(
                self.env._(
                    "Delivered already: %(notices)s. The delivery stays as it was entered.",
                    notices=join_names(self.env, closed.mapped("display_name")),
                )
            )

    def _check_delivered_date(self, day):
        today = legal_today(self)
        for notice in self:
            if day > today or day < notice.case_id.decision_date:
                raise UserError(
                    self.env._(
                        "%(notice)s cannot have been delivered on %(date)s: the day lies in the future or before the decision.",
                        notice=notice.display_name,
                        date=fields.Date.to_string(day),
                    )
                )

    def _do_deliver(self, user):
        self.write({"state": "delivered", "recorded_by_id": user.id})
        for case in self.case_id:
            case._on_termination_delivered()
