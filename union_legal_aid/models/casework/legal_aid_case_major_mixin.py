from odoo import api, fields, models

from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER, PrivateText
from ..organization.wording import join_sentences

MAJOR_FIELDS = frozenset(
    {"is_major", "major_reason_id", "major_known_date", "major_marked_by_id", "major_note", "major_reported_date"}
)
# From the application to the end of the work.
LIVE = ("submitted", "supplement", "granted", "assigned", "in_progress")
# A case in which the peace of society is at stake goes there, with a proposal (C4).
AUTHORITIES = ("party_committee", "government")


class LegalAidCaseMajorMixin(models.AbstractModel):
    """Major and group cases are reported in time and escalated to the city (C4; 管理办法 §5(5)), and mediated first where possible.

    A case that reaches the size of a group case is marked by itself, so that no date depends on anyone's memory; lawyer and officer
    mark the others. The report of either meets the clock and tells the city's officers, by number only.
    """

    _name = "legal.aid.case.major.mixin"
    _description = "Major Case"

    is_major = fields.Boolean(string="Major Case", readonly=True, copy=False, index=True)
    major_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason", string="Major Because", readonly=True, copy=False, ondelete="restrict"
    )
    major_known_date = fields.Date(string="Known Since", readonly=True, copy=False)
    major_marked_by_id = fields.Many2one(
        comodel_name="res.users", string="Marked By", readonly=True, copy=False, ondelete="restrict"
    )
    major_note = PrivateText(string="Why It Is a Major Case", readonly=True, groups=OFFICER)
    major_reported_date = fields.Date(string="Reported On", readonly=True, copy=False)
    major_report_ids = fields.One2many(
        comodel_name="legal.aid.major.report", inverse_name="case_id", string="Reports", readonly=True, copy=False
    )
    mediation_ids = fields.One2many(
        comodel_name="legal.aid.mediation", inverse_name="case_id", string="Mediation Attempts", copy=False
    )
    major_hint = fields.Char(compute="_compute_major_hint", groups=OFFICER)

    # Compute

    @api.depends(
        "is_major", "major_reported_date", "major_reason_id", "major_report_ids", "mediation_ids", "state", "party_ids"
    )
    @api.depends_context("lang")
    def _compute_major_hint(self):
        """What is still open in a major case, in one line."""
        for case in self:
            sentences = case.sudo()._get_major_gaps() if case.is_major and case.state in LIVE else []
            case.major_hint = join_sentences(self.env, sentences) or False

    # CRUD

    def write(self, vals):
        result = super().write(vals)
        if {"state", "headcount"} & vals.keys():
            self._mark_group_cases()
        return result

    # Actions

    def action_mark_major(self, reason_code=None, note="", date=None):
        """Mark a case as major on a coded ground; the clock of the report runs from the day it was known (C4).

        :param date: the day on which it became known, today by default
        """
        if not reason_code:
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_mark_major", "major", self.env._("Mark as Major Case")
            )
        reason = self.env["legal.aid.reason"]._get_coded("major", reason_code)
        self._check_handler()
        self._check_state(*LIVE)
        date = fields.Date.to_date(date) or legal_today(self)
        self._raise_reasons(self._get_cannot_mark_major_reason(date))
        # A lawyer marks his own case without any right to edit it.
        for case_sudo in self.sudo():
            case_sudo._do_mark_major(reason, date, note)
        return True

    def action_report_major(
        self, addressee="city", text="", date=None, proposal="", addressee_name="", document_id=False
    ):
        """Record the report of a major case; returns it.

        :param addressee: "city" (with it the city's officers are told), "party_committee", "government" or "other"
        :param proposal: what is proposed; needed for Party committee and government
        """
        self.ensure_one()
        self._check_handler()
        if addressee != "city":
            self.check_access("write")
        # See action_mark_major.
        report_sudo = (
            self.env["legal.aid.major.report"]
            .sudo()
            .create(
                {
                    "case_id": self.id,
                    "addressee": addressee,
                    "addressee_name": addressee_name,
                    "date": date or legal_today(self),
                    "text": text,
                    "proposal": proposal,
                    "document_id": document_id,
                }
            )
        )
        return report_sudo.sudo(False)

    def action_open_major_report(self):
        """The page on which the officer records a report."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Report the Major Case"),
            "res_model": "legal.aid.major.report",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_case_id": self.id,
                "default_addressee": "city" if not self.major_reported_date else "party_committee",
            },
        }

    def action_unmark_major(self, note=""):
        """Take back a mark that was a mistake; the leader's decision, on record. A group case stays one."""
        if not (note or "").strip():
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_unmark_major", False, self.env._("No Major Case")
            )
        self._check_leader()
        self._raise_reasons(self._get_cannot_unmark_major_reason())
        for case in self:
            case._void_deadlines("major_report")
            case._workflow_write({**dict.fromkeys(MAJOR_FIELDS, False), "major_note": note})
            case._message_log(body=self.env._("Not a major case, by decision of the leader."))
        return True

    # Business

    def _mark_group_cases(self):
        """Mark what became a group case; called after every step and every change of the number."""
        found = self.sudo().filtered(lambda case: case.is_group and not case.is_major and case.state in LIVE)
        if found:
            reason = self.env["legal.aid.reason"].sudo()._get_coded("major", "group")
            for case_sudo in found:
                case_sudo._do_mark_major(reason, legal_today(self), "")

    def _do_mark_major(self, reason, date, note):
        self.ensure_one()
        known = min(filter(None, (self.major_known_date, date)))
        self._workflow_write(
            {
                "is_major": True,
                "major_reason_id": reason.id,
                "major_known_date": known,
                "major_marked_by_id": self.env.user.id,
                "major_note": note or self.major_note,
            }
        )
        if not self.major_reported_date:
            self._restart_deadline("major_report", known)
        self._message_log(body=self.env._("Major case: %(reason)s", reason=reason.name))

    def _restart_deadline(self, kind, date):
        self._void_deadlines(kind)
        # One clock of a kind runs at a time; the database would see the new one first.
        self.env["legal.aid.deadline"].flush_model(["state"])
        self._open_deadline(kind, date)

    def _on_major_reported(self, report):
        """The report to the city meets the clock, and the city's officers are told."""
        self.ensure_one()
        if report.addressee != "city":
            return
        if not self.major_reported_date:
            self._workflow_write({"major_reported_date": report.date})
            self._close_deadline("major_report", report.date)
        self._notify_offices(
            lambda env: env._("Major case %(case)s was reported", case=self.name),
            lambda env: env._(
                "Case %(case)s of %(union)s was reported as a major case: %(reason)s. Find it under Casework > Major Cases.",
                case=self.name,
                union=self.organization_id.name,
                reason=self.with_env(env).major_reason_id.name,
            ),
            unions=self.organization_id | self.organization_id._get_city(),
        )

    def _get_major_gaps(self):
        """Sentences: what a major case still lacks."""
        self.ensure_one()
        gaps = []
        if not self.major_reported_date:
            gaps.append(self.env._("Report the case to the city union."))
        reported = self.major_report_ids.mapped("addressee")
        if self.major_reason_id.code == "stability" and any(name not in reported for name in AUTHORITIES):
            gaps.append(self.env._("Report to the Party committee and to the government, with a proposal."))
        if not self.mediation_ids and self._find_committees():
            gaps.append(self.env._("The enterprise has a mediation committee: offer mediation first."))
        return gaps

    def _find_committees(self):
        """The mediation committees in force at the unions of the employer."""
        unions = self.employer_organization_id | self.respondent_organization_ids
        if not unions:
            return self.env["union.institution"]
        return self.env["union.institution"].search(
            [("organization_id", "parent_of", unions.ids), ("kind", "=", "committee"), ("is_in_force", "=", True)]
        )

    def _get_cannot_mark_major_reason(self, date):
        today = legal_today(self)
        return {
            case: date > today
            and self.env._(
                "Case %(case)s: it cannot have become known on %(date)s, which lies in the future.",
                case=case.name,
                date=fields.Date.to_string(date),
            )
            for case in self
        }

    def _get_cannot_unmark_major_reason(self):
        reasons = {}
        for case in self:
            reasons[case] = False
            if not case.is_major:
                reasons[case] = self.env._("Case %(case)s is not marked as a major case.", case=case.name)
            elif case.is_group:
                reasons[case] = self.env._(
                    "Case %(case)s helps %(count)s workers and is a major case by its size. Correct the list first.",
                    case=case.name,
                    count=case.headcount,
                )
            elif case.major_reported_date:
                reasons[case] = self.env._(
                    "Case %(case)s was reported already; what was reported stays on record.", case=case.name
                )
        return reasons
