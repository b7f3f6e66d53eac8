from odoo import api, models
from odoo.exceptions import AccessError

from ..organization.wording import join_names

ENTERPRISE = "union_legal_aid.group_enterprise_portal"
# What comes besides the facts: the stamped page.
PAGE = frozenset({"page", "page_name"})


class LegalAidServiceRequestPortalMixin(models.AbstractModel):
    """The steps of an enterprise union's pages (P2): its user reads requests of his union and writes them by these steps only."""

    _name = "legal.aid.service.request.portal.mixin"
    _description = "Request from the Portal"

    # Business

    @api.model
    def _create_from_portal(self, union, vals):
        """Write a request in the name of ``union``, for the pages of an enterprise union, whose user may not create records.

        :param vals: facts of the request; what only a step writes is refused
        :return: the request, under the user's own rights
        """
        user = self.env.user
        if union not in user.access_organization_ids or not user.has_group(ENTERPRISE):
            raise AccessError(
                self.env._("You can write requests only in the name of your own union. Sign in with its account.")
            )
        self._check_portal_facts(vals)
        # The users of an enterprise union have no right to create; what they may write, and for whom, was checked above.
        return self.sudo().create({**vals, "organization_id": union.id}).sudo(False)

    def _write_from_portal(self, vals):
        """Correct a request that is a draft or came back.

        :param vals: as for ``_create_from_portal``; the requesting union stays
        """
        self._check_portal_facts(vals, {"organization_id"})
        self._get_portal_writable().write(vals)

    def _submit_from_portal(self):
        """Hand in, after the same checks as in the office."""
        self._get_portal_writable().action_submit()

    def _add_papers_from_portal(self, kind, files):
        """Add papers of one kind.

        :param files: ``[(file name, content in Base64)]``
        """
        request_sudo = self._get_portal_writable()
        request_sudo.env["legal.aid.service.request.paper"].create(
            [{"request_id": request_sudo.id, "kind": kind, "name": name, "file": content} for name, content in files]
        )

    def _drop_paper_from_portal(self, paper):
        """Take a paper out again that was a mistake."""
        self._get_portal_writable()
        # The user reads the paper, so it is his union's; that it may still go is checked on deletion.
        paper.sudo().unlink()

    def _check_portal_facts(self, names, fixed=frozenset()):
        refused = set(names) - (self._workflow_facts.keys() - fixed) - PAGE
        if refused:
            raise AccessError(
                self.env._(
                    "These details cannot be set here: %(fields)s. Ask the county union.",
                    fields=join_names(self.env, sorted(refused)),
                )
            )

    def _get_portal_writable(self):
        """The request for a step of its own union's user, as the system.

        :raises AccessError: for everybody else, and for what he may not read himself
        """
        self.ensure_one()
        self.check_access("read")
        user = self.env.user
        is_ours = any(self.organization_id._is_at_or_below(union) for union in user.access_organization_ids)
        # What is written against one's own house is only for who writes it, until it is handed in (DESIGN.md section 3, rule 7).
        if not is_ours or self._is_hidden_from_house() or not user.has_group(ENTERPRISE):
            raise AccessError(
                self.env._(
                    "Request %(number)s is not yours to change. Whoever wrote it does, or %(union)s.",
                    number=self.name,
                    union=self.receiver_id.name,
                )
            )
        return self.sudo()

    def _is_hidden_from_house(self):
        """Whether the user's own house is the opponent and he may follow number and stage only.

        Who wrote against his own house keeps the draft to himself; handed in, it is closed to the whole house.
        """
        is_anothers_draft = self.is_against_own_house and self.sudo().create_uid != self.env.user
        return self.is_closed_to_us or is_anothers_draft

    def _explain_stage(self):
        """Where it stands, in words for somebody who has never seen a file; nothing of what is in it."""
        self.ensure_one()
        env = self.env
        if self.state == "accepted" and self.kind == "application":
            return self._explain_case_stage()
        return {
            "draft": env._("Not handed in yet."),
            "submitted": env._("%(union)s has it and will answer.", union=self.receiver_id.name),
            "returned": env._("Came back: something has to be changed or added."),
            "accepted": env._("Answered."),
        }[self.state]

    def _explain_case_stage(self):
        env = self.env
        return {
            "draft": env._("Taken up. The union in charge is preparing the file."),
            "submitted": env._("The application is being decided."),
            "supplement": env._("Papers are missing. The worker was told which ones."),
            "granted": env._("Aid is granted. A lawyer is being chosen."),
            "assigned": env._("A lawyer was chosen and is asked to accept."),
            "in_progress": env._("The lawyer is working on it."),
            "closed": env._("The matter is finished. The file is being checked."),
            "archived": env._("Finished and filed."),
            "refused": env._("Not granted. The worker has the reason in writing and may object."),
            "withdrawn": env._("Withdrawn."),
            "terminated": env._("Ended early. The worker has the reason in writing and may object."),
        }[self.case_state]

    def _get_portal_steps(self):
        """``[{label, date, is_done}]`` of the way of a request."""
        self.ensure_one()
        env = self.env
        is_taken_up = self.state == "accepted"
        last = env._("Taken up") if self.kind == "application" else env._("Answer")
        if self.state == "returned":
            last = env._("Came back")
        return [
            {"label": env._("Written down"), "date": self.date, "is_done": True},
            {
                "label": env._("Handed in to %(union)s", union=self.receiver_id.name),
                "date": self.submitted_date,
                "is_done": bool(self.submitted_date),
            },
            {"label": last, "date": self.decided_date, "is_done": is_taken_up or self.state == "returned"},
        ]

    def _get_access_action(self, access_uid=None, force_website=False):
        """A notice leads the enterprise's user to his own page."""
        user = self.env["res.users"].sudo().browse(access_uid) if access_uid else self.env.user
        if user.has_group(ENTERPRISE):
            return {"type": "ir.actions.act_url", "url": f"/my/requests/{self.id}", "target": "self"}
        return super()._get_access_action(access_uid=access_uid, force_website=force_website)
