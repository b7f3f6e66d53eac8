from odoo import api, fields, models
from odoo.exceptions import AccessError


class LegalAidNotice(models.Model):
    """A change of the roster for the public (办法 §6, T13): who, what, when, and where it was published; never why.

    Written by the steps of a membership and never changed; the city adds where and when it was published.
    """

    _name = "legal.aid.notice"
    _description = "Roster Notice"
    _order = "date desc, id desc"
    _rec_names_search = ["volunteer_id"]

    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    organization_id = fields.Many2one(related="volunteer_id.organization_id", store=True, index=True)
    kind = fields.Selection(
        selection=[("join", "Joined"), ("leave", "Left"), ("suspend", "Suspended"), ("resume", "Resumed")],
        required=True,
        readonly=True,
    )
    date = fields.Date(required=True, readonly=True)
    law_firm_id = fields.Many2one(
        comodel_name="res.partner",
        compute="_compute_law_firm_id",
        store=True,
        precompute=True,
        ondelete="restrict",
        help="The firm at the time of the notice.",
    )
    publication_ids = fields.One2many(
        comodel_name="legal.aid.notice.publication", inverse_name="notice_id", string="Publications"
    )
    has_consent = fields.Boolean(string="May Be Published", compute="_compute_text")
    text = fields.Char(string="Text to Publish", compute="_compute_text", help="Ready to paste into the website.")
    is_editable = fields.Boolean(compute="_compute_is_editable")

    # Compute

    @api.depends("kind", "date", "volunteer_id.name")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for notice in self:
            notice.display_name = (
                f"{kinds.get(notice.kind, '')} {notice.sudo().volunteer_id.name or ''} {notice.date or ''}"
            )

    @api.depends("volunteer_id")
    def _compute_law_firm_id(self):
        for notice in self.filtered(lambda notice: not notice.law_firm_id):
            notice.law_firm_id = notice.volunteer_id.law_firm_id

    @api.depends("volunteer_id.consent_date", "volunteer_id.name", "law_firm_id", "kind", "date")
    def _compute_text(self):
        for notice in self:
            public = notice.sudo()  # shown only with the lawyer's consent to publication
            notice.has_consent = bool(public.volunteer_id.consent_date)
            notice.text = notice.has_consent and public._get_text()

    def _compute_is_editable(self):
        writable = self._origin._filtered_access("write")
        for notice in self:
            notice.is_editable = notice._origin in writable

    # CRUD

    def write(self, vals):
        if vals.keys() - {"publication_ids"}:
            raise AccessError(
                self.env._(
                    "A notice of the roster is never changed: %(notices)s.",
                    notices=", ".join(self.mapped("display_name")),
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ever(self):
        raise AccessError(self.env._("Notices of the roster are kept for good."))

    # Business

    def _get_text(self):
        self.ensure_one()
        values = {
            "date": fields.Date.to_string(self.date),
            "name": self.volunteer_id.name,
            "firm": self.law_firm_id.name or self.env._("no law firm"),
        }
        if self.kind == "join":
            return self.env._("%(date)s: %(name)s (%(firm)s) joined the team.", **values)
        if self.kind == "leave":
            return self.env._("%(date)s: %(name)s (%(firm)s) left the team.", **values)
        if self.kind == "suspend":
            return self.env._("%(date)s: the service of %(name)s (%(firm)s) is suspended.", **values)
        return self.env._("%(date)s: the service of %(name)s (%(firm)s) was resumed.", **values)
