from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..organization.legal_day import legal_today
from ..organization.wording import join_names

EFFECT_FIELDS = frozenset(
    {
        "answer",
        "answer_date",
        "follow_up",
        "follow_up_date",
        "follow_up_by_id",
        "follow_up_note",
        "follow_up_told_on",
        "void_note",
        "void_date",
        "voided_by_id",
    }
)


class LegalAidAssessmentEffectMixin(models.AbstractModel):
    """What follows from an assessment that both bodies signed (T10, 工作方案 §六).

    The lawyer reads it and may answer; the city looks whether he improved, ends the contract early, or declares the assessment void
    because it was wrong.
    """

    _name = "legal.aid.assessment.effect.mixin"
    _description = "Effects of an Assessment"
    _inherit = ["legal.aid.assessment.signature.mixin"]

    answer = fields.Text(string="The Lawyer's Answer", readonly=True, copy=False)
    answer_date = fields.Date(string="Answered On", readonly=True, copy=False)
    follow_up = fields.Selection(
        selection=[("open", "To look at"), ("improved", "Improved"), ("not_improved", "Not improved")],
        string="What Became of It",
        readonly=True,
        copy=False,
        help="Whether the improvement that was asked for was seen.",
    )
    follow_up_date = fields.Date(string="Looked At On", readonly=True, copy=False)
    follow_up_by_id = fields.Many2one(
        comodel_name="res.users", string="Looked At By", readonly=True, copy=False, ondelete="restrict"
    )
    follow_up_note = fields.Text(string="What Was Seen", readonly=True, copy=False)
    follow_up_told_on = fields.Date(readonly=True, copy=False)
    void_note = fields.Text(string="Void Because", readonly=True, copy=False)
    void_date = fields.Date(string="Declared Void On", readonly=True, copy=False)
    voided_by_id = fields.Many2one(
        comodel_name="res.users", string="Declared Void By", readonly=True, copy=False, ondelete="restrict"
    )
    can_void = fields.Boolean(compute="_compute_can_void")
    can_end_contract = fields.Boolean(compute="_compute_can_end_contract")
    can_answer = fields.Boolean(compute="_compute_can_answer")

    # Compute

    @api.depends("state", "organization_id")
    @api.depends_context("uid")
    def _compute_can_void(self):
        # Who decides for a union is the same for everybody who reads the assessment, also where he cannot read the union.
        managers = {city: self._get_city_deciders(city) for city in self.sudo().organization_id}
        for record in self:
            record.can_void = record.state == "signed" and self.env.user in managers.get(
                record.sudo().organization_id, self.env["res.users"]
            )

    @api.depends("state", "outcome", "contract_id.state")
    @api.depends_context("uid")
    def _compute_can_end_contract(self):
        for record in self:
            record.can_end_contract = (
                record.is_own
                and record.state == "signed"
                and record.outcome == "end"
                and record.contract_id.state == "active"
            )

    @api.depends("state", "answer_date", "answer_due")
    @api.depends_context("uid")
    def _compute_can_answer(self):
        today = legal_today(self)
        # The lawyer's file is closed to him; only whether it is his is asked.
        for record in self:
            record.can_answer = (
                record.state == "signed"
                and not record.answer_date
                and bool(record.answer_due)
                and today <= record.answer_due
                and record.sudo().volunteer_id.user_id == self.env.user
            )

    # Actions

    def action_answer(self, note=""):
        """The lawyer answers his assessment, once and in time; the answer is kept beside it and changes nothing in it.

        :raises UserError: after the last day, or when he answered already
        """
        self.check_access("read")
        self._raise_reasons(self._get_cannot_answer_reason(note))
        # A lawyer has no right to write; this step writes only his own answer.
        self.sudo()._workflow_write({"answer": note.strip(), "answer_date": legal_today(self)})
        for record_sudo in self.sudo():
            record_sudo._tell_users(
                record_sudo.approval_request_id.requested_by_id,
                lambda env, record=record_sudo: env._("%(record)s was answered", record=record.display_name),
                lambda env: env._("The lawyer answered. The answer stands on the page of the assessment."),
            )
        return True

    def action_end_contract(self, date=None):
        """End the contract early as both bodies signed it, through the contract's own gate (办法 §4, 工作方案 §六)."""
        self.check_access("write")
        for record in self:
            if not record.can_end_contract:
                raise UserError(
                    self.env._(
                        "%(record)s does not end a contract: it takes an assessment signed by both bodies with the outcome"
                        " “end early”, and a contract that is in force.",
                        record=record.display_name,
                    )
                )
            record.contract_id.action_terminate(
                reason_code=record.end_reason_id.code,
                note=self.env._("By %(record)s, signed by both bodies.", record=record.display_name),
                date=date,
            )
        return True

    def action_improved(self, note=""):
        """Note that what was asked for has improved; opens a dialog when called without saying what was seen."""
        return self._record_follow_up("improved", "action_improved", note, self.env._("Improved"))

    def action_not_improved(self, note=""):
        """Note that it has not improved; the next assessment takes it into account."""
        return self._record_follow_up("not_improved", "action_not_improved", note, self.env._("Not Improved"))

    def action_void(self, note=""):
        """Declare a signed assessment void, because it was wrong; opens a dialog when called without a reason.

        :raises UserError: while a contract was renewed by it
        """
        self.check_access("read")
        self._check_state("signed")
        strangers = self.filtered(lambda record: not record.can_void)
        if strangers:
            raise AccessError(
                self.env._(
                    "%(records)s: only the managers of the city union declare a signed assessment void.",
                    records=join_names(self.env, strangers.mapped("display_name")),
                )
            )
        self._check_nothing_rests_on_it()
        if not (note or "").strip():
            return self.env["legal.aid.reason.dialog"]._open(self, "action_void", False, self.env._("Declare Void"))
        self._transition(
            "void",
            {"void_note": note, "void_date": legal_today(self), "voided_by_id": self.env.uid, "follow_up": False},
        )
        # The next assessment of the contract is inserted at once, and the database allows one that is not void.
        self.flush_recordset(["state"])
        return True

    # Business

    def _check_nothing_rests_on_it(self):
        renewals = (
            self.env["legal.aid.contract"]
            .sudo()
            .search([("renewal_of_id", "in", self.contract_id.ids), ("state", "!=", "cancelled")])
        )
        if renewals:
            raise UserError(
                self.env._(
                    "These contracts were renewed by the assessment: %(contracts)s. Cancel or end them first.",
                    contracts=join_names(self.env, renewals.mapped("display_name")),
                )
            )

    def _get_cannot_answer_reason(self, note):
        today = legal_today(self)
        reasons = {}
        for record in self:
            values = {"record": record.display_name}
            reasons[record] = False
            if record.sudo().volunteer_id.user_id != self.env.user:
                raise AccessError(self.env._("%(record)s is answered by the lawyer whom it is about.", **values))
            if record.state != "signed":
                reasons[record] = self.env._("%(record)s is not signed by both bodies yet.", **values)
            elif record.answer_date:
                reasons[record] = self.env._("Your answer to %(record)s is on record already.", **values)
            elif today > record.answer_due:
                reasons[record] = self.env._(
                    "%(record)s could be answered until %(date)s. Tell the city union what you want to say.",
                    date=fields.Date.to_string(record.answer_due),
                    **values,
                )
            elif not (note or "").strip():
                reasons[record] = self.env._("Write your answer before you send it.")
        return reasons

    def _record_follow_up(self, result, method, note, title):
        self.check_access("write")
        closed = self.filtered(lambda record: record.state != "signed" or record.follow_up != "open")
        if closed:
            raise UserError(
                self.env._(
                    "Nothing is to be looked at any more: %(records)s.",
                    records=join_names(self.env, closed.mapped("display_name")),
                )
            )
        if not (note or "").strip():
            return self.env["legal.aid.reason.dialog"]._open(self, method, False, title)
        self._workflow_write(
            {
                "follow_up": result,
                "follow_up_date": legal_today(self),
                "follow_up_by_id": self.env.uid,
                "follow_up_note": note,
            }
        )
        return True

    @api.model
    def _get_city_deciders(self, city):
        managers = self.env["legal.aid.approval.rule"]._get_managers(city)
        return managers.union(*self.env["legal.aid.stand.in"]._get_substitutes(managers))

    # Mail & cron

    @api.model
    def _cron_remind(self):
        """Each once: opinions that are missing, and improvements whose day is over (T10)."""
        self.env["legal.aid.assessment.voice"]._remind_missing()
        today = legal_today(self)
        due = self.search(
            [("follow_up", "=", "open"), ("follow_up_told_on", "=", False), ("improve_until", "<", today)]
        ).try_lock_for_update()
        for record in due:
            record._tell_users(
                self.env["legal.aid.deadline"]._get_office_users(record.organization_id)[record.organization_id],
                lambda env, record=record: env._("%(record)s: look whether it improved", record=record.display_name),
                lambda env: env._("The day until which the lawyer was to improve is over. Note what became of it."),
            )
        due._workflow_write({"follow_up_told_on": today})
