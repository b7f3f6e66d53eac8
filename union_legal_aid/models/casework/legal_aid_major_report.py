from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER
from .legal_aid_case_major_mixin import AUTHORITIES


class LegalAidMajorReport(models.Model):
    """One report of a major case (C4; 管理办法 §5(5)): to whom, when, what, and what is proposed. It stays as it was made.

    The report to the city meets the clock of the case. What concerns the peace of society goes to Party committee and government,
    with a proposal. The texts are for the officers of the union in charge and of those above it.
    """

    _name = "legal.aid.major.report"
    _description = "Report of a Major Case"
    _inherit = ["legal.aid.case.leaf.mixin", "legal.aid.link.mixin", "legal.aid.logged.mixin"]
    _order = "date desc, id desc"
    _rec_names_search = ["case_id"]
    _checked_links = ("case_id",)
    _access_log_fields = frozenset({"text", "proposal"})

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, ondelete="restrict", index=True)
    organization_id = fields.Many2one(related="case_id.organization_id", store=True, index=True)
    addressee = fields.Selection(
        selection=[
            ("city", "City union"),
            ("party_committee", "Party committee"),
            ("government", "Government"),
            ("other", "Another office"),
        ],
        string="Reported To",
        required=True,
        default="city",
    )
    addressee_name = fields.Char(string="Office", help="The office as it is written on the report.")
    date = fields.Date(string="Reported On", required=True, default=legal_today)
    entered_date = fields.Date(string="Entered On", readonly=True, copy=False)
    reported_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    text = fields.Text(string="Report", groups=OFFICER)
    proposal = fields.Text(groups=OFFICER)
    document_id = fields.Many2one(
        comodel_name="legal.aid.case.document",
        string="Written Report",
        domain="[('case_id', '=', case_id)]",
        ondelete="restrict",
        index="btree_not_null",
        groups=OFFICER,
    )

    # Compute

    @api.depends("case_id.name", "addressee")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["addressee"]._description_selection(self.env))
        for report in self:
            report.display_name = f"{report.case_id.name or ''} {labels.get(report.addressee, '')}".strip()

    # Constraints

    @api.constrains("case_id", "date", "addressee", "text", "proposal", "document_id")
    def _check_report(self):
        today = legal_today(self)
        for report in self.sudo():  # what is missing is told, nothing else
            case = report.case_id
            names = {"case": case.name, "known": fields.Date.to_string(case.major_known_date)}
            if not case.is_major:
                raise ValidationError(
                    self.env._("Case %(case)s is not marked as a major case. Mark it first.", **names)
                )
            if not case.major_known_date <= report.date <= today:
                raise ValidationError(
                    self.env._(
                        "Case %(case)s is known as a major case since %(known)s: the report lies before that day or in the"
                        " future. Correct its day.",
                        **names,
                    )
                )
            if not (report.text or "").strip() and not report.document_id:
                raise ValidationError(
                    self.env._("Write what is reported of case %(case)s, or choose the written report.", **names)
                )
            if report.addressee in AUTHORITIES and not (report.proposal or "").strip():
                raise ValidationError(
                    self.env._(
                        "Party committee and government are told with a proposal. Write what is proposed for case %(case)s.",
                        **names,
                    )
                )
            if report.document_id and report.document_id.case_id != case:
                raise ValidationError(self.env._("The written report belongs to another case than %(case)s.", **names))

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        today = legal_today(self)
        noted = {"entered_date": today, "reported_by_id": self.env.user.id}
        reports = super().create([{**vals, **noted} for vals in vals_list])
        for report in reports:
            # The clock and the notice are the case's own.
            report.case_id.sudo()._on_major_reported(report)
        return reports

    def write(self, vals):  # pylint: disable=method-required-super
        raise AccessError(self.env._("A report stays as it was made. Record another one that corrects it."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise AccessError(self.env._("A report stays on record. It cannot be deleted."))

    # Business

    def _note_access(self, kind, field_names=(), reason=None):
        """Whoever reads a report opens the file of its case."""
        return self.case_id._note_access(kind, field_names, reason)
