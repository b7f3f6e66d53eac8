from odoo import api, fields, models

from ..organization.wording import join_names

# How a state or a decision looks in the timeline: icon, tone.
LOOKS = {
    "asked": ("fa-paper-plane", "info"),
    "approve": ("fa-check", "success"),
    "reject": ("fa-times", "danger"),
    "void": ("fa-ban", "muted"),
    "waiting": ("fa-hourglass-half", "warning"),
    "later": ("fa-ellipsis-h", "muted"),
}
# What the timeline tells of a request, read at once for all of them.
REQUEST_FIELDS = (
    "res_id",
    "state",
    "requested_by_id",
    "requested_at",
    "facts",
    "voided_by_id",
    "voided_at",
    "void_reason",
    "waiting_since",
    "steps",
    "current_step",
)


class LegalAidApprovalHistoryMixin(models.AbstractModel):
    """What a document went through, told for people: rounds of requests, newest first, each with its decisions.

    The timeline is one value that the widget of the same name draws: a list of rounds ``{title, tone, items}``; an item is
    ``{icon, tone, title, who, when, note}``, ``when`` in UTC.
    """

    _name = "legal.aid.approval.history.mixin"
    _description = "History of Approvals"

    approval_timeline = fields.Json(
        string="History of the Approval",
        compute="_compute_approval_timeline",
        groups="union_legal_aid.group_officer,union_legal_aid.group_finance,union_legal_aid.group_auditor",
    )

    # Compute

    @api.depends("approval_state", "approval_request_id")
    @api.depends_context("lang")
    def _compute_approval_timeline(self):
        # The history belongs to the document: who may open that may read it, also where requests are another union's.
        requests_sudo = (
            self.env["legal.aid.approval.request"]
            .sudo()
            .search_fetch([("res_model", "=", self._name), ("res_id", "in", self.ids)], REQUEST_FIELDS)
            .grouped("res_id")
        )
        everything = self.env["legal.aid.approval.request"].sudo().union(*requests_sudo.values())
        # One reading for all who asked and decided, not one for each of them.
        (everything.requested_by_id | everything.line_ids.user_id | everything.line_ids.on_behalf_of_id).mapped("name")
        for record in self:
            requests = requests_sudo.get(record._origin.id)
            record.approval_timeline = self._tell_requests(requests) if requests else []

    # Actions

    def action_preview_approval(self):
        """Show who would approve this document, in which order; nothing is written."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Who Would Approve?"),
            "res_model": "legal.aid.approval.preview",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_document": f"{self._name},{self.id}"},
        }

    # Business

    @api.model
    def _tell_requests(self, requests):
        """The timeline of ``requests``, which are readable, newest first."""
        rounds = requests.sorted("id", reverse=True)
        states = dict(requests._fields["state"]._description_selection(self.env))
        return [
            {
                "title": self.env._(
                    "Round %(number)s: %(state)s", number=len(rounds) - place, state=states[request.state]
                ),
                "tone": self._get_tone(request.state),
                "items": self._tell_request(request),
            }
            for place, request in enumerate(rounds)
        ]

    @api.model
    def _get_tone(self, state):
        return {"pending": "warning", "approved": "success", "rejected": "danger"}.get(state, "muted")

    @api.model
    def _tell_request(self, request):
        items = [
            self._tell(
                "asked",
                self.env._("Approval asked for"),
                request.requested_by_id.name,
                request.requested_at,
                self.env._("Fingerprint of the facts: %(hash)s", hash=request.facts_fingerprint),
            )
        ]
        items += [self._tell_decision(line) for line in request.line_ids]
        if request.state == "void":
            items.append(
                self._tell(
                    "void", self.env._("Void"), request.voided_by_id.name, request.voided_at, request.void_reason
                )
            )
        if request.state == "pending":
            items += self._tell_open_steps(request)
        return items

    @api.model
    def _tell_decision(self, line):
        decisions = dict(line._fields["decision"]._description_selection(self.env))
        who = line.user_id.name
        if line.on_behalf_of_id:
            who = self.env._("%(name)s for %(absent)s", name=who, absent=line.on_behalf_of_id.name)
        title = self.env._("%(decision)s: %(step)s", decision=decisions[line.decision], step=line.step_name)
        return self._tell(line.decision, title, who, line.decided_at, line.note)

    @api.model
    def _tell_open_steps(self, request):
        """The step that waits, with those who may decide it, and the ones to come."""
        names = [
            user.name
            if user == principal
            else self.env._("%(name)s for %(absent)s", name=user.name, absent=principal.name)
            for user, principal in request._get_deciders().items()
        ]
        waiting = self.env._("Waiting: %(step)s", step=request.current_step_name)
        later = request.steps[request.current_step + 1 :]
        return [
            self._tell(
                "waiting",
                waiting,
                join_names(self.env, names) or self.env._("nobody at present"),
                request.waiting_since,
            ),
            *(self._tell("later", self.env._("Then: %(step)s", step=step["name"])) for step in later),
        ]

    @api.model
    def _tell(self, look, title, who="", when=None, note=""):
        icon, tone = LOOKS[look]
        return {
            "icon": icon,
            "tone": tone,
            "title": title,
            "who": who or "",
            "when": fields.Datetime.to_string(when) if when else "",
            "note": note or "",
        }
