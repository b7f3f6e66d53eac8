from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...tools import deadlines, deidentify
from ...tools.i18n import _lt
from ..organization.legal_aid_handed_in_mixin import HANDED_IN_FIELDS
from ..organization.legal_day import legal_today
from ..organization.wording import join_names

# Days before the last day on which the summaries of all unions are opened.
OPENED_BEFORE = 45
TEXTS = ("work", "typical_cases", "difficulties", "suggestions")
PERSONAL = {
    "resident_id": _lt("an identity number"),
    "phone": _lt("a mobile number"),
    "bank_account": _lt("an account number"),
    "name": _lt("the name of a worker who was helped"),
}


class LegalAidSummary(models.Model):
    """The work summary (工作总结) that each county hands in to the city on 20 May and 20 December (V2, 工作方案 §四(三)).

    Text, pictures and videos, typical cases and suggestions, with the figures of the half-year filled in from statistics. Nobody may be
    recognised in it: what names a worker or gives a number of his is refused when it is handed in.

    ============  ==================  ==================================================================
    State         becomes             by
    ============  ==================  ==================================================================
    draft         submitted           ``action_submit``: officer of the union; 20 May is on time
    submitted     accepted, draft     ``action_accept``, ``action_return`` with a note: officer of the union above
    ============  ==================  ==================================================================
    """

    _name = "legal.aid.summary"
    _description = "Work Summary"
    _inherit = ["legal.aid.handed.in.mixin", "mail.thread", "legal.aid.todo.mixin"]
    _order = "due_date desc, organization_id"
    _rec_names_search = ["organization_id"]

    _hand_in_clock = "county_report"
    _workflow_fields = HANDED_IN_FIELDS | {"statistics_id"}
    _workflow_facts = {"organization_id": (), "due_date": (), **dict.fromkeys(TEXTS, ("draft",))}

    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user.union_organization_ids[:1],
        domain=[("reports_to_city", "=", True)],
    )
    superior_id = fields.Many2one(
        comodel_name="union.organization",
        string="Handed In To",
        compute="_compute_superior_id",
        store=True,
        precompute=True,
        ondelete="restrict",
        index=True,
    )
    due_date = fields.Date(
        string="Due On",
        required=True,
        index=True,
        default=lambda self: self._get_next_due_date(legal_today(self)),
        help="20 May or 20 December; on a day of rest the next working day is in time.",
    )
    last_day = fields.Date(string="In Time Until", compute="_compute_last_day", help="The last day in time.")
    date_from = fields.Date(string="First Day", compute="_compute_period")
    date_to = fields.Date(string="Until", compute="_compute_period")
    work = fields.Text(string="Work and Experience", help="What was done, and what proved good (好的经验做法).")
    typical_cases = fields.Text(
        help="One paragraph for each. Nobody may be recognised: write 张某 and 某公司, and no numbers of persons."
    )
    difficulties = fields.Text()
    suggestions = fields.Text()
    statistics_id = fields.Many2one(
        comodel_name="legal.aid.statistical.return", string="Figures", readonly=True, copy=False, ondelete="restrict"
    )
    figure_ids = fields.One2many(related="statistics_id.line_ids", string="Figures of the Half-year")
    picture_count = fields.Integer(string="Pictures", compute="_compute_files")
    video_count = fields.Integer(string="Videos", compute="_compute_files")
    state = fields.Selection(
        selection=[("draft", "Not Handed In"), ("submitted", "Handed In"), ("accepted", "Accepted by the Union Above")]
    )
    is_editable = fields.Boolean(compute="_compute_can")
    can_decide = fields.Boolean(compute="_compute_can")

    _once = models.Constraint(
        "UNIQUE(organization_id, due_date)", "The summary of this union for this day exists already. Open that one."
    )
    _due_day = models.Constraint(
        "CHECK((EXTRACT(MONTH FROM due_date) IN (5, 12)) AND EXTRACT(DAY FROM due_date) = 20)",
        "Summaries are due on 20 May and on 20 December.",
    )

    # Compute

    @api.depends("organization_id.parent_id")
    def _compute_superior_id(self):
        for summary in self:
            # The union above is named to whoever hands in to it.
            union = summary.organization_id.sudo()
            superior = union.parent_id._get_superior("city", "province") if union.parent_id else union.parent_id
            summary.superior_id = superior.id

    @api.depends("due_date")
    def _compute_last_day(self):
        calendar = self.env["legal.aid.calendar.day"]._get_calendar()
        for summary in self:
            summary.last_day = summary.due_date and deadlines.roll(summary.due_date, calendar)

    @api.depends("due_date")
    def _compute_period(self):
        """From the due date before to the day before this one."""
        for summary in self:
            due = summary.due_date
            summary.date_to = due and due - timedelta(days=1)
            summary.date_from = due and (date(due.year, 5, 20) if due.month == 12 else date(due.year - 1, 12, 20))

    def _compute_files(self):
        groups = self.env["ir.attachment"]._read_group(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)], ["res_id", "mimetype"], ["__count"]
        )
        counts = {}
        for res_id, mimetype, count in groups:
            key = (res_id, (mimetype or "").split("/")[0])
            counts[key] = counts.get(key, 0) + count
        for summary in self:
            summary.picture_count = counts.get((summary.id, "image"), 0)
            summary.video_count = counts.get((summary.id, "video"), 0)

    @api.depends("organization_id.name", "due_date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for summary in self:
            summary.display_name = self.env._(
                "Work summary %(union)s %(date)s",
                union=summary.organization_id.name or "",
                date=fields.Date.to_string(summary.due_date) or "",
            )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        writable = self._origin._filtered_access("write")
        for summary in self:
            own = summary.organization_id in self.env.user.access_organization_ids
            mine = not summary._origin or (own and summary._origin in writable)
            summary.is_editable = summary.state == "draft" and mine
            summary.can_decide = summary.state == "submitted" and summary._is_superior_user()

    # Actions

    def action_fill_figures(self):
        """Count the figures of the half-year anew from statistics."""
        self.check_access("write")
        self._check_state("draft")
        for summary in self:
            summary._fill_figures()
        return True

    def action_submit(self):
        """Hand in to the union above, with figures counted at that moment.

        :raises UserError: when the text is missing, or somebody can be recognised in it
        """
        self.check_access("write")
        self._check_author()
        self._check_state("draft")
        self._raise_reasons({summary: summary._get_cannot_submit_reason() for summary in self})
        for summary in self:
            summary._fill_figures()
        self._hand_in(legal_today(self))
        return True

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        summaries = super().create(vals_list)
        summaries._open_clock()
        return summaries

    def write(self, vals):
        if set(TEXTS) & vals.keys():
            self._check_author()
        return super().write(vals)

    # Business

    @api.model
    def _get_next_due_date(self, today):
        days = [date(year, month, 20) for year in (today.year, today.year + 1) for month in (5, 12)]
        return min(day for day in days if day >= today)

    def _is_superior_user(self):
        self.ensure_one()
        unions = self.env.user.access_organization_ids
        return bool(self.superior_id) and any(self.superior_id._is_at_or_below(union) for union in unions)

    def _check_author(self):
        """What a union reports is written by its own people; the union above reads, accepts or returns it."""
        foreign = self.filtered(lambda summary: summary.organization_id not in self.env.user.access_organization_ids)
        if foreign and not self.env.su:
            raise AccessError(
                self.env._(
                    "%(summaries)s: the text is written by the union that reports. Return it with a note on what is missing.",
                    summaries=join_names(self.env, foreign.mapped("display_name")),
                )
            )

    def _check_receiver(self):
        self.check_access("write")
        foreign = self.filtered(lambda summary: not summary._is_superior_user())
        if foreign and not self.env.su:
            raise AccessError(
                self.env._(
                    "%(summaries)s: the union to which a summary is handed in accepts or returns it.",
                    summaries=join_names(self.env, foreign.mapped("display_name")),
                )
            )

    def _get_cannot_submit_reason(self):
        """Why it cannot be handed in, or False."""
        self.ensure_one()
        if not (self.work or "").strip():
            return self.env._("%(summary)s: write what was done under Work and Experience.", summary=self.display_name)
        found = self._find_personal()
        if found:
            labels = join_names(self.env, (self.env._(PERSONAL[kind]) for kind in sorted(found)))
            return self.env._(
                "%(summary)s: somebody can be recognised, by %(what)s. Write 张某 and 某公司 and leave numbers of persons out.",
                summary=self.display_name,
                what=labels,
            )
        return False

    def _find_personal(self):
        text = "\n".join(self[name] or "" for name in TEXTS)
        found = deidentify.find_personal(text)
        return found | {"name"} if self._names_a_worker(text) else found

    def _names_a_worker(self, text):
        """Whether a worker who was helped by this union or one below stands in the text, by his full name."""
        self.env["legal.aid.case"].flush_model(["organization_id"])
        self.env["legal.aid.case.private"].flush_model(["applicant_name"])
        # The officer need not be able to read each name that must not leave the office.
        unions = self.env["union.organization"].sudo().search([("id", "child_of", self.organization_id.ids)])
        rows = self.env.execute_query(
            SQL(
                "SELECT 1 FROM legal_aid_case_private AS person JOIN legal_aid_case AS helped ON helped.id = person.case_id"
                " WHERE helped.organization_id IN %s AND length(person.applicant_name) > 1"
                " AND position(person.applicant_name IN %s) > 0 LIMIT 1",
                tuple(unions.ids) or (0,),
                text,
            )
        )
        return bool(rows)

    def _fill_figures(self):
        self.ensure_one()
        returns = self.env["legal.aid.statistical.return"]
        if not self.statistics_id:
            values = {
                "organization_id": self.organization_id.id,
                "layout": "union",
                "period_kind": "free",
                "date_from": self.date_from,
                "date_to": self.date_to,
            }
            self._workflow_write({"statistics_id": returns.create(values).id})
        if self.statistics_id.state == "draft":
            self.statistics_id.action_compute()

    def _open_clock(self):
        """The clock ends on the due date, whenever it is opened; what is opened late is over at once."""
        for due_date, summaries in self.grouped("due_date").items():
            opened = due_date - timedelta(days=OPENED_BEFORE)
            summaries._open_deadline("county_report", opened, (summaries[0].last_day - opened).days)

    def _restart_clock(self):
        self._open_clock()

    def _get_last_day(self):
        return self.last_day

    # Mail & cron

    @api.model
    def _cron_open_summaries(self):
        """Open the summaries of the next due date for every union that reports, once, some weeks before."""
        today = legal_today(self)
        due = self._get_next_due_date(today)
        if today < due - timedelta(days=OPENED_BEFORE):
            return
        known = self.search([("due_date", "=", due)]).organization_id
        unions = self.env["union.organization"].search(
            [("reports_to_city", "=", True), ("tier", "in", ("county", "zone")), ("id", "not in", known.ids)]
        )
        self.create([{"organization_id": union.id, "due_date": due} for union in unions])
