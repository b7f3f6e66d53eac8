from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import deadlines
from ..organization.legal_day import legal_today
from ..organization.wording import join_names

JUSTICE = "union_legal_aid.group_justice"
SIGNATURE_FIELDS = frozenset(
    {
        "city_signed_date",
        "city_signed_by_id",
        "justice_signed_date",
        "justice_signed_by_id",
        "justice_note",
        "refusal_note",
        "refusal_date",
        "refused_by_id",
        "signed_date",
        "answer_due",
    }
)


class LegalAidAssessmentSignatureMixin(models.AbstractModel):
    """Both bodies sign, the city first, then the justice bureau; only then the assessment takes effect (T10, 工作方案 §六).

    The bureau has no right to write: its signature and its refusal are steps of its own. A refusal gives the assessment back
    to the city, which decides anew.
    """

    _name = "legal.aid.assessment.signature.mixin"
    _description = "Signatures of an Assessment"
    _inherit = ["legal.aid.approval.mixin"]

    state = fields.Selection(
        selection=[
            ("draft", "In Preparation"),
            ("cosign", "At the Justice Bureau"),
            ("signed", "Signed by Both"),
            ("void", "Void"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    city_signed_date = fields.Date(string="Signed by the City On", readonly=True, copy=False)
    city_signed_by_id = fields.Many2one(
        comodel_name="res.users", string="Signed for the City By", readonly=True, copy=False, ondelete="restrict"
    )
    justice_signed_date = fields.Date(string="Signed by the Bureau On", readonly=True, copy=False)
    justice_signed_by_id = fields.Many2one(
        comodel_name="res.users", string="Signed for the Bureau By", readonly=True, copy=False, ondelete="restrict"
    )
    justice_note = fields.Text(string="Words of the Justice Bureau", readonly=True, copy=False)
    refusal_note = fields.Text(string="Not Signed by the Bureau Because", readonly=True, copy=False)
    refusal_date = fields.Date(string="Refused On", readonly=True, copy=False)
    refused_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    signed_date = fields.Date(
        string="Effective Since",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The day of the second signature.",
    )
    answer_due = fields.Date(string="Answer Until", readonly=True, copy=False)
    can_cosign = fields.Boolean(compute="_compute_can_cosign")

    # Compute

    @api.depends("state", "organization_id")
    @api.depends_context("uid")
    def _compute_can_cosign(self):
        for record in self:
            record.can_cosign = record.state == "cosign" and not record._get_not_bureau_reason()

    # Actions

    def action_cosign(self, note=""):
        """Sign as the justice bureau of the city, after the city; with both signatures the assessment takes effect.

        :param note: the bureau's words, if any
        :raises AccessError: for anybody else, also of another bureau
        """
        self._check_bureau()
        self._check_state("cosign")
        self._check_other_signer()
        # The bureau has no right to write; this step is its own.
        self.sudo()._do_cosign(legal_today(self), note, {"justice_signed_by_id": self.env.uid})
        return True

    def action_refuse_cosign(self, note=""):
        """Give it back to the city unsigned, with the reason; opens a dialog when called without."""
        self._check_bureau()
        self._check_state("cosign")
        if not (note or "").strip():
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_refuse_cosign", False, self.env._("Not Signed Because")
            )
        for record_sudo in self.sudo():
            signer = record_sudo.city_signed_by_id
            record_sudo._transition(
                "draft",
                {
                    "approval_state": "none",
                    "city_signed_date": False,
                    "city_signed_by_id": False,
                    "refusal_note": note,
                    "refusal_date": legal_today(self),
                    "refused_by_id": self.env.uid,
                },
            )
            record_sudo._tell_users(
                signer | record_sudo.approval_request_id.requested_by_id,
                lambda env, record=record_sudo: env._("%(record)s was not signed", record=record.display_name),
                lambda env: env._(
                    "The justice bureau did not sign it. Read why, decide anew, and ask for approval again."
                ),
            )
        return True

    # Business

    def _do_cosign(self, day, note, signature):
        """The second signature, given on ``day``: the assessment is effective, and whom it concerns is told today."""
        for record in self:
            record._transition(
                "signed",
                {
                    **signature,
                    "justice_signed_date": day,
                    "justice_note": (note or "").strip() or False,
                    "signed_date": day,
                    "answer_due": record._get_answer_due(legal_today(record)),
                    "follow_up": "open" if record.outcome == "improve" else False,
                },
            )
            record._tell_signed()

    def _get_cannot_request_approval_reason(self):
        reasons = super()._get_cannot_request_approval_reason()
        deciding = self._get_cannot_decide_reason()
        return {record: reasons[record] or deciding[record] for record in self}

    def _get_cannot_decide_reason(self):
        """``{assessment: reason or False}``: what stands against signing; asked again when the city's last approver signs."""
        writable = self._filtered_access("write")
        return {
            record: record._get_incomplete_reason()
            if record in writable
            else self.env._(
                "%(record)s is a matter of %(city)s.", record=record.display_name, city=record.organization_id.name
            )
            for record in self
        }

    def _get_incomplete_reason(self):
        self.ensure_one()
        today = legal_today(self)
        values = {"record": self.display_name}
        if not self.computed_date:
            return self.env._("%(record)s: the facts are not computed yet. Compute them first.", **values)
        if self.facts_until < min(self.period_end, today) and self.period_end <= today:
            return self.env._(
                "%(record)s: the period has ended since the facts were computed. Compute them once more.", **values
            )
        return self._get_missing_voice_reason(today) or self._get_outcome_reason()

    def _get_missing_voice_reason(self, today):
        record_sudo = self.sudo()  # whether an opinion is missing counts, whoever may read it
        if not record_sudo.has_missing_voice:
            return False
        values = {"record": self.display_name, "voices": self.missing_voices}
        if record_sudo.policy_id.assessment_missing_voice == "required":
            return self.env._(
                "%(record)s: by the policy nothing is decided without these opinions: %(voices)s.", **values
            )
        if self.voice_due >= today:
            return self.env._(
                "%(record)s: these opinions may still come until %(date)s: %(voices)s. Ask for them, or wait until that day"
                " is over.",
                date=fields.Date.to_string(self.voice_due),
                **values,
            )
        return False

    def _get_outcome_reason(self):
        values = {"record": self.display_name}
        if not self.outcome:
            return self.env._("%(record)s has no outcome. Choose renew, improve or end early.", **values)
        if self.outcome != self.proposed_outcome and not (self.outcome_reason or "").strip():
            return self.env._(
                "%(record)s: the points speak for another outcome. Write down why the city decides otherwise.", **values
            )
        if self.outcome == "improve" and not ((self.improve_note or "").strip() and self.improve_until):
            return self.env._("%(record)s: say what is to improve, and until when.", **values)
        if self.outcome == "end" and not self.end_reason_id:
            return self.env._("%(record)s: choose the reason of the early end.", **values)
        return False

    def _on_approved(self):
        """The city's signature; the bureau's is asked for at once."""
        self._raise_reasons(self._get_cannot_decide_reason())
        for record in self:
            record._transition("cosign", {"city_signed_date": legal_today(record), "city_signed_by_id": self.env.uid})
            record._tell_users(
                record._get_bureau_users(),
                lambda env, record=record: env._("%(record)s waits for your signature", record=record.display_name),
                lambda env: env._(
                    "The city union has signed. Read it under Conduct > Assessments, and sign or give it back."
                ),
            )

    def _get_answer_due(self, day):
        self.ensure_one()
        calendar = self.env["legal.aid.calendar.day"]._get_calendar()
        return deadlines.due(day, self.policy_id.assessment_answer_days, "day", calendar)

    def _get_bureau_users(self):
        """The users of the city's justice bureau: bound to the city itself, not to a county and not to the province."""
        self.ensure_one()
        users_sudo = self.organization_id.sudo().user_ids
        return users_sudo.filtered(lambda user: user.active and user.has_group(JUSTICE))

    def _get_not_bureau_reason(self):
        """Why the user does not sign and speak for the justice bureau of this city, or False."""
        self.ensure_one()
        city = self.sudo().organization_id
        if self.env.user.has_group(JUSTICE) and city in self.env.user.access_organization_ids:
            return False
        return self.env._(
            "%(record)s: only a user of the justice bureau of %(city)s signs for the bureau.",
            record=self.display_name,
            city=city.name,
        )

    def _check_bureau(self):
        self.check_access("read")
        reasons = [record._get_not_bureau_reason() for record in self]
        if any(reasons):
            raise AccessError("\n".join(reason for reason in reasons if reason))

    def _check_other_signer(self):
        """Two bodies are two people, also where one holds both roles."""
        same = self.filtered(lambda record: record.sudo().city_signed_by_id == self.env.user)
        if same:
            raise UserError(
                self.env._(
                    "You signed for the city already: %(records)s. Somebody else signs for the justice bureau.",
                    records=join_names(self.env, same.mapped("display_name")),
                )
            )

    def _tell_signed(self):
        """The lawyer is told that his assessment can be read, the city that it is effective."""
        self.ensure_one()
        due = fields.Date.to_string(self.answer_due)
        self._tell_users(
            self.volunteer_id.user_id,
            lambda env: env._("Your assessment is signed"),
            lambda env: env._("Read it on your pages under Assessments. You may answer it until %(date)s.", date=due),
        )
        self._tell_users(
            self.approval_request_id.requested_by_id,
            lambda env: env._("%(record)s is signed by both bodies", record=self.display_name),
            lambda env: env._("It is effective from now on."),
        )

    def _tell_users(self, users, subject, body):
        """Tell ``users``, each in his language; ``subject`` and ``body`` are given the environment."""
        self.ensure_one()
        self.env["legal.aid.notification"]._tell(users.sudo().filtered("active"), subject, body, self)
