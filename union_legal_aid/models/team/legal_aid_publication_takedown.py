from odoo import api, fields, models

from ..organization.legal_day import legal_today


class LegalAidPublicationTakedown(models.Model):
    """A name to take off a website, because the lawyer withdrew his consent (T13, 个人信息保护法 Art. 15, 47).

    Our own page, prints and texts lost him in the same moment; this is the rest, which people have to do.

    =====  =======  ==========================================
    State  becomes  by
    =====  =======  ==========================================
    open   done     ``action_done`` (officer of the city)
    =====  =======  ==========================================
    """

    _name = "legal.aid.publication.takedown"
    _description = "Name to Take Off a Website"
    _inherit = ["legal.aid.workflow.mixin", "legal.aid.deadline.mixin"]
    _order = "date desc, id desc"
    _rec_names_search = ["volunteer_id", "site_id"]

    _workflow_transitions = {"open": ("done",)}
    _workflow_fields = frozenset({"state", "date_done", "done_by_id"})
    _workflow_initial = {"state": "open"}
    _workflow_facts = dict.fromkeys(("site_id", "volunteer_id", "date", "urls"), ())

    site_id = fields.Many2one(
        comodel_name="legal.aid.publication.site",
        string="Website",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    organization_id = fields.Many2one(related="site_id.organization_id", store=True, index=True)
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    date = fields.Date(string="Withdrawn On", required=True, readonly=True)
    urls = fields.Text(string="Pages", readonly=True, help="Where the name was published, as far as it is on record.")
    state = fields.Selection(
        selection=[("open", "To Take Off"), ("done", "Taken Off")],
        default="open",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    date_done = fields.Date(string="Taken Off On", readonly=True, copy=False)
    done_by_id = fields.Many2one(
        comodel_name="res.users", string="Recorded By", readonly=True, copy=False, ondelete="restrict"
    )
    note = fields.Text(help="Who was told, and what was seen on the page afterwards.")
    can_finish = fields.Boolean(compute="_compute_can_finish")

    # Compute

    @api.depends("site_id.name", "volunteer_id.name")
    def _compute_display_name(self):
        for takedown in self:
            takedown.display_name = f"{takedown.sudo().volunteer_id.name or ''} {takedown.sudo().site_id.name or ''}"

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_finish(self):
        writable = self._origin._filtered_access("write")
        for takedown in self:
            takedown.can_finish = takedown._origin in writable and takedown.state == "open"

    # Actions

    def action_done(self, date=None):
        """The name is off the site: looked up there by the officer, on ``date`` (today by default)."""
        self.check_access("write")
        date = self.env["legal.aid.volunteer"]._get_past_date(date)
        self._transition("done", {"date_done": date, "done_by_id": self.env.uid})
        self._close_deadline("take_down", date)
        for takedown in self:
            # What is off the site is no longer compared with.
            last_sudo = takedown.sudo().site_id.publication_ids.sorted(lambda one: (one.date, one.id))[-1:]
            last_sudo._drop_member(takedown.volunteer_id)
        sites_sudo = self.sudo().site_id
        sites_sudo.invalidate_recordset()
        sites_sudo._check_published(legal_today(self))
        return True

    # Business

    def _prepare_deadline(self, kind, trigger, limit):
        """A clock of the office that names the site, not the person."""
        vals = super()._prepare_deadline(kind, trigger, limit)
        return {**vals, "volunteer_id": False, "record_name": self.site_id.name}
