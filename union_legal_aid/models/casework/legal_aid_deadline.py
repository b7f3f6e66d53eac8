from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import dispute
from ..organization.personal_fields import OFFICER


class LegalAidDeadline(models.Model):
    """A right that the worker lets lapse on purpose (I12): said by whom, when and why, so that its clock is no alarm any more.

    ==============  ====================================================  ===================
    Step            Who                                                   From → to
    ==============  ====================================================  ===================
    not pursue      the assigned lawyer; officer of the union in charge   open → dropped
    take up again   the same                                              dropped → open
    ==============  ====================================================  ===================

    The duties of the union itself have no such step: they are done, late or in time.
    """

    _inherit = "legal.aid.deadline"

    state = fields.Selection(selection_add=[("dropped", "Not Pursued")], ondelete={"dropped": "set default"})
    dropped_date = fields.Date(string="Not Pursued Since", readonly=True, copy=False)
    dropped_by_id = fields.Many2one(
        comodel_name="res.users", string="Said By", readonly=True, copy=False, ondelete="restrict"
    )
    dropped_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason", string="Not Pursued Because", readonly=True, copy=False, ondelete="restrict"
    )
    dropped_note = fields.Text(readonly=True, copy=False, groups=OFFICER)
    is_right = fields.Boolean(compute="_compute_is_right", help="A right of the worker, who may let it lapse.")

    # Compute

    @api.depends("kind", "res_model")
    def _compute_is_right(self):
        for deadline in self:
            clock = dispute.CLOCKS.get(deadline.kind)
            deadline.is_right = bool(
                clock and clock.binds in ("worker", "either") and deadline.res_model == "legal.aid.case"
            )

    # Actions

    def action_drop(self, reason_code=None, note=""):
        """Say that the right is not pursued, with the reason that the worker was asked for; the clock gives no alarm any more."""
        if not reason_code:
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_drop", "drop_right", self.env._("Not Pursued")
            )
        reason = self.env["legal.aid.reason"]._get_coded("drop_right", reason_code)
        self._check_may_drop("open")
        # Clocks are written by steps only, never by people (see legal.aid.deadline.mixin).
        self.sudo().write(
            {
                "state": "dropped",
                "dropped_date": self._get_legal_day(),
                "dropped_by_id": self.env.user.id,
                "dropped_reason_id": reason.id,
                "dropped_note": note,
            }
        )
        self._tell_case(lambda env, clock: env._("%(clock)s: not pursued. %(reason)s", clock=clock, reason=reason.name))
        return True

    def action_take_up(self):
        """The worker pursues the right after all: the clock runs as the facts say."""
        self._check_may_drop("dropped")
        for deadline_sudo in self.sudo():
            deadline_sudo.state = "open"
        self._tell_case(lambda env, clock: env._("%(clock)s: pursued after all.", clock=clock))
        self._get_cases().sudo()._reckon_dispute()
        return True

    # Business

    def _get_cases(self):
        return self.env["legal.aid.case"].browse(self.mapped("res_id"))

    def _check_may_drop(self, state):
        """The lawyer of the case or its office, on a clock of the worker's own rights that is in ``state``."""
        if any(deadline.res_model != "legal.aid.case" for deadline in self.sudo()):
            raise AccessError(self.env._("Only a right of the worker of a case can be left unpursued."))
        cases = self.sudo()._get_cases().sudo(False)
        cases._check_handler()
        labels = dict(self._get_kinds())
        for deadline_sudo in self.sudo():
            case_sudo = deadline_sudo._get_cases()
            names = {"clock": labels[deadline_sudo.kind], "case": case_sudo.name}
            if not deadline_sudo.is_right:
                raise UserError(
                    self.env._(
                        "%(clock)s of case %(case)s is a duty of the union or its lawyer, not a right of the worker. Do it, late if"
                        " need be.",
                        **names,
                    )
                )
            if deadline_sudo.state != state:
                raise UserError(
                    self.env._(
                        "%(clock)s of case %(case)s is in state “%(state)s” and stays as it is. Load the page again.",
                        state=dict(deadline_sudo._fields["state"]._description_selection(self.env))[
                            deadline_sudo.state
                        ],
                        **names,
                    )
                )

    def _tell_case(self, tell):
        """One line in the history of the case, without the note."""
        for deadline_sudo in self.sudo():
            labels = dict(deadline_sudo._get_kinds())
            deadline_sudo._get_cases()._message_log(body=tell(self.env, labels[deadline_sudo.kind]))
