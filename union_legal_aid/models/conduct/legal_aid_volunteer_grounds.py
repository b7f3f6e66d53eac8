from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import removal_grounds
from ..organization.legal_day import legal_today
from ..organization.personal_fields import AUDITOR, OFFICER
from ..organization.wording import join_names
from .legal_aid_removal_opening_mixin import OPEN_STATES

JUSTICE = "union_legal_aid.group_justice"
# Ends of a membership that an open removal does not hinder.
UNHINDERED = ("removal", "death")
# What a verified complaint of a category points to; whether it proves an element, the officer says.
POINTS_TO = {
    "delegation": "delegation",
    "attitude": "reputation",
    "property": "reputation",
    "neglect": "failure",
    "quality": "failure",
}


class LegalAidVolunteer(models.Model):
    """The seven grounds for a removal on the lawyer's page (T6): what of each is shown, by which record, and what is missing.

    The panel is one value that the widget of the same name draws: a list of grounds ``{ground, title, article, tone, status, can_open,
    elements, hints}``; an element is ``{element, title, is_shown, items}``, an item or hint ``{text, model, id}``. It holds no name of
    a worker. The justice bureau is told what is shown, without the words.
    """

    _inherit = "legal.aid.volunteer"

    ground_panel = fields.Json(
        string="Grounds for Removal", compute="_compute_ground_panel", groups=f"{OFFICER},{AUDITOR},{JUSTICE}"
    )
    element_ids = fields.One2many(
        comodel_name="legal.aid.removal.element",
        inverse_name="volunteer_id",
        string="Evidence",
        groups=f"{OFFICER},{AUDITOR}",
    )
    sanction_ids = fields.One2many(
        comodel_name="legal.aid.sanction",
        inverse_name="volunteer_id",
        string="Sanctions",
        groups=f"{OFFICER},{AUDITOR},{JUSTICE}",
    )
    can_record_sanction = fields.Boolean(compute="_compute_can_record_sanction")

    # Compute

    @api.depends("state", "element_ids.text", "complaint_ids.counts", "sanction_ids.state", "removal_ids.state")
    @api.depends_context("lang", "uid")
    def _compute_ground_panel(self):
        for volunteer in self:
            seen = volunteer._origin and volunteer._may_see_grounds()
            volunteer.ground_panel = volunteer._origin._get_ground_panel() if seen else False

    @api.depends_context("uid")
    def _compute_can_record_sanction(self):
        may_write = self.env["legal.aid.sanction"].has_access("create")
        is_bureau = self.env.user.has_group(JUSTICE)
        for volunteer in self:
            volunteer.can_record_sanction = (may_write or is_bureau) and volunteer._is_of_users_city()

    # Actions

    def action_open_removal(self, ground=None):
        """Open the removal on a ground of which every element is shown; the evidence goes with it.

        :raises UserError: when an element is not shown, naming it; or when a removal is open already
        """
        self.ensure_one()
        self.env["legal.aid.removal"].check_access("create")
        self.check_access("write")
        table = removal_grounds.BY_CODE.get(ground)
        if not table:
            raise UserError(
                self.env._(
                    "“%(ground)s” is no ground. Choose one of: %(grounds)s.",
                    ground=ground,
                    grounds=join_names(self.env, removal_grounds.BY_CODE),
                )
            )
        if self._get_open_removals():
            raise UserError(
                self.env._("A removal of %(name)s is open already. Add the evidence there.", name=self.name)
            )
        missing = table.get_missing(set(self._get_shown_elements()))
        if missing:
            raise UserError(
                self.env._(
                    "%(name)s: nothing shows yet that “%(elements)s”. Record the evidence first.",
                    name=self.name,
                    elements=self.env._("”, “").join(self.env._(element.label) for element in missing),
                )
            )
        return self._do_open_removal(table)._open()

    def action_add_evidence(self, element=None):
        """The page on which evidence of one element is recorded."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record Evidence"),
            "res_model": "legal.aid.removal.element",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_volunteer_id": self.id, "default_element": element},
        }

    def action_record_sanction(self):
        """The page on which the city's officer or its justice bureau records a sanction."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Record a Sanction"),
            "res_model": "legal.aid.sanction.dialog",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_volunteer_id": self.id},
        }

    # Business

    def _is_of_users_city(self):
        self.ensure_one()
        city = self.organization_id
        return bool(city) and any(city._is_at_or_below(union) for union in self.env.user.access_organization_ids)

    def _may_see_grounds(self):
        """The city whose team it is; and the bureau that supervises the lawyer's unions."""
        self.ensure_one()
        return self.env.user.has_group(JUSTICE) or self._is_of_users_city()

    def _get_open_removals(self):
        # Whether a removal is open decides what else may be done; its contents are not read here.
        return (
            self.env["legal.aid.removal"]
            .sudo()
            .search([("volunteer_id", "in", self._origin.ids), ("state", "in", OPEN_STATES)])
            .sudo(self.env.su)
        )

    def _check_no_open_removal(self):
        """:raises UserError: naming whose removal has to be decided first"""
        under_removal = self._get_open_removals().sudo().volunteer_id
        if under_removal:
            raise UserError(
                self.env._(
                    "The removal of %(names)s from the team is open. Decide it, or withdraw it, before the contract or the"
                    " membership ends otherwise.",
                    names=join_names(self.env, under_removal.mapped("name")),
                )
            )

    def _has_standing_facts(self, ground):
        """Whether a final sanction, or a year without service that led to a removal, still stands."""
        self.ensure_one()
        # The same facts for whoever asks.
        member_sudo = self.sudo()
        if ground == "sanction":
            return any(member_sudo.sanction_ids.mapped("counts"))
        rows = (
            self.env["legal.aid.no.service"].sudo().search([("volunteer_id", "=", self.id), ("state", "=", "opened")])
        )
        return rows.filtered(lambda row: row.date_to >= (member_sudo.member_since or row.date_to))._stands()

    def _end_removals_without_facts(self, ground, note):
        """Removals on ``ground`` whose facts no longer stand are withdrawn, or go on with another ground that does."""
        for removal in self._get_open_removals().sudo():
            if removal.ground == ground and not removal.volunteer_id._has_standing_facts(ground):
                removal._do_withdraw(note)

    def _get_suspended_throughout(self, date_from, date_to):
        """Those whose suspension covers the whole period, by the notices of their membership."""
        notices = (
            self.env["legal.aid.notice"]
            .sudo()
            .search(
                [("volunteer_id", "in", self.ids), ("date", "<=", date_to)],
                order="date, id",
            )
            .grouped("volunteer_id")
        )
        suspended = self.browse()
        for member in self:
            own = notices.get(member.sudo(), self.env["legal.aid.notice"])
            before = own.filtered(lambda notice: notice.date <= date_from)[-1:]
            within = own.filtered(lambda notice: notice.date > date_from)
            if before.kind == "suspend" and all(notice.kind == "suspend" for notice in within):
                suspended |= member
        return suspended

    def _end_membership(self, state, reason, note, date):
        """Leaving is no way around a removal that is open (T6)."""
        if reason.code not in UNHINDERED:
            self._check_no_open_removal()
        return super()._end_membership(state, reason, note, date)

    # What is on record

    def _get_evidence_lines(self, removal=None):
        """Evidence of the present membership that belongs to no removal or to the one that is open; of ``removal`` if given."""
        self.ensure_one()
        if removal:
            domain = Domain("removal_id", "=", removal._origin.id)
        else:
            domain = Domain("volunteer_id", "=", self.id) & (
                Domain("removal_id", "=", False) | Domain("removal_id.state", "in", OPEN_STATES)
            )
            if self.member_since:
                domain &= Domain("date", ">=", self.member_since)
        return self.env["legal.aid.removal.element"].sudo().search(domain, order="id")

    def _get_facts(self):
        """``[(element, text, {link: record})]``: what the system itself knows of this lawyer, without anybody's evidence."""
        self.ensure_one()
        facts = []
        member_sudo = self.sudo()  # numbers, days and what was decided; the same for whoever asks
        for sanction in member_sudo.sanction_ids.filtered("counts"):
            for element in removal_grounds.BY_CODE["sanction"].codes:
                facts.append((element, sanction._describe(), {"sanction_id": sanction}))
        for case, sentence in member_sudo._find_unreported_cases():
            major = self.env._(
                "Case %(case)s is a major case since %(known)s.",
                case=case.name,
                known=fields.Date.to_string(case.major_known_date),
            )
            facts += [("major", major, {"case_id": case}), ("not_reported", sentence, {"case_id": case})]
        rows = (
            self.env["legal.aid.no.service"]
            .sudo()
            .search([("volunteer_id", "=", self.id), ("state", "=", "listed"), ("was_suspended", "=", False)])
        )
        for row in rows._get_idle():
            text = self.env._(
                "Service year %(first)s – %(last)s: nothing on record",
                first=fields.Date.to_string(row.date_from),
                last=fields.Date.to_string(row.date_to),
            )
            for element in removal_grounds.BY_CODE["no_service"].codes:
                facts.append((element, text, {"no_service_id": row}))
        return facts

    def _find_unreported_cases(self):
        """Major cases of this lawyer in the present membership, the report of which is overdue or came late: ``[(case, sentence)]``."""
        self.ensure_one()
        cases = self.env["legal.aid.case"].search(
            [
                ("volunteer_id", "=", self.id),
                ("is_major", "=", True),
                ("major_known_date", ">=", self.member_since or legal_today(self)),
            ],
            order="major_known_date, id",
        )
        clocks = self.env["legal.aid.deadline"].search(
            [
                ("res_model", "=", "legal.aid.case"),
                ("res_id", "in", cases.ids),
                ("kind", "=", "major_report"),
                ("state", "!=", "void"),
            ]
        )
        today = legal_today(self)
        found = []
        for clock in clocks.filtered(lambda clock: clock.date_due and (clock.date_done or today) > clock.date_due):
            case = cases.browse(clock.res_id)
            days = {"case": case.name, "due": fields.Date.to_string(clock.date_due)}
            if clock.date_done:
                sentence = self.env._(
                    "Case %(case)s: the report was due on %(due)s and came on %(done)s.",
                    done=fields.Date.to_string(clock.date_done),
                    **days,
                )
            else:
                sentence = self.env._("Case %(case)s: the report was due on %(due)s and has not come.", **days)
            found.append((case, sentence))
        return found

    def _get_shown_elements(self, removal=None):
        """The codes of all elements that evidence or a fact shows."""
        shown = set(self._get_evidence_lines(removal).filtered("is_backed").mapped("element"))
        if not removal:
            shown |= {element for element, _text, _links in self._get_facts()}
        policy = self.env["legal.aid.policy"]._find(self.organization_id, legal_today(self))
        if policy and len(self._get_counting_complaints()) >= policy.complaint_limit:
            shown.add("complaints")
        return shown

    def _do_open_removal(self, ground):
        removals = self.env["legal.aid.removal"]
        if ground.code == "complaints":
            policy = self.env["legal.aid.policy"]._get(self.organization_id, legal_today(self))
            removal = removals._open_for_complaints(self, self._get_counting_complaints(), policy)
        else:
            removal = removals.create({"volunteer_id": self.id, "ground": ground.code})
        if ground.opens_by_fact:
            removal._workflow_write({"opened_by_facts": True})
        for line in self._get_evidence_lines().filtered(lambda line: not line.removal_id):
            line.removal_id = removal
        for element, text, links in self._get_facts():
            if element in ground.codes:
                removal._add_fact(element, text, **{name: record.id for name, record in links.items()})
        rows = removal.sudo().element_ids.no_service_id.filtered(lambda row: row.state == "listed")
        rows._transition("opened", {"removal_id": removal.id})
        return removal

    # The panel

    def _get_ground_panel(self, removal=None):
        """What the widget draws: all grounds, or the one of ``removal``."""
        self.ensure_one()
        lines = self._get_evidence_lines(removal)
        facts = [] if removal else self._get_facts()
        labels = dict(self.env["legal.aid.removal"]._fields["ground"]._description_selection(self.env))
        opened = self._get_open_removals()
        may_act = self.env.user._keeps_team() and self.has_access("write") and self.state in ("active", "suspended")
        if removal:
            may_act = may_act and removal.is_editable
        hints = [] if removal else self._get_hints()
        panel = []
        for ground in removal_grounds.GROUNDS:
            if removal and ground.code != removal.ground:
                continue
            elements = [self._tell_element(element, lines, facts) for element in ground.elements]
            shown = sum(element["is_shown"] for element in elements)
            panel.append(
                {
                    "ground": ground.code,
                    "title": labels[ground.code],
                    "article": f"管理办法{ground.article}",
                    "tone": "danger" if shown == len(elements) else "warning" if shown else "muted",
                    "status": self.env._("%(shown)s of %(all)s shown", shown=shown, all=len(elements)),
                    "is_complete": shown == len(elements),
                    "can_open": bool(may_act and not opened and not removal and shown == len(elements)),
                    "can_add": bool(may_act and not ground.opens_by_fact),
                    "is_open": bool(ground.code in opened.sudo().mapped("ground")),
                    "elements": elements,
                    "hints": [hint for code, hint in hints if code == ground.code],
                }
            )
        return panel

    def _tell_element(self, element, lines, facts):
        """``lines`` and ``facts`` come from the system; words of the evidence are told only to whoever reads them."""
        label = self.env._(element.label)
        if element.code == "complaints":
            return self._tell_complaints(element, label)
        of_element = lines.filtered(lambda line: line.element == element.code)
        may_read = self.env["legal.aid.removal.element"].has_access("read")
        may_read_text = may_read and self.env.user.has_group(OFFICER)
        items = [
            {
                "text": line._get_text()
                if may_read_text
                else self.env._("Evidence of %(date)s", date=fields.Date.to_string(line.date)),
                "model": "legal.aid.removal.element" if may_read else False,
                "id": line.id,
                "note": "" if line.is_backed else self.env._("The paper or record that proves it is missing."),
            }
            for line in of_element
        ]
        known = {(line.case_id.id, line.sanction_id.id, line.no_service_id.id) for line in of_element}
        for code, text, links in facts:
            key = tuple(
                links[name].id if name in links else False for name in ("case_id", "sanction_id", "no_service_id")
            )
            if code == element.code and key not in known:
                record = next(iter(links.values()))
                items.append({"text": text, "model": record._name, "id": record.id, "note": ""})
        is_shown = bool(of_element.filtered("is_backed")) or any(code == element.code for code, _text, _links in facts)
        return self._make_element(element, label, is_shown, items)

    @api.model
    def _make_element(self, element, title, is_shown, items):
        status = self.env._("shown") if is_shown else self.env._("missing")
        return {"element": element.code, "title": title, "is_shown": is_shown, "status": status, "items": items}

    def _tell_complaints(self, element, label):
        counting = self._get_counting_complaints()
        policy = self.env["legal.aid.policy"]._find(self.organization_id, legal_today(self))
        limit = policy.complaint_limit or 2
        readable = self.env["legal.aid.complaint"].has_access("read") and counting._filtered_access("read")
        title = self.env._("%(label)s: %(count)s of %(limit)s", label=label, count=len(counting), limit=limit)
        items = [
            {
                "text": f"{one.display_name} {fields.Date.to_string(one.date)}",
                "model": one._name,
                "id": one.id,
                "note": "",
            }
            for one in readable or ()
        ]
        return self._make_element(element, title, len(counting) >= limit, items)

    def _get_hints(self):
        """``[(ground, hint)]``: what points to a ground but proves nothing by itself, as far as the user reads it."""
        hints = []
        since = self.member_since or legal_today(self)
        if self.env["legal.aid.complaint"].has_access("read"):
            complaints = self.env["legal.aid.complaint"].search(
                [("volunteer_id", "=", self.id), ("state", "=", "verified"), ("date", ">=", since)], order="date, id"
            )
            categories = dict(complaints._fields["category"]._description_selection(self.env))
            for complaint in complaints.filtered(lambda one: one.category in POINTS_TO):
                text = self.env._(
                    "Verified complaint %(name)s: %(category)s",
                    name=complaint.display_name,
                    category=categories[complaint.category],
                )
                hints.append(
                    (POINTS_TO[complaint.category], {"text": text, "model": complaint._name, "id": complaint.id})
                )
        if self.env["legal.aid.substitute.leave"].has_access("read"):
            leaves = self.env["legal.aid.substitute.leave"].search(
                [("volunteer_id", "=", self.id), ("state", "=", "refused"), ("hearing_date", ">=", since)],
                order="hearing_date, id",
            )
            for leave in leaves:
                text = self.env._("A substitute was refused: %(leave)s", leave=leave.display_name)
                hints.append(("delegation", {"text": text, "model": "legal.aid.case", "id": leave.case_id.id}))
        if self.member_since:
            facts = self._get_service_facts(self.member_since, legal_today(self))[self]
            if facts.is_idle:
                text = self.env._("Nothing on record since %(date)s", date=fields.Date.to_string(self.member_since))
                hints.append(("no_service", {"text": text, "model": False, "id": False}))
        return hints
