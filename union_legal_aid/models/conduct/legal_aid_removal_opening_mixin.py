from odoo import api, fields, models

from ...tools import removal_grounds
from ..organization.legal_day import legal_today

OPEN_STATES = ("open", "replied")
MEMBER_STATES = ("active", "suspended")


class LegalAidRemovalOpeningMixin(models.AbstractModel):
    """How a removal is opened by facts, and what shows each element of its ground (T6–T8).

    One removal of a lawyer is open at a time: a second ground joins the one that is open. As long as the facts of a ground stand,
    the removal cannot end without a decision.
    """

    _name = "legal.aid.removal.opening.mixin"
    _description = "Opening of a Removal"

    element_ids = fields.One2many(
        comodel_name="legal.aid.removal.element",
        inverse_name="removal_id",
        string="Evidence of the Elements",
        copy=False,
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor",
    )
    opened_by_facts = fields.Boolean(
        readonly=True, copy=False, help="Opened by what is on record, not by an officer's choice."
    )
    element_panel = fields.Json(
        string="Elements",
        compute="_compute_element_panel",
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor,union_legal_aid.group_justice",
    )

    # Compute

    @api.depends("ground", "element_ids.text", "element_ids.document", "complaint_ids", "state")
    @api.depends_context("lang", "uid")
    def _compute_element_panel(self):
        for removal in self:
            saved = removal.ground and removal._origin
            removal.element_panel = saved and removal.volunteer_id._origin._get_ground_panel(removal)

    # Business

    def _open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Removal"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    @api.model
    def _open_for_complaints(self, volunteer, complaints, policy):
        """Open the removal on ground §5(6), or add the complaints to the one that is open."""
        removal = self._open_for_facts(volunteer, "complaints")
        if removal.complaint_ids != complaints:
            removal._void_approval(self.env._("The complaints that it rests on changed."))
        removal._workflow_write({"complaint_ids": [fields.Command.set(complaints.ids)], "policy_id": policy.id})
        return removal

    def _drop_complaints(self, counting):
        """Removals on other grounds no longer name complaints that do not count any more."""
        for removal in self:
            fallen = removal.complaint_ids - counting
            if fallen and removal.ground != "complaints":
                removal._void_approval(self.env._("The complaints that it rests on changed."))
                removal._workflow_write({"complaint_ids": [fields.Command.unlink(one.id) for one in fallen]})

    @api.model
    def _open_for_sanctions(self, volunteer, sanctions):
        """Open the removal on ground §5(1), or add the sanctions to the one that is open."""
        removal = self._open_for_facts(volunteer, "sanction", self.env._("A final sanction was recorded."))
        for sanction in sanctions if removal else ():
            for element in removal_grounds.BY_CODE["sanction"].codes:
                removal._add_fact(element, sanction._describe(), sanction_id=sanction.id)
        return removal

    @api.model
    def _open_for_no_service(self, row):
        """Open the removal on ground §4 for a year of ``legal.aid.no.service``, or add it to the one that is open."""
        removal = self._open_for_facts(row.volunteer_id, "no_service", self.env._("A year without service was found."))
        days = {"first": fields.Date.to_string(row.date_from), "last": fields.Date.to_string(row.date_to)}
        texts = {
            "year_over": self.env._("The service year from %(first)s to %(last)s is over.", **days),
            "no_record": self.env._(
                "From %(first)s to %(last)s: no consultation, no case, no work on a case, no activity on record.",
                **days,
            ),
            "could_serve": self.env._("He was not suspended for the whole time from %(first)s to %(last)s.", **days),
        }
        for element, text in texts.items():
            removal._add_fact(element, text, no_service_id=row.id)
        return removal

    @api.model
    def _open_for_facts(self, volunteer, ground, change=None):
        """The removal of a member that is open, else a new one on ``ground``; empty for whoever is no member.

        :param change: a sentence for the history, if a request for the decision has to start anew
        """
        if volunteer.state not in MEMBER_STATES:
            return self.browse()
        removal = volunteer._get_open_removals()
        if removal:
            if change:
                removal._void_approval(change)
            return removal
        removal = self.create({"volunteer_id": volunteer.id, "ground": ground})
        removal._workflow_write({"opened_by_facts": True})
        return removal

    def _add_fact(self, element, text, **links):
        """Write down what the system found, once."""
        self.ensure_one()
        # Only the system writes lines of this kind.
        lines_sudo = self.env["legal.aid.removal.element"].sudo()
        same = {"removal_id": self.id, "element": element, **links}
        if not lines_sudo.search_count([(name, "=", value) for name, value in same.items()]):
            lines_sudo.create({**same, "volunteer_id": self.volunteer_id.id, "text": text, "is_fact": True})

    def _has_enough_complaints(self):
        self.ensure_one()
        return len(self.volunteer_id._get_counting_complaints()) >= self.sudo().policy_id.complaint_limit

    def _get_missing_elements(self):
        """``{removal: elements of its ground that nothing shows}``, as of ``tools.removal_grounds``."""
        # That something is shown is asked for whoever signs, also where he does not read it.
        lines = self.sudo().element_ids.filtered("is_backed").grouped("removal_id")
        missing = {}
        for removal in self:
            shown = set(lines[removal.sudo()].mapped("element")) if removal.sudo() in lines else set()
            if removal.ground == "complaints" and removal._has_enough_complaints():
                shown.add("complaints")
            ground = removal_grounds.BY_CODE.get(removal.ground)
            missing[removal] = ground.get_missing(shown) if ground else ()
        return missing

    def _get_standing_grounds(self):
        """The grounds that stand by facts on record, whoever opened the removal: as long as one does, it is decided."""
        self.ensure_one()
        if self.volunteer_id.state not in MEMBER_STATES:
            return []
        standing = [ground for ground in ("sanction", "no_service") if self.volunteer_id._has_standing_facts(ground)]
        return (["complaints"] if self._has_enough_complaints() else []) + standing

    def _switch_ground(self, ground):
        """Go on with another ground whose facts stand; the lawyer has the right of reply anew."""
        self.ensure_one()
        self._void_approval(self.env._("The removal goes on on another ground."))
        vals = {"ground": ground, "opened_by_facts": True}
        if self.state == "replied":
            self._transition("open", vals)
        else:
            self._workflow_write(vals)
        self._start_reply(legal_today(self))
        self._tell_opened()
