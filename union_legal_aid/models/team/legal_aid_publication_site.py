from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools import roster
from ..organization.legal_day import legal_today
from ..organization.wording import join_clauses

BATCH = 20
CHECK_FIELDS = frozenset({"checked_on", "page_problem"})


class LegalAidPublicationSite(models.Model):
    """A website where a city publishes its roster and each change of it (办法 §6 names 河南省职工网 and 平顶山工会网).

    The officer pastes the text that stands here into the site's own system and records that it was done; each night the last
    publication on record is compared with the roster as it is (T13).
    """

    _name = "legal.aid.publication.site"
    _description = "Website of Publication"
    _inherit = [
        "legal.aid.editable.mixin",
        "legal.aid.city.mixin",
        "legal.aid.deadline.mixin",
        "legal.aid.workbook.mixin",
    ]
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self._default_organization_id(),
        help="The city union whose roster is published there.",
    )
    url = fields.Char(string="Address")
    note = fields.Text(string="How to Publish", help="Whom to send the text to, and how it is put up.")
    publication_ids = fields.One2many(
        comodel_name="legal.aid.roster.publication", inverse_name="site_id", string="Publications of the Roster"
    )
    takedown_ids = fields.One2many(
        comodel_name="legal.aid.publication.takedown", inverse_name="site_id", string="To Take Off"
    )
    last_publication_id = fields.Many2one(
        comodel_name="legal.aid.roster.publication", compute="_compute_last_publication_id"
    )
    last_published_on = fields.Date(compute="_compute_last_publication_id")
    notice_count = fields.Integer(string="Notices to Publish", compute="_compute_counts")
    takedown_count = fields.Integer(string="Names to Take Off", compute="_compute_counts")
    difference_count = fields.Integer(string="Differences", compute="_compute_differences")
    differences = fields.Text(
        string="Published, Compared with the Roster",
        compute="_compute_differences",
        help="What the site still has wrong.",
    )
    member_count = fields.Integer(string="On the Roster", compute="_compute_roster_text")
    roster_text = fields.Text(string="Text to Paste", compute="_compute_roster_text")
    roster_html = fields.Text(string="Text to Paste (HTML)", compute="_compute_roster_text")
    checked_on = fields.Date(readonly=True, copy=False)
    page_problem = fields.Text(
        string="Public Page", readonly=True, copy=False, help="What the public page shows other than the roster."
    )

    _name_unique = models.Constraint(
        "UNIQUE(organization_id, name)", "This union has a website of this name already. Open that one."
    )

    # Defaults

    @api.model
    def _default_organization_id(self):
        union = self.env.user.union_organization_ids[:1]
        return union and union._get_city()

    # Compute

    @api.depends("publication_ids")
    def _compute_last_publication_id(self):
        for site in self:
            site.last_publication_id = self.env["legal.aid.roster.publication"].search(
                [("site_id", "=", site._origin.id)], limit=1
            )
            site.last_published_on = site.last_publication_id.date

    @api.depends("takedown_ids.state")
    def _compute_counts(self):
        takedowns = dict(
            self.env["legal.aid.publication.takedown"]._read_group(
                [("site_id", "in", self._origin.ids), ("state", "=", "open")], ["site_id"], ["__count"]
            )
        )
        for site in self:
            site.notice_count = len(site._origin._get_missing_notices())
            site.takedown_count = takedowns.get(site._origin, 0)

    @api.depends("publication_ids", "organization_id")
    @api.depends_context("lang")
    def _compute_differences(self):
        for site in self:
            sentences = site._origin._get_difference_sentences()
            site.difference_count = len(sentences)
            site.differences = "\n".join(sentences)

    @api.depends("organization_id")
    @api.depends_context("lang")
    def _compute_roster_text(self):
        for site in self:
            union = site.organization_id._in_roster_language()
            site.member_count = len(union._get_roster_lines()) if union else 0
            site.roster_text = union._get_roster_text() if union else ""
            site.roster_html = union._get_roster_html() if union else ""

    # Constraints

    @api.constrains("organization_id")
    def _check_organization(self):
        for site in self:
            if site.organization_id != site.organization_id._get_city():
                raise UserError(
                    self.env._(
                        "%(site)s: the roster is published by the city union, not by %(organization)s.",
                        site=site.name,
                        organization=site.organization_id.name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [{name: value for name, value in vals.items() if name not in CHECK_FIELDS} for vals in vals_list]
        )

    def write(self, vals):
        if CHECK_FIELDS & vals.keys() and not self.env.su:
            raise UserError(self.env._("The result of the nightly check is written by the check only."))
        return super().write(vals)

    # Actions

    def action_record_publication(self):
        """Record that the roster, and the notices that waited, were put up on this site."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record a Publication"),
            "res_model": "legal.aid.publication.dialog",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_site_id": self.id, "default_with_roster": True},
        }

    def action_open_notices(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("union_legal_aid.legal_aid_notice_to_publish_action")
        return {**action, "domain": [("id", "in", self._get_missing_notices().ids)], "context": {}}

    def action_open_takedowns(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("union_legal_aid.legal_aid_publication_takedown_action")
        return {**action, "domain": [("site_id", "=", self.id)]}

    def action_open_page(self):
        """The public page of the city's roster."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.organization_id._get_roster_url(), "target": "new"}

    def action_check(self):
        """Do now what the nightly check does."""
        self.check_access("write")
        self.sudo()._check_published(legal_today(self))
        return True

    # Business

    def _build_workbook(self):
        return self.organization_id._in_roster_language()._build_roster_workbook()

    def _get_workbook_name(self):
        return f"{self.organization_id.name}志愿团队成员名单"

    def _get_missing_notices(self):
        """The notices that may be published and are not on record as published on this site, oldest first."""
        self.ensure_one()
        return self.env["legal.aid.notice"].search(
            [
                ("organization_id", "=", self.organization_id.id),
                ("volunteer_id.consent_date", "!=", False),
                ("publication_ids", "not any", [("site_id", "=", self.id)]),
            ],
            order="date, id",
        )

    def _get_published_lines(self):
        """The roster as it was last put up here; without the names that were taken off since."""
        self.ensure_one()
        # What was published is read to be compared, whoever compares; only what is published now is told.
        last_sudo = self.sudo().env["legal.aid.roster.publication"].search([("site_id", "=", self.id)], limit=1)
        return last_sudo and (last_sudo.content or [])

    def _get_difference_sentences(self):
        """Who joined, who left and what changed since the last publication on record, one sentence each."""
        self.ensure_one()
        union = self.organization_id
        published = self._get_published_lines()
        now = union._get_roster_lines()
        if not self.id or (not published and not now):
            return []
        if not published:
            return [self.env._("No publication of the roster is on record for %(site)s.", site=self.name)]
        labels = union._get_roster_labels()
        return [self._tell(difference, labels) for difference in roster.differences(published, now)]

    def _tell(self, difference, labels):
        who = {"name": difference.name, "firm": difference.law_firm or self.env._("no law firm")}
        if difference.kind == roster.JOINED:
            return self.env._("Add %(name)s (%(firm)s).", **who)
        if difference.kind == roster.LEFT:
            return self.env._("Take out %(name)s (%(firm)s).", **who)
        changes = [
            self.env._(
                "%(field)s “%(before)s” becomes “%(now)s”",
                field=labels[field],
                before=before or self.env._("empty"),
                now=now or self.env._("empty"),
            )
            for field, before, now in difference.changes
        ]
        return self.env._("Change %(name)s (%(firm)s): %(changes)s.", changes=join_clauses(self.env, changes), **who)

    def _record_roster(self, date, url=""):
        """Put on record that the roster as it is now stands on each site since ``date``; older copies keep their checksum only."""
        self.check_access("write")
        # Publications are written by this step only; nobody has a right to create one.
        publications_sudo = self.sudo().env["legal.aid.roster.publication"]
        for site in self:
            lines = site.organization_id._in_roster_language()._get_roster_lines()
            publications_sudo.search([("site_id", "=", site.id), ("content", "!=", False)])._forget()
            publications_sudo.create(
                {
                    "site_id": site.id,
                    "date": date,
                    "url": url,
                    "recorded_by_id": self.env.uid,
                    "content": lines,
                    "member_count": len(lines),
                    "checksum": roster.checksum(lines),
                }
            )
        self.invalidate_recordset()
        self.sudo()._check_published(legal_today(self))

    def _check_published(self, today):
        """Compare what was published with the roster, and what the public page shows; a difference starts a clock."""
        for site in self:
            problems = "\n".join(site.organization_id._get_page_problems())
            differs = bool(site._get_difference_sentences() or problems)
            site.write({"checked_on": today, "page_problem": problems})
            running = site._get_running_deadlines("roster_update")
            if differs and not running:
                site._open_deadline("roster_update", today, days=site._get_publish_days())
            elif not differs and running:
                site._close_deadline("roster_update", today)

    def _get_publish_days(self):
        return self.organization_id._get_publish_days()

    # Mail & cron

    @api.model
    def _cron_check_published(self):
        """Each night: published = database. A night that was missed is made up for by the next, since all is compared anew."""
        today = legal_today(self)
        domain = ["|", ("checked_on", "=", False), ("checked_on", "<", today)]
        while sites := self.search(domain, limit=BATCH).try_lock_for_update():
            sites._check_published(today)
            if not self.env["ir.cron"]._commit_progress(len(sites), remaining=self.search_count(domain)):
                return
