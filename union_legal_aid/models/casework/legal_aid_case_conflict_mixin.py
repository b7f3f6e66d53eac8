from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools import ids
from ..organization.personal_fields import AUDITOR, OFFICER

# What one check keeps; a name that so many people bear proves nothing.
MAX_HITS = 50
# The role here and the role there: who asks for help here stood against a worker there, or the other way round.
SIDES = frozenset(
    {
        ("applicant", "respondent"),
        ("respondent", "applicant"),
        ("applicant", "employer"),
        ("respondent", "caller"),
        ("representative", "applicant"),
        ("representative", "respondent"),
        ("applicant", "representative"),
    }
)


class LegalAidCaseConflictMixin(models.AbstractModel):
    """Whether somebody in the case appeared earlier, in whatever role, and whether the lawyer stands on the other side (I11, A13).

    People are found by the keyed hash of their identity number and by name, organizations by credit code and by name, in parties of
    all counties and in consultations. The employer as an employer is no hit but his history (I13).
    """

    _name = "legal.aid.case.conflict.mixin"
    _description = "Conflict Check of a Case"

    conflict_check_ids = fields.One2many(
        comodel_name="legal.aid.conflict.check",
        inverse_name="case_id",
        string="Conflict Checks",
        readonly=True,
        copy=False,
        groups=f"{OFFICER},{AUDITOR}",
    )
    conflict_verdict = fields.Selection(
        selection=[
            ("none", "Nothing found"),
            ("duplicate", "Perhaps the same application"),
            ("conflict", "Conflict"),
            ("cleared", "Cleared"),
        ],
        compute="_compute_conflict_verdict",
        compute_sudo=True,
        groups=OFFICER,
    )

    # Compute

    @api.depends("conflict_check_ids")
    def _compute_conflict_verdict(self):
        for case in self:
            case.conflict_verdict = case._get_party_checks()[:1].verdict

    # Actions

    def action_check_conflict(self):
        """Look again for earlier appearances of the parties; the result is kept."""
        self.check_access("write")
        for case in self:
            case._check_conflict("manual")
        return True

    def action_clear_conflict(self, reason_code=None, note="", volunteer_id=None):
        """A leader clears what was found, with a coded reason; it holds until the parties change.

        :param volunteer_id: record or id of the lawyer who may be assigned all the same; without one, the parties are cleared
        """
        if not reason_code:
            return self._open_reason_dialog("action_clear_conflict", "clear_conflict", self.env._("Clear"))
        reason = self.env["legal.aid.reason"]._get_coded("clear_conflict", reason_code)
        self._check_leader()
        lawyer = self._browse_volunteer(volunteer_id)
        for case in self:
            case._do_clear_conflict(reason, note, lawyer)
        return True

    # Business

    def _get_party_checks(self):
        """Those about the parties, the latest first; what was added since the case was read stands last in memory."""
        checks = self.conflict_check_ids.filtered(lambda check: not check.volunteer_id)
        return checks.sorted("id", reverse=True)

    def _do_clear_conflict(self, reason, note, lawyer):
        self.ensure_one()
        conflicts = self._get_lawyer_conflicts(lawyer) if lawyer else {}
        last_sudo = self.sudo()._get_party_checks()[:1]
        if lawyer and not conflicts.get(lawyer):
            raise UserError(
                self.env._(
                    "Nothing stands against %(lawyer)s in case %(case)s, so there is nothing to clear.",
                    lawyer=lawyer.sudo().name,
                    case=self.name,
                )
            )
        if not lawyer and last_sudo.verdict not in ("duplicate", "conflict"):
            raise UserError(
                self.env._("The last check of case %(case)s found nothing that could be cleared.", case=self.name)
            )
        # Checks are written by the steps of the case; nobody has a right to write them.
        self.env["legal.aid.conflict.check"].sudo().create(
            {
                "case_id": self.id,
                "volunteer_id": lawyer.id,
                "checked_by_id": self.env.uid,
                "occasion": "manual",
                "verdict": "cleared",
                "parties_key": self._get_parties_key(),
                "reason_id": reason.id,
                "note": note,
            }
        )

    def _check_conflict(self, occasion):
        """Look for earlier appearances and keep the result; returns the check, readable for the steps of the case."""
        self.ensure_one()
        hits = self._find_conflict_hits()
        verdict = "none"
        if any(hit["is_conflict"] for hit in hits):
            verdict = "conflict"
        elif any(hit["is_duplicate"] for hit in hits):
            verdict = "duplicate"
        lines = [{name: value for name, value in hit.items() if name != "is_duplicate"} for hit in hits]
        # See _do_clear_conflict.
        return (
            self.env["legal.aid.conflict.check"]
            .sudo()
            .create(
                {
                    "case_id": self.id,
                    "checked_by_id": self.env.uid,
                    "occasion": occasion,
                    "verdict": verdict,
                    "parties_key": self._get_parties_key(),
                    "hit_count": len(hits),
                    "hit_ids": [fields.Command.create(line) for line in lines[:MAX_HITS]],
                }
            )
        )

    def _check_conflict_if_changed(self):
        """At the assignment: a new look where the parties are not those that were looked at."""
        for case in self:
            if case.sudo()._get_party_checks()[:1].parties_key != case._get_parties_key():
                case._check_conflict("assign")

    def _get_parties_key(self):
        """Tells whether the parties are the same as at another time, and nothing else."""
        self.ensure_one()
        parties = sorted(
            f"{party.role} {party.name_key} {party.id_hash}" for party in self.sudo().party_ids if party.name_key
        )
        return self._hash_identity("|".join(parties) or "-")

    def _find_conflict_hits(self):
        """What was found, as values of ``legal.aid.conflict.hit`` and ``is_duplicate``; conflicts first."""
        self.ensure_one()
        # The check looks into files of all counties; what the reader is told of them is decided by the hit.
        parties_sudo = self.sudo().party_ids.filtered("name_key")
        if not parties_sudo:
            return []
        hits = [hit for found in self._search_parties(parties_sudo) for hit in self._compare_party(parties_sudo, found)]
        hits += self._find_consultation_hits(parties_sudo)
        return sorted(hits, key=lambda hit: (not hit["is_conflict"], not hit["is_duplicate"], hit["matched_by"]))

    def _search_parties(self, parties):
        """Parties of other cases with the same name or number; but employers are not looked for among employers."""
        others = parties.filtered(lambda party: party.role != "respondent")
        domain = self._domain_same(others) | (self._domain_same(parties - others) & Domain("role", "!=", "respondent"))
        elsewhere = Domain("case_id", "!=", self.id)
        names = ["case_id", "role", "kind", "name_key", "id_hash"]
        found = (
            self.env["legal.aid.case.party"].sudo().search_fetch(elsewhere & domain, names, limit=200, order="id desc")
        )
        return found.filtered(lambda party: party.case_id.state != "withdrawn")

    @api.model
    def _domain_same(self, parties):
        keys, hashes = set(parties.mapped("name_key")) - {False}, set(parties.mapped("id_hash")) - {False}
        return Domain("name_key", "in", list(keys)) | Domain("id_hash", "in", list(hashes))

    def _compare_party(self, parties, found):
        """The hits of one party of another case; two people of one name with two numbers are two people."""
        for party in parties:
            same_number = party.id_hash and party.id_hash == found.id_hash
            differs = party.id_hash and found.id_hash and not same_number
            if not same_number and (differs or party.name_key != found.name_key):
                continue
            if party.role == found.role == "respondent":
                continue
            same_employer = self.employer_key and self.employer_key == found.case_id.employer_key
            yield self._prepare_hit(
                party,
                ("id" if party.kind == "person" else "uscc") if same_number else "name",
                found.case_id,
                found.role,
                is_duplicate=party.role == found.role == "applicant" and bool(same_number or same_employer),
            )

    def _find_consultation_hits(self, parties):
        """Callers and the employers they asked about; but the call from which this case came is no earlier appearance."""
        own = self.sudo().consultation_ids
        people = parties.filtered(lambda party: party.role != "applicant")
        callers = self.env["legal.aid.consultation.private"].sudo()
        domain = Domain("caller_key", "in", people.mapped("name_key")) & Domain("consultation_id", "not in", own.ids)
        found = callers.search_fetch(domain, ["consultation_id", "caller_key"], limit=MAX_HITS, order="id desc")
        hits = [
            self._prepare_hit(party, "name", call.consultation_id, "caller")
            for call in found
            for party in people
            if party.name_key == call.caller_key
        ]
        applicants = parties.filtered(lambda party: party.role == "applicant" and party.kind == "organization")
        if applicants:
            domain = Domain("employer_key", "in", applicants.mapped("name_key")) & Domain("id", "not in", own.ids)
            asked = self.env["legal.aid.consultation"].sudo().search(domain, limit=MAX_HITS, order="id desc")
            hits += [
                self._prepare_hit(party, "name", call, "employer")
                for call in asked
                for party in applicants
                if party.name_key == call.employer_key
            ]
        return hits

    @api.model
    def _prepare_hit(self, party, matched_by, record, role, is_duplicate=False):
        return {
            "party_id": party.id,
            "matched_by": matched_by,
            "is_conflict": (party.role, role) in SIDES,
            "is_duplicate": is_duplicate,
            "found_model": record._name,
            "found_id": record.id,
            "found_organization_id": record.organization_id.id,
            "found_role": role,
        }

    # Business: the lawyer

    def _get_lawyer_conflicts(self, lawyers):
        """``{lawyer: why he stands on the other side, or False}``: he himself, his firm, a client of theirs, a client of his here."""
        self.ensure_one()
        respondents_sudo = self.sudo().party_ids.filtered(lambda party: party.role == "respondent" and party.name_key)
        reasons = dict.fromkeys(lawyers, False)
        if not lawyers or not respondents_sudo:
            return reasons
        keys = set(respondents_sudo.mapped("name_key"))
        # Whose client somebody is, is told to nobody; that there is a conflict, to the office that assigns.
        clients = self._find_conflicting_clients(lawyers, respondents_sudo)
        for lawyer in lawyers:
            lawyer_sudo = lawyer.sudo()
            firm = lawyer_sudo.law_firm_id
            if {ids.normalise_name(lawyer_sudo.name), ids.normalise_name(firm.name)} & keys:
                reasons[lawyer] = self.env._(
                    "%(lawyer)s or his firm is itself the respondent.", lawyer=lawyer_sudo.name
                )
            elif any(client.volunteer_id == lawyer_sudo or (firm and client.law_firm_id == firm) for client in clients):
                reasons[lawyer] = self.env._(
                    "A respondent is a client of %(lawyer)s or his firm.", lawyer=lawyer_sudo.name
                )
        self._add_earlier_sides(reasons, respondents_sudo)
        return reasons

    def _find_conflicting_clients(self, lawyers, respondents):
        today = fields.Date.context_today(self)
        whose = Domain("volunteer_id", "in", lawyers.ids) | Domain("law_firm_id", "in", lawyers.sudo().law_firm_id.ids)
        numbers = {ids.normalise_id(number) for number in respondents.mapped("id_number")} - {""}
        who = Domain("name_key", "in", respondents.mapped("name_key")) | Domain("uscc", "in", list(numbers))
        # Who was a client when the worker applied stays one for this case.
        when = Domain("date_to", "=", False) | Domain("date_to", ">=", min(self.application_date, today))
        return self.env["legal.aid.firm.client"].sudo().search(whose & who & when)

    def _add_earlier_sides(self, reasons, respondents):
        """Lawyers who acted for a respondent, or for a respondent as their client, in another case or in this one."""
        parties = self.env["legal.aid.case.party"].sudo()
        names = {ids.normalise_name(lawyer.sudo().name): lawyer for lawyer, reason in reasons.items() if not reason}
        same = self._domain_same(respondents)
        stood = Domain("role", "=", "representative") & Domain("side", "=", "respondent")
        for party in parties.search(stood & Domain("name_key", "in", list(names))):
            opponents = party.case_id.party_ids.filtered(lambda other: other.role == "respondent")
            if party.case_id == self.sudo() or opponents.filtered_domain(same):
                lawyer = names[party.name_key]
                reasons[lawyer] = self.env._(
                    "%(lawyer)s represented a respondent of this case.", lawyer=lawyer.sudo().name
                )
        helped = Domain("role", "=", "applicant") & Domain(
            "case_id.volunteer_id", "in", [lawyer.id for lawyer in names.values()]
        )
        for party in parties.search(same & helped):
            lawyer = party.case_id.volunteer_id.sudo(False)
            reasons[lawyer] = self.env._("%(lawyer)s acted for a respondent of this case.", lawyer=lawyer.sudo().name)

    def _is_lawyer_cleared(self, lawyer):
        """Whether a leader cleared this lawyer for the parties as they are now."""
        self.ensure_one()
        cleared = self.sudo().conflict_check_ids.filtered(
            lambda check: check.volunteer_id == lawyer.sudo() and check.verdict == "cleared"
        )
        return self._get_parties_key() in cleared.mapped("parties_key")

    def _get_lawyer_conflict_reason(self, lawyer):
        """Why this lawyer may not take the case on account of whom he stands for, or False."""
        self.ensure_one()
        conflict = self._get_lawyer_conflicts(lawyer)[lawyer]
        if not conflict or self._is_lawyer_cleared(lawyer):
            return False
        return self.env._(
            "Case %(case)s: %(conflict)s Choose another lawyer, or have a leader clear the conflict with a reason.",
            case=self.name,
            conflict=conflict,
        )
