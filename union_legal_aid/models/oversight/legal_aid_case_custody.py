import logging

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..casework.legal_aid_case import LegalAidCase as Case
from ..conduct.legal_aid_verdict_mixin import OPEN_STATES
from ..organization.legal_day import legal_today
from ..organization.wording import join_names
from .legal_aid_erasure import TOLD_IN

_logger = logging.getLogger(__name__)

BATCH = 200
# Where a case of earlier versions knows no policy: the defaults of the policy.
DEFAULT_SEAL_YEARS = 5
DEFAULT_RETENTION_YEARS = 30


class LegalAidCase(models.Model):
    """The archive of cases (X3): sealed some years after the closing, kept for a term, destroyed by decision only.

    A sealed file (封存) is stored and nothing else (PIPL §47): the rules of its models give it to those alone who were granted a reading
    (``legal.aid.file.reading``). Statistics go on counting its figures, and its line stays in the register
    (``legal.aid.archive.register``).
    """

    _inherit = "legal.aid.case"

    _workflow_fields = Case._workflow_fields | {
        "sealed_date",
        "hold_reason_id",
        "hold_note",
        "hold_since",
        "extra_years",
        "term_told_on",
        "erased_date",
    }

    sealed_date = fields.Date(
        string="Sealed On",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="From this day on the file is only stored; it is opened for a granted reading.",
    )
    is_withheld = fields.Boolean(
        string="Sealed for Me",
        compute="_compute_is_withheld",
        search="_search_is_withheld",
        help="Sealed, and no reading was granted to the user.",
    )
    extra_years = fields.Integer(
        string="More Years", readonly=True, copy=False, help="By which an appraisal prolonged the term."
    )
    keep_until = fields.Date(
        string="Kept Until",
        compute="_compute_keep_until",
        store=True,
        compute_sudo=True,
        index="btree_not_null",
        help="The last day of the term of retention; empty where the file is kept permanently.",
    )
    term_told_on = fields.Date(
        readonly=True, copy=False, help="The day on which the office was told that the term is over."
    )
    hold_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason", string="Kept On Because", readonly=True, copy=False, ondelete="restrict"
    )
    hold_note = fields.Char(string="Remark on the Hold", readonly=True, copy=False)
    hold_since = fields.Date(string="Held Since", readonly=True, copy=False)
    erased_date = fields.Date(
        string="Destroyed On",
        readonly=True,
        copy=False,
        help="Number and figures stay; everything else is gone for good.",
    )

    # Compute

    @api.depends("sealed_date")
    @api.depends_context("uid")
    def _compute_is_withheld(self):
        sealed = self.filtered("sealed_date")
        # Readings say nothing but who reads which file; whoever reads one needs no right to their list.
        readings_sudo = self.env["legal.aid.file.reading"].sudo()
        opened = readings_sudo.search(readings_sudo._domain_opened()).case_id if sealed else self.browse()
        for case in self:
            case.is_withheld = case in sealed and case._origin.id not in opened.ids

    def _search_is_withheld(self, operator, value):
        if operator != "in":
            return NotImplemented
        # A part of the same query: every list of cases asks this.
        readings_sudo = self.env["legal.aid.file.reading"].sudo()
        opened = readings_sudo._search(readings_sudo._domain_opened())
        shown = Domain("sealed_date", "=", False) | Domain("id", "in", opened.subselect("case_id"))
        if set(value) == {False}:
            return shown
        return ~shown if set(value) == {True} else Domain.TRUE

    @api.depends("archived_date", "state", "is_permanent", "extra_years", "policy_id.retention_years")
    def _compute_keep_until(self):
        for case in self:
            years = case.policy_id.retention_years if case.policy_id else DEFAULT_RETENTION_YEARS
            is_for_a_term = case.state == "archived" and case.archived_date and years and not case.is_permanent
            case.keep_until = is_for_a_term and case.archived_date + relativedelta(years=years + case.extra_years)

    # CRUD

    def write(self, vals):
        if not self._in_workflow():
            sealed = self.sudo().filtered("sealed_date")
            facts = vals.keys() - self._workflow_fields
            if sealed and any(self._is_of_file(name) or name in self._workflow_facts for name in facts):
                raise UserError(
                    self.env._(
                        "These files are sealed and only stored: %(cases)s. Nothing in them is written any more, except by a"
                        " correction.",
                        cases=join_names(self.env, sealed.mapped("name")),
                    )
                )
        return super().write(vals)

    # Business

    def _prepare_reopen(self, target):
        """A file that is taken up again is no longer sealed; it will be, some years after its next closing."""
        return {**super()._prepare_reopen(target), "sealed_date": False}

    def _get_cannot_reopen_reason(self):
        reasons = super()._get_cannot_reopen_reason()
        for case in self.filtered("erased_date"):
            reasons[case] = self.env._(
                "The file of case %(case)s was destroyed on %(date)s. Register a new application instead.",
                case=case.name,
                date=fields.Date.to_string(case.erased_date),
            )
        return reasons

    @api.model
    def _domain_unsettled(self):
        """Cases about which something is still going on, so that their files are needed."""
        # Complaints without a case would make the negation of this domain unknown.
        complaints = self.env["legal.aid.complaint"].sudo()
        open_ones = complaints._search([("state", "in", OPEN_STATES), ("case_id", "!=", False)])
        return Domain.OR(
            [
                Domain("correction_ids", "any", [("state", "=", "requested")]),
                Domain("deadline_ids", "any", [("state", "=", "open")]),
                Domain("expense_ids", "any", [("state", "not in", ("paid", "cancelled"))]),
                Domain("id", "in", open_ones.subselect("case_id")),
            ]
        )

    @api.model
    def _domain_to_seal(self):
        """Archived files whose years since the closing are over, by the policy of each case."""
        today = legal_today(self)
        policies = self.env["legal.aid.policy"].search_fetch([("seal_years", ">", 0)], ["seal_years"])
        due = [
            Domain("policy_id", "=", policy.id)
            & Domain("closed_date", "<=", today - relativedelta(years=policy.seal_years))
            for policy in policies
        ]
        default_day = today - relativedelta(years=DEFAULT_SEAL_YEARS)
        due.append(Domain("policy_id", "=", False) & Domain("closed_date", "<=", default_day))
        archived = Domain("state", "=", "archived") & Domain("sealed_date", "=", False)
        return archived & Domain.OR(due) & ~self._domain_unsettled()

    @api.model
    def _domain_term_over(self):
        return (
            Domain("keep_until", "<", legal_today(self))
            & Domain("hold_reason_id", "=", False)
            & Domain("erased_date", "=", False)
        )

    @api.model
    def _domain_listed_for(self, union, lines):
        """The files of ``union`` and those below it that stand on none of these lines (a query)."""
        return Domain("organization_id", "child_of", union.id) & Domain("id", "not in", lines.subselect("case_id"))

    # Mail & cron

    @api.model
    def _cron_seal(self):
        """Seal what is due (X3). Nothing is destroyed by any job."""
        while cases := self.search(self._domain_to_seal(), limit=BATCH).try_lock_for_update():
            cases._do_seal()
            left = self.search_count(self._domain_to_seal())
            if not self.env["ir.cron"]._commit_progress(len(cases), remaining=left):
                return

    @api.model
    def _cron_tell_terms_over(self):
        """Tell each office once which files can be appraised (X3)."""
        domain = self._domain_term_over() & Domain("term_told_on", "=", False)
        while cases := self.search(domain, limit=BATCH).try_lock_for_update():
            officers = self.env["legal.aid.deadline"]._get_office_users(cases.organization_id)
            for union, files in cases.grouped("organization_id").items():
                files._tell_terms_over(officers[union], union)
            cases._workflow_write({"term_told_on": legal_today(self)})
            if not self.env["ir.cron"]._commit_progress(len(cases), remaining=self.search_count(domain)):
                return

    def _tell_terms_over(self, officers, union):
        count = len(self)
        self.env["legal.aid.notification"]._tell(
            officers,
            lambda env: env._("The term of %(count)s files is over", count=count),
            lambda env: env._(
                "The term of retention of %(count)s files is over. Open “Appraisal and Destruction”, collect them and decide on each;"
                " nothing is destroyed by itself.",
                count=count,
            ),
            page="/odoo/legal-aid-file-disposals",
            link=lambda env: env._("Open the list"),
            office=union,
        )

    def _do_seal(self):
        self._workflow_write({"sealed_date": legal_today(self)})
        self._message_log_batch(
            bodies={case.id: self.env._("The file is sealed: it is only stored from now on.") for case in self}
        )
        self._clear_inboxes()

    def _clear_inboxes(self):
        """What can be opened no more waits in no inbox: Odoo counts it as unread for ever, else (X3)."""
        for model, path in TOLD_IN.items():
            records_sudo = self.env[model].sudo().with_context(active_test=False)
            if "message_ids" not in records_sudo._fields:
                continue
            # Whose inbox it is does not matter; a notice to somebody stays with him.
            unread_sudo = (
                self.env["mail.notification"]
                .sudo()
                .search(
                    [
                        ("is_read", "=", False),
                        ("mail_message_id.model", "=", model),
                        ("mail_message_id.res_id", "in", records_sudo._search([(path, "in", self.ids)])),
                        ("mail_message_id.message_type", "!=", "user_notification"),
                    ]
                )
            )
            unread_sudo.write({"is_read": True})
