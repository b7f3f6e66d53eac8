from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER
from .legal_aid_case_manner_mixin import VISIT_PLACES

# Where the people of a union sit to be asked.
PLACES_TO_ASK = ("station", "window")
# Who reads what a caller told: the officers, and the lawyer who took the call.
HANDLERS = f"{OFFICER},union_legal_aid.group_volunteer"


class LegalAidConsultationAnswerMixin(models.AbstractModel):
    """How a question came in, who answered it and when, and when somebody comes back to it (I1, I4)."""

    _name = "legal.aid.consultation.answer.mixin"
    _description = "Answer to a Question"
    _inherit = ["legal.aid.todo.mixin"]

    channel = fields.Selection(
        selection=[
            ("phone", "Telephone"),
            ("visit", "Visit"),
            ("station", "Work station"),
            ("door", "Door-to-door visit"),
            ("online", "Online"),
            ("letter", "Letter"),
            ("other", "Other"),
        ],
        default="phone",
        required=True,
    )
    institution_id = fields.Many2one(
        comodel_name="union.institution",
        string="Station or Window",
        compute="_compute_institution_id",
        store=True,
        readonly=False,
        ondelete="restrict",
        index="btree_not_null",
        domain=[("kind", "in", PLACES_TO_ASK)],
        help="Where the caller asked.",
    )
    visit_place_kind = fields.Selection(
        selection=VISIT_PLACES, string="Visited At", help="Where the door-to-door visit was."
    )
    question = fields.Text(groups=HANDLERS)
    answer = fields.Text(groups=HANDLERS, help="Leave it empty for a question that has to be answered later.")
    is_answered = fields.Boolean(
        string="Answered", compute="_compute_is_answered", store=True, compute_sudo=True, index=True
    )
    answered_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    answered_date = fields.Date(string="Answered On", readonly=True, copy=False)
    follow_up_date = fields.Date(
        string="Follow Up On", copy=False, index="btree_not_null", help="Somebody comes back to the caller that day."
    )
    follow_up_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Follow-up By",
        copy=False,
        ondelete="restrict",
        domain=[("share", "=", False)],
        help="Whose to-do it becomes; whoever sets the day, if nobody is named.",
    )

    # Compute

    @api.depends("channel")
    def _compute_institution_id(self):
        for consultation in self:
            consultation.institution_id = consultation.channel == "station" and consultation.institution_id

    @api.depends("answer")
    def _compute_is_answered(self):
        for consultation in self:
            consultation.is_answered = bool((consultation.answer or "").strip())

    # Constraints

    @api.constrains("institution_id")
    def _check_institution(self):
        for consultation in self.filtered("institution_id"):
            if consultation.institution_id.kind not in PLACES_TO_ASK:
                raise ValidationError(
                    self.env._(
                        "%(consultation)s: nobody asks at %(institution)s. Choose a station or a reception window.",
                        consultation=consultation.display_name,
                        institution=consultation.institution_id.name,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        consultations = super().create(vals_list)
        for consultation in consultations:
            # What an officer writes down of a lawyer's call was answered by the lawyer.
            consultation._note_answer(consultation.sudo().volunteer_id.user_id)
        consultations.filtered("follow_up_date")._plan_follow_up()
        return consultations

    def write(self, vals):
        result = super().write(vals)
        if "answer" in vals:
            self._note_answer()
        if vals.keys() & {"follow_up_date", "follow_up_user_id"}:
            self._plan_follow_up()
        return result

    # Actions

    def action_follow_up_done(self, note=""):
        """Somebody came back to the caller; the to-do is done.

        :param note: what came of it, added to the answer
        """
        self.check_access("write")
        self._raise_reasons(
            {
                consultation: not consultation.follow_up_date
                and self.env._("Consultation %(number)s waits for no follow-up.", number=consultation.name)
                for consultation in self
            }
        )
        for consultation in self:
            if (note or "").strip():
                consultation.answer = "\n".join(filter(None, (consultation.answer, note.strip())))
            consultation._get_follow_up_to_do().action_feedback()
            consultation.follow_up_date = False
        return True

    # Business

    def _note_answer(self, user=None):
        """The first answer is whose who wrote it, or ``user``'s; one that is taken away again is nobody's."""
        for consultation_sudo in self.sudo():
            if consultation_sudo.is_answered and not consultation_sudo.answered_by_id:
                vals = {"answered_by_id": (user or self.env.user).id, "answered_date": legal_today(self)}
            elif not consultation_sudo.is_answered and consultation_sudo.answered_by_id:
                vals = {"answered_by_id": False, "answered_date": False}
            else:
                continue
            consultation_sudo._workflow_write(vals)

    def _plan_follow_up(self):
        """One to-do on the day, for whoever comes back to the caller; a lawyer's own stands on his page."""
        for consultation in self:
            # To-dos belong to whom they were given; whoever changes the day moves them.
            to_do_sudo = consultation.sudo()._get_follow_up_to_do()
            user = consultation.follow_up_user_id or self.env.user
            if not consultation.follow_up_date or user.share:
                to_do_sudo.unlink()
            elif to_do_sudo:
                to_do_sudo.write({"date_deadline": consultation.follow_up_date, "user_id": user.id})
            else:
                consultation._check_may_follow_up(user)
                consultation.activity_schedule(
                    "union_legal_aid.mail_activity_type_follow_up",
                    date_deadline=consultation.follow_up_date,
                    user_id=user.id,
                )

    def _check_may_follow_up(self, user):
        """Who cannot open the consultation cannot come back to it."""
        self.ensure_one()
        if not self.with_user(user)._filtered_access("read"):
            raise UserError(
                self.env._(
                    "%(user)s may not open consultation %(number)s. Choose somebody of the unions concerned.",
                    user=user.name,
                    number=self.name,
                )
            )

    def _get_follow_up_to_do(self):
        follow_up = self.env.ref("union_legal_aid.mail_activity_type_follow_up")
        return self.activity_ids.filtered(lambda activity: activity.activity_type_id == follow_up)
