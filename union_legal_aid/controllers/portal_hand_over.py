from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request, route

from .portal import LegalAidPortal

MODEL = "legal.aid.lawyer.change"
CHANGED = Domain("state", "=", "changed")
STEPS = ("give", "receive")


class LegalAidPortalHandOver(LegalAidPortal):
    """Cases that went to another lawyer: the former one records what he hands over, the next one confirms it (C6).

    The former lawyer reads the case no longer. The page shows him the change alone: the number, the clocks and kinds of papers of
    the day he left, and what he himself writes; of the parties, nothing.
    """

    # Home

    def _list_duties(self, cases, ledgers):
        duties = super()._list_duties(cases, ledgers)
        waiting = request.env[MODEL].search_count(self._domain_waiting(self._find_lawyers()))
        if waiting:
            label = request.env._("Hand-overs that wait for you")
            duties.append(self._make_duty("hand_overs", label, "/my/hand-overs", waiting, "fa-exchange"))
        return duties

    # Pages

    @route("/my/hand-overs", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_hand_overs(self, **kw):
        lawyers = self._get_lawyers()
        changes = request.env[MODEL].search(CHANGED)
        waiting = changes.filtered_domain(self._domain_waiting(lawyers))
        return self._render_page(
            "union_legal_aid.portal_hand_overs",
            [(request.env._("Hand-overs"), False)],
            {
                "lawyers": lawyers,
                "waiting": waiting,
                "changes": waiting + (changes - waiting),
                # The number of the case belongs to the change, also where the case is another lawyer's.
                "case_numbers": {change.id: change.sudo().case_id.name for change in changes},
            },
        )

    @route("/my/hand-overs/<int:change_id>", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_hand_over(self, change_id, done="", **kw):
        return self._render_hand_over(self._get_own(MODEL, change_id, CHANGED), done=done)

    @route("/my/hand-overs/<int:change_id>/give", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_hand_over_give(self, change_id, **post):
        return self._take_hand_step(change_id, "given", post, self._give)

    @route("/my/hand-overs/<int:change_id>/receive", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_hand_over_receive(self, change_id, **post):
        return self._take_hand_step(change_id, "received", post, self._receive)

    @route(
        f"/my/hand-overs/<int:change_id>/<any({', '.join(STEPS)}):step>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def legal_aid_hand_over_step(self, change_id, step, **kw):
        """Back to the hand-over, after a new sign-in or a change of language in the middle of a form."""
        return self._go_back(f"/my/hand-overs/{change_id}")

    # What the pages share

    def _domain_waiting(self, lawyers):
        """Changes in which something is for these lawyers to do."""
        give = Domain("volunteer_id", "in", lawyers.ids) & Domain("handed_over_date", "=", False)
        receive = (
            Domain("new_volunteer_id", "in", lawyers.ids)
            & Domain("next_accepted_date", "!=", False)
            & Domain("handed_over_date", "!=", False)
            & Domain("taken_over_date", "=", False)
        )
        return CHANGED & (give | receive)

    def _render_hand_over(self, change, done="", error="", form=None):
        env = request.env
        lawyers = self._get_lawyers()
        # Names of colleagues are published with the roster; the number of the case belongs to the change.
        change_sudo = change.sudo()
        messages = {
            "given": env._("The hand-over is on record. The next lawyer is told and confirms what he got."),
            "received": env._("Your receipt is on record."),
        }
        return self._render_page(
            "union_legal_aid.portal_hand_over",
            [(env._("Hand-overs"), "/my/hand-overs"), (change_sudo.case_id.name, False)],
            {
                "change": change,
                "case_number": change_sudo.case_id.name,
                "former_name": change_sudo.volunteer_id.name,
                "next_name": change_sudo.new_volunteer_id.name,
                "recorded_by": self._get_recorder_names(change_sudo),
                # The next lawyer has the case on his list, the former one has it no longer.
                "case": env["legal.aid.case"].search([("id", "=", change_sudo.case_id.id)]),
                "is_former": change.volunteer_id in lawyers,
                "is_next": change.new_volunteer_id in lawyers,
                "message": messages.get(done, ""),
                "error": error,
                "form": form or {},
            },
        )

    def _get_recorder_names(self, change):
        """Names of the officers who put on record what a lawyer signed on paper; no name where he did it himself."""
        given, received = change.handover_recorded_by_id, change.receipt_recorded_by_id
        return {
            "given": given.name if given != change.volunteer_id.user_id else "",
            "received": received.name if received != change.new_volunteer_id.user_id else "",
        }

    def _take_hand_step(self, change_id, done, post, act):
        change = self._get_own(MODEL, change_id, CHANGED)
        error = self._attempt(lambda: act(change, post))
        if error:
            return self._render_hand_over(change, error=error, form=post)
        return request.redirect(f"/my/hand-overs/{change.id}?done={done}")

    def _give(self, change, post):
        env = request.env
        originals = (post.get("originals") or "").strip()
        if not originals:
            raise UserError(env._("Write which papers you hand over. If you have none, write “none”."))
        hearing = (post.get("next_hearing") or "").strip()
        change.action_hand_over(
            originals=originals,
            next_hearing=self._parse_date(hearing, env._("Next Hearing")) if hearing else False,
            note=(post.get("note") or "").strip(),
            date=self._parse_date(post.get("date"), env._("Handed over on")),
        )

    def _receive(self, change, post):
        change.action_take_over(date=self._parse_date(post.get("date"), request.env._("Received on")))
