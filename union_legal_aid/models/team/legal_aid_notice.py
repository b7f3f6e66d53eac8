from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ..organization.legal_day import legal_today
from ..organization.wording import join_names


class LegalAidNotice(models.Model):
    """A change of the roster for the public (办法 §6, T13): who, what, when, and where it was published; never why.

    Written by the steps of a membership and never changed; the city adds where and when it was published.
    """

    _name = "legal.aid.notice"
    _description = "Roster Notice"
    _inherit = ["legal.aid.deadline.mixin"]
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
    missing_site_ids = fields.Many2many(
        comodel_name="legal.aid.publication.site",
        string="Still to Publish On",
        compute="_compute_missing_site_ids",
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor",
        help="Websites of the city on which the notice is not on record as published.",
    )
    to_publish = fields.Boolean(compute="_compute_to_publish", compute_sudo=True, search="_search_to_publish")
    age_days = fields.Integer(string="Age in Days", compute="_compute_age_days")
    is_editable = fields.Boolean(compute="_compute_is_editable")

    # Compute

    @api.depends("kind", "date", "volunteer_id.name")
    @api.depends_context("lang")
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
    @api.depends_context("lang")
    def _compute_text(self):
        for notice in self:
            public = notice.sudo()  # shown only with the lawyer's consent to publication
            notice.has_consent = bool(public.volunteer_id.consent_date)
            notice.text = notice.has_consent and public._get_text()

    @api.depends("publication_ids.site_id", "volunteer_id.consent_date", "organization_id")
    def _compute_to_publish(self):
        # That something is left to publish is no secret; counties read the notices of the city.
        missing = self._find_missing_sites()
        for notice in self:
            notice.to_publish = bool(missing[notice])

    @api.depends("publication_ids.site_id", "volunteer_id.consent_date", "organization_id")
    @api.depends_context("uid")
    def _compute_missing_site_ids(self):
        """Of the sites that the reader may open: a county reads the notices of the city, not the list of its sites."""
        missing = self._find_missing_sites()
        for notice in self:
            notice.missing_site_ids = missing[notice]

    def _find_missing_sites(self):
        """``{notice: the sites on which it is not on record as published}``, of those that may be read."""
        sites = (
            self.env["legal.aid.publication.site"]
            .search([("organization_id", "in", self.organization_id.ids)])
            .grouped("organization_id")
        )
        none = self.env["legal.aid.publication.site"]
        return {
            notice: sites.get(notice.organization_id, none) - notice.publication_ids.site_id
            if notice.has_consent
            else none
            for notice in self
        }

    @api.model
    def _search_to_publish(self, operator, value):
        if operator != "in":
            return NotImplemented
        missing = Domain.FALSE
        for site in self.sudo().env["legal.aid.publication.site"].search([]):  # see _compute_missing_site_ids
            missing |= Domain("organization_id", "=", site.organization_id.id) & Domain(
                "publication_ids", "not any", [("site_id", "=", site.id)]
            )
        found = Domain("volunteer_id.consent_date", "!=", False) & missing
        return found if set(value) == {True} else ~found if set(value) == {False} else Domain.TRUE

    @api.depends("date")
    def _compute_age_days(self):
        today = legal_today(self)
        for notice in self:
            notice.age_days = (today - notice.date).days if notice.date else 0

    def _compute_is_editable(self):
        writable = self._origin._filtered_access("write")
        for notice in self:
            notice.is_editable = notice._origin in writable

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        notices = super().create(vals_list)
        for date, found in notices.grouped("date").items():
            found._start_publication_clocks(date)
        return notices

    def write(self, vals):
        if vals.keys() - {"publication_ids"}:
            raise AccessError(
                self.env._(
                    "A notice of the roster is never changed: %(notices)s.",
                    notices=join_names(self.env, self.mapped("display_name")),
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_ever(self):
        raise AccessError(self.env._("Notices of the roster are kept for good."))

    # Actions

    def action_record_publication(self):
        """Record that these notices were put up on a website."""
        self.organization_id.ensure_one()
        sites = self.missing_site_ids
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record a Publication"),
            "res_model": "legal.aid.publication.dialog",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_site_id": sites[:1].id, "default_notice_ids": self.ids, "default_with_roster": False},
        }

    # Business

    def _start_publication_clocks(self, date):
        """The city has so many days from ``date`` to publish what may be published and is not yet; one running stays."""
        waiting = self.filtered("to_publish")
        running = waiting._get_running_deadlines("publish").mapped("res_id")
        for union, notices in (
            waiting.filtered(lambda notice: notice.id not in running).grouped("organization_id").items()
        ):
            notices._open_deadline("publish", date, days=union._get_publish_days())

    def _settle_publication_clocks(self):
        """A notice that stands on every site met its clock, on the day of the last publication."""
        self.invalidate_recordset(["missing_site_ids", "to_publish"])
        for notice in self.filtered(lambda notice: not notice.to_publish and notice.publication_ids):
            notice._close_deadline("publish", max(notice.publication_ids.mapped("date")))

    def _prepare_deadline(self, kind, trigger, limit):
        """A clock of the office, told by kind and day of the notice: neither of the lawyer's own nor with his name."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        vals = super()._prepare_deadline(kind, trigger, limit)
        return {**vals, "volunteer_id": False, "record_name": f"{kinds[self.kind]} {fields.Date.to_string(self.date)}"}

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
