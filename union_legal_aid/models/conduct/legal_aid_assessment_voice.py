import base64
import binascii
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..organization.legal_day import legal_today
from ..organization.wording import join_clauses

JUSTICE = "union_legal_aid.group_justice"
ENTERPRISE = "union_legal_aid.group_enterprise_portal"
LIAISON = "union_legal_aid.group_liaison"
OFFICER = "union_legal_aid.group_officer"
REMIND_BEFORE = timedelta(days=3)


class LegalAidAssessmentVoice(models.Model):
    """One of those who are heard before a lawyer is judged: contact-point union, enterprise, workers, justice bureau (T10;
    工作方案 §六 听取工会、企业和职工意见).

    Nobody has a right to write it: each gives his own opinion by ``action_give``, once or again, as long as the assessment
    is in preparation.

    ==========  ==========================================  =================================================
    Voice       its own                                     on its behalf, with evidence
    ==========  ==========================================  =================================================
    union       officer of that union                       officer of a union above it
    enterprise  liaison, officer or portal user of it       officer of a union above it; of one that the lawyer serves
    worker      the call-backs, computed                    the same, where nobody was called back
    justice     user of the city's justice bureau           nobody
    ==========  ==========================================  =================================================
    """

    _name = "legal.aid.assessment.voice"
    _description = "Opinion on a Lawyer"
    _order = "assessment_id, sequence, id"
    _rec_names_search = ["lawyer_name"]

    assessment_id = fields.Many2one(
        comodel_name="legal.aid.assessment", required=True, readonly=True, ondelete="cascade", index=True
    )
    volunteer_id = fields.Many2one(
        related="assessment_id.volunteer_id", string="Lawyer's Record", store=True, index="btree_not_null"
    )
    lawyer_name = fields.Char(related="volunteer_id.name", string="Lawyer", store=True)
    city_id = fields.Many2one(related="assessment_id.organization_id", string="City", store=True, index=True)
    year = fields.Integer(related="assessment_id.year", store=True, aggregator=False)
    period_start = fields.Date(related="assessment_id.period_start", string="Period From")
    period_end = fields.Date(related="assessment_id.period_end", string="Period Until")
    date_due = fields.Date(related="assessment_id.voice_due", string="Until", store=True)
    assessment_state = fields.Selection(related="assessment_id.state", string="Assessment Is", store=True)
    kind = fields.Selection(
        selection=[
            ("union", "Contact-point union"),
            ("enterprise", "Enterprise"),
            ("worker", "The workers"),
            ("justice", "Justice bureau"),
        ],
        required=True,
        readonly=True,
    )
    sequence = fields.Integer(compute="_compute_sequence", store=True)
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="Whose opinion it is; empty for an enterprise that is not a contact point.",
    )
    enterprise_name = fields.Char(string="Enterprise", readonly=True, help="Whom the opinion on behalf was heard from.")
    state = fields.Selection(
        selection=[("missing", "Missing"), ("given", "Given")],
        default="missing",
        required=True,
        readonly=True,
        index=True,
    )
    score = fields.Float(string="Points", digits=(5, 1), readonly=True, aggregator="avg", help="From 0 to 100.")
    note = fields.Text(string="Words", readonly=True)
    given_date = fields.Date(string="Given On", readonly=True)
    given_by_id = fields.Many2one(comodel_name="res.users", readonly=True, ondelete="restrict")
    is_late = fields.Boolean(string="Late", readonly=True)
    is_on_behalf = fields.Boolean(string="On Its Behalf", readonly=True)
    is_computed = fields.Boolean(string="From Call-backs", readonly=True)
    evidence_id = fields.Many2one(comodel_name="ir.attachment", readonly=True, ondelete="restrict")
    reminded_on = fields.Date(readonly=True)
    can_give = fields.Boolean(compute="_compute_can_give")
    needs_evidence = fields.Boolean(compute="_compute_can_give")

    _score_range = models.Constraint("CHECK(score BETWEEN 0 AND 100)", "Points go from 0 to 100. Correct them.")

    # Compute

    @api.depends("kind")
    def _compute_sequence(self):
        order = [kind for kind, _label in self._fields["kind"].selection]
        for voice in self:
            voice.sequence = order.index(voice.kind) if voice.kind else 0

    @api.depends("kind", "organization_id.name", "enterprise_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for voice in self:
            named = voice.kind in ("union", "enterprise") and (
                voice.sudo().organization_id.name or voice.enterprise_name
            )
            voice.display_name = (
                self.env._("%(kind)s %(name)s", kind=labels[voice.kind], name=named)
                if named
                else labels.get(voice.kind)
            )

    @api.depends("state", "assessment_id.state")
    @api.depends_context("uid")
    def _compute_can_give(self):
        for voice in self:
            standing = voice._get_standing() if voice.sudo().assessment_id.state == "draft" else False
            voice.can_give = bool(standing)
            voice.needs_evidence = standing == "behalf"

    # Actions

    def action_give(self, score=None, note="", evidence=None, evidence_name="", enterprise_name=""):
        """Give the opinion: points from 0 to 100 and words; opens a dialog when called without points.

        :param evidence: a file in Base64, needed where the opinion is given on behalf of somebody else
        :param enterprise_name: whom it was heard from, where the enterprise is no contact point
        """
        self.ensure_one()
        self.check_access("read")
        standing = self._check_standing()
        if score is None:
            return self._open_dialog()
        self._check_opinion(standing, score, note, evidence, enterprise_name)
        today = legal_today(self)
        # Nobody has a right to write opinions; this step writes the one that is the user's to give.
        voice_sudo = self.sudo()
        voice_sudo._keep_former()
        voice_sudo.write(
            {
                "state": "given",
                "score": score,
                "note": note.strip(),
                "given_date": today,
                "given_by_id": self.env.uid,
                "is_late": today > voice_sudo.date_due,
                "is_on_behalf": standing == "behalf",
                "is_computed": False,
                "enterprise_name": (enterprise_name or "").strip() or False,
                **({"evidence_id": voice_sudo._attach(evidence, evidence_name).id} if evidence else {}),
            }
        )
        voice_sudo._on_given()
        return True

    # Business

    def _get_standing(self):
        """How the user may give this opinion: ``own``, ``behalf``, or False."""
        self.ensure_one()
        user = self.env.user
        unions = user.access_organization_ids
        voice_sudo = self.sudo()  # whose opinion it is decides, whoever may read the union
        union, city = voice_sudo.organization_id, voice_sudo.city_id
        if self.kind == "justice":
            return "own" if user.has_group(JUSTICE) and city in unions else False
        is_officer = user.has_group(OFFICER)
        if self.kind == "worker":
            helps = is_officer and not self.is_computed
        else:
            own_groups = (OFFICER,) if self.kind == "union" else (LIAISON, ENTERPRISE)
            if union in unions and any(user.has_group(group) for group in own_groups):
                return "own"
            helps = is_officer
        above = any(city._is_at_or_below(own) for own in unions)
        return "behalf" if helps and (above or self._is_served(unions)) else False

    def _is_served(self, unions):
        """Whether whom it is about, or the lawyer where no union is named, belongs to one of ``unions``."""
        voice_sudo = self.sudo()
        points = voice_sudo.organization_id or voice_sudo.volunteer_id.contact_point_ids
        return any(point._is_at_or_below(own) for point in points for own in unions)

    def _check_standing(self):
        standing = self._get_standing()
        if not standing:
            raise AccessError(
                self.env._(
                    "The opinion of %(voice)s on %(lawyer)s is not yours to give. Ask them, or the city union.",
                    voice=self.display_name,
                    lawyer=self.lawyer_name,
                )
            )
        if self.sudo().assessment_id.state != "draft":
            raise UserError(
                self.env._(
                    "The assessment of %(lawyer)s is decided already; opinions no longer change.",
                    lawyer=self.lawyer_name,
                )
            )
        return standing

    def _check_opinion(self, standing, score, note, evidence, enterprise_name):
        values = {"voice": self.display_name, "lawyer": self.lawyer_name}
        if not 0 <= score <= 100:
            raise UserError(self.env._("%(voice)s on %(lawyer)s: points go from 0 to 100.", **values))
        if not (note or "").strip():
            raise UserError(self.env._("%(voice)s on %(lawyer)s: add a few words to the points.", **values))
        if standing == "behalf" and not evidence and not self.evidence_id:
            raise UserError(
                self.env._(
                    "%(voice)s on %(lawyer)s: you give it on behalf of somebody else. Attach what it rests on, for example a"
                    " photograph of the form.",
                    **values,
                )
            )
        if self.kind == "enterprise" and not self.organization_id and not (enterprise_name or "").strip():
            raise UserError(self.env._("%(voice)s on %(lawyer)s: name the enterprise that was heard.", **values))

    def _open_dialog(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Opinion on %(lawyer)s", lawyer=self.lawyer_name),
            "res_model": "legal.aid.assessment.opinion",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_voice_id": self.id},
        }

    def _attach(self, evidence, name):
        try:
            content = base64.b64decode(evidence, validate=True)
        except (binascii.Error, ValueError) as error:
            raise UserError(self.env._("The evidence is no file that could be read. Attach it again.")) from error
        return self.env["ir.attachment"].create(
            {
                "name": name or self.env._("Evidence"),
                "raw": content,
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _keep_former(self):
        """An opinion that is given again: what stood there before stays in the history of the assessment."""
        if self.state == "given":
            self.assessment_id._message_log(
                body=self.env._(
                    "The opinion of %(voice)s was given again; before, it was %(score)s points.",
                    voice=self.display_name,
                    score=f"{self.score:.1f}",
                )
            )

    def _on_given(self):
        record = self.assessment_id
        record._void_approval(self.env._("An opinion came in."))
        if record.computed_date:
            record._weigh()

    def _record_call_backs(self, score, day):
        """The workers' voice from the call-backs; replaces what was entered on their behalf."""
        self.write(
            {
                "state": "given",
                "score": score,
                "given_date": day,
                "given_by_id": False,
                "is_on_behalf": False,
                "is_computed": True,
                "note": False,
            }
        )

    # Mail & cron

    @api.model
    def _remind_missing(self):
        """Ask once for each opinion that is still missing three days before its last day (T10)."""
        today = legal_today(self)
        missing = self.search(
            [
                ("state", "=", "missing"),
                ("kind", "!=", "worker"),
                ("assessment_state", "=", "draft"),
                ("reminded_on", "=", False),
                ("date_due", "<=", today + REMIND_BEFORE),
            ]
        ).try_lock_for_update()
        by_user = defaultdict(self.browse)
        for voice in missing:
            for user in voice._get_speakers():
                by_user[user] |= voice
        for user, voices in by_user.items():
            voices._remind(user)
        missing.write({"reminded_on": today})

    def _get_speakers(self):
        """Who is asked for this opinion."""
        self.ensure_one()
        if self.kind == "justice":
            return self.assessment_id._get_bureau_users()
        union = self.organization_id or self.city_id
        if self.kind == "enterprise":
            liaisons = union.user_ids.filtered(
                lambda user: user.active and (user.has_group(LIAISON) or user.has_group(ENTERPRISE))
            )
            if self.organization_id and liaisons:
                return liaisons
        return self.env["legal.aid.deadline"]._get_office_users(union)[union]

    def _remind(self, user):
        self.env["legal.aid.notification"]._tell(
            user,
            lambda env: env._("Opinions that are still missing: %(count)s", count=len(self)),
            lambda env: self.with_env(env)._tell_where(user),
        )

    def _tell_where(self, user):
        """Where ``user`` gives what is missing: in the office, or on the pages of his enterprise union."""
        missing = join_clauses(self.env, self._list_missing())
        if user.has_group(ENTERPRISE):
            return self.env._("Give them on your home page under “Opinions on lawyers”: %(list)s", list=missing)
        return self.env._("Give them under Conduct > Opinions: %(list)s", list=missing)

    def _list_missing(self):
        return [
            self.env._(
                "%(voice)s on %(lawyer)s, until %(date)s",
                voice=voice.display_name,
                lawyer=voice.lawyer_name,
                date=fields.Date.to_string(voice.date_due),
            )
            for voice in self
        ]
