from odoo import fields, models

from ...tools import clocks
from ...tools.i18n import Sentence
from .legal_aid_deadline import dump_step
from .legal_day import legal_today

HANDED_IN_FIELDS = frozenset(
    {"state", "submitted_date", "submitted_by_id", "is_late", "accepted_date", "accepted_by_id", "return_note"}
)


class LegalAidHandedInMixin(models.AbstractModel):
    """A report that is handed in by a day, then accepted or returned for completion (V1, V2).

    ============  ==================  ==================================================================
    State         becomes             by
    ============  ==================  ==================================================================
    draft         submitted           the model's own ``action_submit``, which ends in ``_hand_in``
    submitted     accepted, draft     ``action_accept``, ``action_return`` with a note
    ============  ==================  ==================================================================

    The last day is in time. A report that was returned keeps the day on which it was handed in first. The model names the clock in
    ``_hand_in_clock``, the last day in ``_get_last_day``, and how the clock starts again in ``_restart_clock``.
    """

    _name = "legal.aid.handed.in.mixin"
    _description = "Report Handed In by a Day"
    _inherit = ["legal.aid.deadline.mixin", "legal.aid.workflow.mixin"]

    _hand_in_clock = None
    _workflow_transitions = {"draft": ("submitted",), "submitted": ("accepted", "draft")}
    _workflow_fields = HANDED_IN_FIELDS

    state = fields.Selection(
        selection=[("draft", "Not Handed In"), ("submitted", "Handed In"), ("accepted", "Accepted")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    submitted_date = fields.Date(
        string="Handed In On",
        readonly=True,
        copy=False,
        help="Of the first time; what was returned for completion keeps its day.",
    )
    submitted_by_id = fields.Many2one(
        comodel_name="res.users", string="Handed In By", readonly=True, copy=False, ondelete="restrict"
    )
    is_late = fields.Boolean(string="Late", readonly=True, copy=False)
    accepted_date = fields.Date(string="Date of Acceptance", readonly=True, copy=False)
    accepted_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    return_note = fields.Text(string="Returned Because", readonly=True, copy=False)

    # Actions

    def action_accept(self):
        """Accept what was handed in."""
        self._check_receiver()
        self._transition("accepted", {"accepted_date": legal_today(self), "accepted_by_id": self.env.uid})
        return True

    def action_return(self, note=""):
        """Give it back for completion, with what is missing; opens a dialog when called without a note."""
        self._check_receiver()
        self._check_state("submitted")
        if not note.strip():
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_return", False, self.env._("Return for Completion")
            )
        self._transition("draft", {"return_note": note})
        self._restart_clock()
        return True

    # Business

    def _hand_in(self, day):
        """Record that these came on ``day``, as part of a step that was checked."""
        for record in self:
            first_day = record.submitted_date or day
            record._transition(
                "submitted",
                {
                    "submitted_date": first_day,
                    "submitted_by_id": self.env.uid,
                    "is_late": first_day > record._get_last_day(),
                },
            )
        self._close_deadline(self._hand_in_clock, day)

    def _check_receiver(self):
        """Refuse, unless the user may accept or return these."""
        self.check_access("write")

    def _get_last_day(self):
        raise NotImplementedError

    def _restart_clock(self):
        raise NotImplementedError

    def _prepare_deadline(self, kind, trigger, limit):
        # The day is fixed by the calendar, not counted from a trigger.
        return {
            **super()._prepare_deadline(kind, trigger, limit),
            "steps": [dump_step(Sentence(clocks.FIXED, {"date": limit.date}))],
        }
