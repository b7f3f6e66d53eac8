from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..organization.legal_day import legal_today


class LegalAidCaseAssignmentMixin(models.AbstractModel):
    """Who does the work (C1, C2, C6): suggestion, assignment, acceptance, mandate, change of lawyer."""

    _name = "legal.aid.case.assignment.mixin"
    _description = "Assignment of a Lawyer"

    contact_point_id = fields.Many2one(
        comodel_name="union.organization",
        string="Contact-point Union",
        compute="_compute_contact_point_id",
        store=True,
        precompute=True,
        readonly=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The union that gives the mandate (联系点工会): the one that the lawyer serves.",
    )
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        copy=False,
        tracking=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    assigned_date = fields.Date(readonly=True, copy=False)
    accepted_date = fields.Date(readonly=True, copy=False)
    agency_signed_date = fields.Date(
        string="Agency Signed On",
        copy=False,
        help="The day the worker signed the power of attorney and the agreement (授权委托书、委托协议).",
    )
    assignment_ids = fields.One2many(
        comodel_name="legal.aid.assignment", inverse_name="case_id", string="Assignments", readonly=True, copy=False
    )
    suggested_volunteer_ids = fields.Many2many(
        comodel_name="legal.aid.volunteer", compute="_compute_suggestion", string="Suggested Lawyers"
    )
    suggestion = fields.Text(compute="_compute_suggestion", groups="union_legal_aid.group_officer")
    not_suggested = fields.Text(compute="_compute_suggestion", groups="union_legal_aid.group_officer")

    # Compute

    @api.depends("organization_id")
    def _compute_contact_point_id(self):
        for case in self:
            reported = case.source == "lawyer" and case.contact_point_id
            case.contact_point_id = reported or case.organization_id

    @api.depends("state", "contact_point_id", "matter_id")
    @api.depends_context("uid", "lang")
    def _compute_suggestion(self):
        for case in self:
            open_states = ("draft", "submitted", "granted")
            ranking, others = case._judge_volunteers() if case.state in open_states else ([], [])
            case.suggested_volunteer_ids = self.env["legal.aid.volunteer"].union(*(lawyer for lawyer, _why in ranking))
            case.suggestion = "\n".join(why for _lawyer, why in ranking) or (
                case.state in open_states and case._explain_no_suggestion(others)
            )
            case.not_suggested = "\n".join(why for _lawyer, why in others)

    # Actions

    def action_assign(self, volunteer_id=None):
        """Commission a lawyer of the contact point (C2); without one given, the one on the case, else a dialog asks.

        :param volunteer_id: record or id of ``legal.aid.volunteer``
        """
        self.check_access("write")
        self._raise_reasons(self._get_cannot_be_assigned_reason())
        return self._take_lawyer(volunteer_id, lambda case, lawyer: case._do_assign(lawyer))

    def action_accept(self):
        """Take the case: the lawyer declares that he has no conflict and that the worker pays nothing (C11)."""
        self.check_access("read")
        self._check_state("assigned")
        self._check_accepts_himself()
        # The lawyer acts on his own case without any right to edit the union's file.
        for case_sudo in self.sudo():
            case_sudo._do_accept()
        return True

    def action_decline(self, reason_code=None, note=""):
        """Decline with a coded reason; the case goes back and the clock of the assignment runs again."""
        if not reason_code:
            return self._open_reason_dialog("action_decline", "decline", self.env._("Decline"))
        reason = self.env["legal.aid.reason"]._get_coded("decline", reason_code)
        self.check_access("read")
        self._check_state("assigned")
        self._check_accepts_himself()
        # See action_accept.
        for case_sudo in self.sudo():
            case_sudo._do_release("declined", reason, note)
            case_sudo.message_post(
                body=self.env._("The lawyer declined: %(reason)s. Assign another one.", reason=reason.name)
            )
        return True

    def action_change_lawyer(self, volunteer_id=None, reason_code=None, note=""):
        """Take the case from its lawyer and give it to ``volunteer_id``, or back into assignment (C6)."""
        if not reason_code:
            return self._open_reason_dialog("action_change_lawyer", "change_lawyer", self.env._("Change Lawyer"))
        reason = self.env["legal.aid.reason"]._get_coded("change_lawyer", reason_code)
        self.check_access("write")
        self._check_state("assigned", "in_progress")
        self._check_no_lawyer_change()
        successor = self._browse_volunteer(volunteer_id)
        if successor:
            self._raise_reasons({case: case._get_cannot_assign_reason(successor) for case in self})
        for case in self:
            case._do_release("ended", reason, note)
            if successor:
                case._do_assign(successor)
        return True

    # Business

    def _take_lawyer(self, volunteer_id, step):
        """Take a ``step`` of each case with the lawyer who is given, else with the one on the case; without one, a dialog asks."""
        given = self._browse_volunteer(volunteer_id)
        if not given and not all(case.volunteer_id for case in self):
            return self._open_assign_dialog()
        self._raise_reasons({case: case._get_cannot_assign_reason(given or case.volunteer_id) for case in self})
        for case in self:
            case.lock_for_update(allow_referencing=True)
            step(case, given or case.volunteer_id)
        return True

    def _browse_volunteer(self, volunteer):
        return (
            volunteer
            if isinstance(volunteer, models.BaseModel)
            else self.env["legal.aid.volunteer"].browse(volunteer or [])
        )

    def _open_assign_dialog(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Assign a Lawyer"),
            "res_model": "legal.aid.case.assign",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_case_id": self[:1].id, "default_case_ids": [fields.Command.set(self.ids)]},
        }

    def _get_cannot_be_assigned_reason(self):
        """Why a case is not open for assignment; a finished case says so in words."""
        reasons = {}
        for case in self:
            names = {
                "case": case.name,
                "state": case._get_state_label(case.state),
                "lawyer": case.volunteer_id.sudo().display_name,
            }
            reasons[case] = False
            if case.state in ("closed", "archived", "terminated"):
                reasons[case] = self.env._(
                    "Case %(case)s is finished (“%(state)s”), so no lawyer can be assigned any more. If the matter"
                    " goes on, a"
                    " leader reopens the case first.",
                    **names,
                )
            elif case.state in ("assigned", "in_progress"):
                reasons[case] = self.env._(
                    "Case %(case)s is with %(lawyer)s already. To give it to somebody else, use “Change Lawyer”.",
                    **names,
                )
            elif case.state != "granted":
                reasons[case] = self.env._(
                    "Case %(case)s is in state “%(state)s”. A lawyer can be assigned as soon as aid is granted.",
                    **names,
                )
        return reasons

    def _get_cannot_assign_reason(self, volunteer):
        """Why ``volunteer`` cannot take this case, or False (T7, C2)."""
        return self._get_cannot_serve_reason(volunteer) or self._get_lawyer_conflict_reason(volunteer)

    def _get_cannot_serve_reason(self, volunteer):
        """Why he cannot take it whoever the parties are: not in service, or not for this contact point; or False."""
        self.ensure_one()
        # A county may not open every lawyer's record, yet the reasons hold for all of them.
        volunteer_sudo = volunteer.sudo()
        reason = volunteer_sudo._get_not_assignable_reasons().get(volunteer_sudo)
        if reason:
            return reason
        if not volunteer_sudo.contact_point_ids & self._get_contact_points():
            return self.env._(
                "%(lawyer)s does not serve %(contact_point)s, the contact point of case %(case)s. Choose a lawyer"
                " of this contact"
                " point, or ask the city to add it to the lawyer's contact points.",
                lawyer=volunteer_sudo.display_name,
                contact_point=self.contact_point_id.name,
                case=self.name,
            )
        return False

    def _get_contact_points(self):
        """The unions whose lawyers may take this case: contact point, employer's union, and the superiors of both.

        Who serves a county serves the enterprises in it; who serves one unit (指定的单位) serves that unit's workers.
        """
        self.ensure_one()
        paths = [
            union.parent_path for union in self.contact_point_id | self.organization_id | self.employer_organization_id
        ]
        return self.env["union.organization"].browse({int(key) for path in paths for key in path.split("/") if key})

    def _rank_volunteers(self, limit=3):
        """The best ``[(lawyer, why)]`` for this case: of the contact point, in the field, with the least open cases."""
        return self._judge_volunteers(limit)[0]

    def _judge_volunteers(self, limit=3):
        """``([(suggested lawyer, why)], [(other lawyer of the contact point, why not)])``, each with one sentence (C2)."""
        self.ensure_one()
        lawyers = self.env["legal.aid.volunteer"].search(
            [("state", "=", "active"), ("contact_point_ids", "in", self._get_contact_points().ids)]
        )
        load = self._get_load(lawyers)
        reasons = self._get_not_suggested_reasons(lawyers, load)
        fit = lawyers.filtered(lambda lawyer: not reasons[lawyer])
        ranked = fit.sorted(lambda lawyer: (not self._is_in_field(lawyer), load.get(lawyer.id, 0), lawyer.id))
        suggested = [(lawyer, self._explain_suggestion(lawyer, load.get(lawyer.id, 0))) for lawyer in ranked[:limit]]
        others = [(lawyer, reasons[lawyer]) for lawyer in lawyers if reasons[lawyer]]
        others += [
            (
                lawyer,
                self.env._(
                    "%(lawyer)s: could take it, but the others fit better (open cases: %(count)s)",
                    lawyer=lawyer.display_name,
                    count=load.get(lawyer.id, 0),
                ),
            )
            for lawyer in ranked[limit:]
        ]
        return suggested, others

    def _explain_no_suggestion(self, others):
        """Why nobody is suggested; the lawyers in question each have a sentence of their own."""
        self.ensure_one()
        if not self.contact_point_id:
            return False
        names = {"contact_point": self.contact_point_id.name}
        if others:
            return self.env._("Nobody who serves %(contact_point)s can be suggested; see why below.", **names)
        return self.env._(
            "No active lawyer serves %(contact_point)s. Ask the city to add it to a lawyer's contact points.", **names
        )

    def _get_load(self, lawyers):
        """``{lawyer id: open cases}``; of other counties' cases this one learns nothing but the number."""
        domain = self._domain_open() & fields.Domain("volunteer_id", "in", lawyers.ids)
        counts = self.sudo()._read_group(domain, ["volunteer_id"], ["__count"])
        return {lawyer.id: count for lawyer, count in counts}

    def _get_not_suggested_reasons(self, lawyers, load):
        """``{lawyer: why he is not suggested, or False}``: not in service, other side, declined, or as many cases as he takes.

        Who is full may be assigned all the same; he then declines, or he does not.
        """
        self.ensure_one()
        lawyers_sudo = lawyers.sudo()  # the reasons hold for all of them, whoever may open their records
        not_assignable = lawyers_sudo._get_not_assignable_reasons()
        conflicts = self._get_lawyer_conflicts(lawyers)
        declined = self.sudo().assignment_ids.filtered(lambda attempt: attempt.state in ("declined", "ended"))
        reasons = {}
        for lawyer, lawyer_sudo in zip(lawyers, lawyers_sudo, strict=True):
            names = {
                "lawyer": lawyer.display_name,
                "count": load.get(lawyer.id, 0),
                "capacity": self._get_capacity(lawyer),
            }
            reasons[lawyer] = not_assignable[lawyer_sudo]
            if not reasons[lawyer] and conflicts[lawyer] and not self._is_lawyer_cleared(lawyer):
                reasons[lawyer] = conflicts[lawyer]
            elif not reasons[lawyer] and lawyer_sudo in declined.volunteer_id:
                reasons[lawyer] = self.env._("%(lawyer)s: had this case before, or declined it", **names)
            elif not reasons[lawyer] and 0 < names["capacity"] <= names["count"]:
                reasons[lawyer] = self.env._(
                    "%(lawyer)s: has %(count)s open cases and takes at most %(capacity)s", **names
                )
        return reasons

    def _get_default_capacity(self):
        """How many open cases a lawyer takes who said nothing else: by the policy of the case; 0 before there is one."""
        return self.policy_id.lawyer_capacity

    def _get_capacity(self, lawyer):
        """How many open cases this lawyer takes: as he says, else as the policy; 0: nobody said."""
        return lawyer.sudo().capacity or self._get_default_capacity()

    def _get_capacity_warning(self, lawyer):
        """That the lawyer would have more open cases with these than he takes, or False; he may be assigned all the same."""
        count = self._get_load(lawyer).get(lawyer.id, 0)
        capacity = max((case._get_capacity(lawyer) for case in self), default=0)
        if not capacity or count + len(self) <= capacity:
            return False
        return self.env._(
            "%(lawyer)s takes at most %(capacity)s open cases and would have %(count)s. Assign him only if he agrees.",
            lawyer=lawyer.sudo().name,
            capacity=capacity,
            count=count + len(self),
        )

    def _is_in_field(self, lawyer):
        """Whether the matter is one of the lawyer's fields of work."""
        return bool(self.matter_id.specialty_ids & lawyer.sudo().specialty_ids)

    def _explain_suggestion(self, lawyer, load):
        # Why a lawyer is proposed may be told to the office that assigns him.
        served = lawyer.sudo().contact_point_ids & self._get_contact_points()
        return self.env._(
            "%(lawyer)s: serves %(contact_point)s, %(field)s, %(load)s",
            lawyer=lawyer.display_name,
            contact_point=served[:1].name,
            field=self._explain_field(lawyer),
            load=self._explain_load(lawyer, load),
        )

    def _explain_field(self, lawyer):
        if self._is_in_field(lawyer):
            return self.env._("works in this field")
        return self.env._("works in other fields") if self.matter_id.specialty_ids else self.env._("any field will do")

    def _explain_load(self, lawyer, load):
        capacity = self._get_capacity(lawyer)
        if capacity:
            return self.env._("open cases: %(count)s of at most %(capacity)s", count=load, capacity=capacity)
        return self.env._("open cases: %(count)s", count=load)

    def _check_accepts_himself(self):
        """Only the assigned lawyer answers; for one without a login the officer records the answer."""
        for case in self:
            user = case.sudo().volunteer_id.user_id
            if user == self.env.user or not user and case.has_access("write"):
                continue
            raise AccessError(
                self.env._(
                    "Only the assigned lawyer can answer for case %(case)s. To give the case to somebody else, use"
                    " “Change"
                    " Lawyer”.",
                    case=case.name,
                )
            )

    def _do_assign(self, volunteer, is_reported=False):
        """:param is_reported: the lawyer brought the case himself, so he need not be asked whether he takes it"""
        self.ensure_one()
        self._check_conflict_if_changed()
        today = legal_today(self)
        # Attempts and mandates are written by these steps only; nobody has a right to write them.
        self.env["legal.aid.assignment"].sudo().create(
            {"case_id": self.id, "volunteer_id": volunteer.id, "date": today, "is_reported": is_reported}
        )
        mandate_sudo = self._ensure_mandate(volunteer)
        self._transition(
            "assigned", {"volunteer_id": volunteer.id, "assigned_date": today, "mandate_id": mandate_sudo.id}
        )
        self._close_deadline("assign", today)
        self._open_deadline("agency", today)
        self._notify_assigned_lawyer()

    def _do_accept(self):
        self.ensure_one()
        self.assignment_ids._decide("accepted")
        self._transition("in_progress", {"accepted_date": legal_today(self)})

    def _do_release(self, outcome, reason, note):
        """Take the case from its lawyer and put it back into assignment."""
        self.ensure_one()
        self.assignment_ids.sudo()._decide(outcome, reason, note)
        self.mandate_id.sudo()._do_cancel()
        self._transition(
            "granted",
            dict.fromkeys(
                ("volunteer_id", "assigned_date", "accepted_date", "agency_signed_date", "mandate_id"), False
            ),
        )
        self._supersede_pages()
        self._void_deadlines("agency")
        self._open_deadline("assign", legal_today(self))
