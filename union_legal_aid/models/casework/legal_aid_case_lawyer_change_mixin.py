from odoo import fields, models
from odoo.exceptions import AccessError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import AUDITOR, OFFICER
from ..organization.wording import join_clauses, join_names


class LegalAidCaseLawyerChangeMixin(models.AbstractModel):
    """Requests to change the lawyer, the hand-over, and leave for a substitute at one hearing (C6, 办法 §5(2))."""

    _name = "legal.aid.case.lawyer.change.mixin"
    _description = "Change of Lawyer of a Case"

    lawyer_change_ids = fields.One2many(
        comodel_name="legal.aid.lawyer.change",
        inverse_name="case_id",
        string="Changes of Lawyer",
        readonly=True,
        copy=False,
        groups=f"{OFFICER},{AUDITOR}",
    )
    substitute_leave_ids = fields.One2many(
        comodel_name="legal.aid.substitute.leave",
        inverse_name="case_id",
        string="Leaves for a Substitute",
        readonly=True,
        copy=False,
        groups=f"{OFFICER},{AUDITOR}",
    )

    # Actions

    def action_request_lawyer_change(self, reason_code=None, note="", requester="union", document_id=None, date=None):
        """Ask for another lawyer; opens a form when called without a reason. Returns the request.

        :param requester: ``recipient`` (with evidence), ``union``, or ``lawyer``; the lawyer himself asks for himself only
        :param document_id: record or id of the ``legal.aid.case.document`` that shows what the lawyer fails to do
        """
        self.ensure_one()
        if not reason_code:
            return self._open_lawyer_change_form()
        self._check_handler()
        reason = self.env["legal.aid.reason"]._get_coded("change_lawyer", reason_code)
        is_lawyer = self.sudo().volunteer_id.user_id == self.env.user
        document = document_id.id if isinstance(document_id, models.BaseModel) else document_id
        # Portal users have no right to create records; the lawyer asks for his own case, which was checked.
        changes_sudo = self.env["legal.aid.lawyer.change"].sudo()
        return changes_sudo.create(
            {
                "case_id": self.id,
                "requester": "lawyer" if is_lawyer else requester,
                "request_date": date or legal_today(self),
                "reason_id": reason.id,
                "note": note,
                "evidence_id": document,
            }
        ).sudo(False)

    def action_request_substitute(self, substitute_id, hearing_date, note="", date_end=None):
        """The lawyer asks leave that another member of the team stands in at one hearing. Returns the request.

        :param date_end: last day of a hearing that takes several
        """
        self.ensure_one()
        self._check_handler()
        # See action_request_lawyer_change.
        leaves_sudo = self.env["legal.aid.substitute.leave"].sudo()
        return leaves_sudo.create(
            {
                "case_id": self.id,
                "substitute_id": self._browse_volunteer(substitute_id).id,
                "hearing_date": hearing_date,
                "date_end": date_end,
                "note": note,
            }
        ).sudo(False)

    # Business

    def _get_substitute_choices(self):
        """``[(id, name and firm)]``: who is in service in the team of the case's lawyer, as the published roster has it."""
        self.ensure_one()
        lawyer_sudo = self.sudo().volunteer_id
        # Of his colleagues a lawyer reads no record; their names and firms are published when they join (办法 §4).
        members_sudo = lawyer_sudo.search(
            [("organization_id", "=", lawyer_sudo.organization_id.id), ("state", "=", "active")]
        )
        choices = [
            (member.id, " · ".join(filter(None, (member.name, member.law_firm_id.name))))
            for member in members_sudo - lawyer_sudo
        ]
        return sorted(choices, key=lambda choice: choice[1])

    def _open_lawyer_change_form(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Ask for a Change of Lawyer"),
            "res_model": "legal.aid.lawyer.change",
            "views": [(self.env.ref("union_legal_aid.legal_aid_lawyer_change_view_form_request").id, "form")],
            "target": "new",
            "context": {"default_case_id": self.id},
        }

    def _get_open_hand_overs(self):
        """Changes of lawyer whose papers no next lawyer has received yet."""
        return self.sudo().lawyer_change_ids.filtered(
            lambda change: change.state == "changed" and not change.taken_over_date
        )

    def _get_open_lawyer_change(self):
        # What is asked for holds for every reader of the case.
        return self.sudo().lawyer_change_ids.filtered(lambda change: change.state == "requested")

    def _check_no_lawyer_change(self):
        asked = self.filtered(lambda case: case._get_open_lawyer_change())
        if asked:
            raise AccessError(
                self.env._(
                    "A change of lawyer is asked for in %(cases)s. A leader decides on it, on the page “Lawyer and Mandate”.",
                    cases=join_names(self.env, asked.mapped("name")),
                )
            )

    def _transition(self, target, vals=None):
        """What ends a case ends the requests in it."""
        if target in ("closed", "terminated"):
            for change_sudo in self._get_open_lawyer_change():
                change_sudo._do_decide("withdrawn", {})
        return super()._transition(target, vals)

    def _do_release(self, outcome, reason, note):
        """Keep on record who left the case and what he has to hand over."""
        former_sudo = self.sudo().volunteer_id
        change_sudo = self._get_open_lawyer_change()
        if outcome == "ended" and not change_sudo:
            change_sudo = (
                self.env["legal.aid.lawyer.change"]
                .sudo()
                ._workflow_env()
                .create({"case_id": self.id, "requester": "union", "reason_id": reason.id, "note": note})
            )
        # Who leaves before he received anything gets nothing any more: it goes to the one who comes after him.
        self._get_open_hand_overs()._workflow_write({"new_volunteer_id": False, "next_accepted_date": False})
        # This clock ends with the change, so it is none that the next lawyer has to watch.
        self._close_deadline("replace_decide", legal_today(self))
        handover = self._describe_handover()
        result = super()._do_release(outcome, reason, note)
        if outcome == "ended":
            change_sudo.with_env(self.sudo().env)._do_decide("changed", {"handover_list": handover})
            self._notify_former_lawyer(former_sudo)
        return result

    def _do_accept(self):
        result = super()._do_accept()
        # Only now does the next lawyer read what was handed over; before, he knows the parties' names alone (C2).
        self._get_open_hand_overs()._workflow_write({"next_accepted_date": legal_today(self)})
        return result

    def _do_assign(self, volunteer, is_reported=False):
        result = super()._do_assign(volunteer, is_reported=is_reported)
        waiting = self.sudo().lawyer_change_ids.filtered(
            lambda change: change.state == "changed" and not change.new_volunteer_id
        )
        waiting._workflow_write({"new_volunteer_id": volunteer.id})
        return result

    def _describe_handover(self):
        """Running clocks and the papers by kind, without a name and without a title."""
        self.ensure_one()
        case_sudo = self.sudo()  # numbers and days only
        lines = [self.env._("Running clocks: %(clocks)s", clocks=case_sudo._describe_running_clocks() or "-")]
        kinds = dict(case_sudo.all_document_ids._fields["kind"]._description_selection(self.env))
        papers = case_sudo.all_document_ids.grouped("kind")
        counted = join_clauses(self.env, (f"{kinds[kind]} {len(documents)}" for kind, documents in papers.items()))
        lines.append(self.env._("Papers in the file: %(papers)s", papers=counted or "-"))
        lines.append(self.env._("Hours on record: %(hours)s", hours=f"{case_sudo.hours_total:g}"))
        return "\n".join(lines)

    def _notify_former_lawyer(self, lawyer):
        self.env["legal.aid.notification"]._tell(
            lawyer.user_id,
            lambda env: env._("Case %(case)s goes to another lawyer", case=self.name),
            lambda env: env._(
                "You no longer handle case %(case)s. Please hand its papers over and record it on your page “Hand-overs”.",
                case=self.name,
            ),
            self,
            page="/my/hand-overs" if lawyer.user_id.share else "",
            # The case is closed to him from now on.
            needs_access=False,
        )

    def _get_next_step(self):
        if self._get_open_lawyer_change():
            return self.env._("A leader decides on the change of lawyer.")
        # What is asked for holds for every reader of the case.
        asked_sudo = self.sudo().substitute_leave_ids.filtered(lambda leave: leave.state == "requested")
        if asked_sudo:
            return self.env._(
                "Allow or refuse the substitute at the hearing on %(date)s.",
                date=fields.Date.to_string(min(asked_sudo.mapped("hearing_date"))),
            )
        return super()._get_next_step()
