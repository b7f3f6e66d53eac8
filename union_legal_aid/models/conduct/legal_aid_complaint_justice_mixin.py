from odoo import api, fields, models
from odoo.exceptions import UserError

from ..organization.wording import join_names

JUSTICE_FIELDS = frozenset(
    {
        "referred_date",
        "refer_note",
        "justice_result_id",
        "justice_result_date",
        "justice_result_note",
        "justice_recorded_by_id",
        "justice_waiver_id",
        "justice_waiver_note",
    }
)


class LegalAidComplaintJusticeMixin(models.AbstractModel):
    """A complaint goes to the justice bureau, which alone may punish, and its result comes back (C11).

    Taking money or property must be referred. The bureau enters its result itself, without reading the complaint; or an
    officer of the city records it, with the bureau's letter among the papers.
    """

    _name = "legal.aid.complaint.justice.mixin"
    _description = "Referral of a Complaint to the Justice Bureau"

    referred_date = fields.Date(string="Referred to the Justice Bureau On", readonly=True, copy=False)
    refer_note = fields.Text(string="Referral", readonly=True, copy=False)
    justice_result_id = fields.Many2one(
        comodel_name="legal.aid.reason",
        string="Result of the Justice Bureau",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    justice_result_date = fields.Date(string="Result Received On", readonly=True, copy=False)
    justice_result_note = fields.Text(string="Paper of the Bureau", readonly=True, copy=False)
    justice_recorded_by_id = fields.Many2one(
        comodel_name="res.users", string="Result Recorded By", readonly=True, copy=False, ondelete="restrict"
    )
    justice_waiver_id = fields.Many2one(
        comodel_name="legal.aid.reason",
        string="Closed Without Result Because",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    justice_waiver_note = fields.Text(string="Note on the Missing Result", readonly=True, copy=False)
    is_sanctioned = fields.Boolean(
        compute="_compute_is_sanctioned",
        help="Punished or disciplined: record the decision, on which a removal may rest.",
    )
    must_refer = fields.Boolean(
        compute="_compute_must_refer",
        help="Who took money or property is a matter of the justice bureau (法律援助法 §20, §63).",
    )

    # Compute

    @api.depends("category", "state", "referred_date")
    def _compute_must_refer(self):
        for complaint in self:
            complaint.must_refer = (
                complaint.category == "property" and complaint.state != "void" and not complaint.referred_date
            )

    @api.depends("justice_result_id")
    def _compute_is_sanctioned(self):
        for complaint in self:
            complaint.is_sanctioned = complaint.justice_result_id.code == "sanction"

    # Actions

    def action_refer_to_justice(self, note="", date=None, paper=None, paper_name=""):
        """Hand the complaint to the justice bureau, which alone may punish (C11). It reads the facts, not who complained.

        :param note: what the bureau is told; the text of the complaint when left out
        :param paper: the letter to the bureau, encoded in Base64; it is kept among the papers
        """
        self._check_city()
        self._check_state("received", "investigating", "verified", "unfounded")
        again = self.filtered("referred_date")
        if again:
            raise UserError(
                self.env._(
                    "Referred already: %(complaints)s. Record the bureau's result.",
                    complaints=join_names(self.env, again.mapped("display_name")),
                )
            )
        day = self._get_day(date)
        for complaint in self:
            complaint._do_refer((note or "").strip(), day)
            if paper:
                complaint._note_step("papers", complaint.env._("Referral to the justice bureau"), paper, paper_name)
        return True

    def action_record_justice_result(self, reason_code=None, note="", date=None):
        """Record the bureau's result from its letter, which is among the papers; opens a dialog when called without.

        :param note: number and day of the bureau's paper
        """
        self._check_city()
        self._raise_reasons(self._get_cannot_record_result_reason())
        if not reason_code:
            return self._open_dialog(
                "action_record_justice_result", "justice_result", self.env._("Result of the Justice Bureau")
            )
        self._do_record_justice_result(reason_code, note, self._get_day(date))
        return True

    def action_record_sanction(self):
        """Record the decision that punished the lawyer; once it is final, the removal opens on it (T6)."""
        self.ensure_one()
        self._check_city()
        return self.volunteer_id.action_record_sanction()

    # Business

    def _do_refer(self, note, day):
        self.ensure_one()
        text = note or self.text
        self._check_names_nobody(text)
        self._do_acknowledge(day)
        self._workflow_write({"referred_date": day, "refer_note": note, "closed_date": False})
        self.env["legal.aid.complaint.extract"]._tell(self, "justice", text, day)

    def _get_cannot_record_result_reason(self):
        letters = self.env["legal.aid.complaint.step"].search(
            [("complaint_id", "in", self.ids), ("kind", "=", "justice")]
        )
        reasons = {}
        for complaint in self:
            reasons[complaint] = False
            if not complaint.referred_date:
                reasons[complaint] = self.env._(
                    "%(complaint)s was not referred to the justice bureau.", complaint=complaint.display_name
                )
            elif complaint.justice_result_id:
                reasons[complaint] = self.env._(
                    "%(complaint)s: the bureau's result is on record.", complaint=complaint.display_name
                )
            elif complaint not in letters.complaint_id:
                reasons[complaint] = self.env._(
                    "%(complaint)s: the bureau's letter is missing. Add it under “Inquiry” as “Letter of the justice"
                    " bureau”, or let the bureau enter its result itself.",
                    complaint=complaint.display_name,
                )
        return reasons

    def _do_record_justice_result(self, reason_code, note, day):
        reason = self.env["legal.aid.reason"]._get_coded("justice_result", reason_code)
        self._workflow_write(
            {
                "justice_result_id": reason.id,
                "justice_result_date": day,
                "justice_result_note": note,
                "justice_recorded_by_id": self.env.uid,
            }
        )
        self._get_extracts("justice")._answer(note, day, reason)
        for complaint in self:
            complaint._notify_city_office("justice")
        self._close_if_done()
