from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

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
        # Whoever asks for a worker stands on his side, whether he is heard as a caller, in a request or as an agent.
        ("applicant", "request_employer"),
        ("respondent", "requester"),
        ("respondent", "agent"),
        ("representative", "caller"),
        ("representative", "requester"),
        ("representative", "agent"),
        ("agent", "respondent"),
        ("agent", "representative"),
        ("agent", "employer"),
        ("agent", "request_employer"),
    }
)


class Subject(NamedTuple):
    """Somebody in the case who is looked for elsewhere: a party, or the agent who applied, who is none."""

    party_id: int | bool
    role: str
    kind: str
    name_key: str
    id_hash: str | bool

    def match(self, name_key, id_hash):
        """How somebody elsewhere is the same: ``id``, ``uscc`` or ``name``; False where he is not.

        Two people of one name with two numbers are two people.
        """
        if self.id_hash and id_hash:
            number = "id" if self.kind == "person" else "uscc"
            return number if self.id_hash == id_hash else False
        return "name" if self.name_key and self.name_key == name_key else False


class LegalAidCaseConflictMixin(models.AbstractModel):
    """Whether somebody in the case appeared earlier, in whatever role (I11).

    People are found by the keyed hash of their identity number and by name, organizations by credit code and by name: in parties of
    all counties, in consultations, in requests of enterprise unions, and as agents. The employer as an employer is no hit but his
    history (I13).
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
        """Tells whether the parties and the agent are the same as at another time, and nothing else."""
        self.ensure_one()
        parties = sorted(
            f"{subject.role} {subject.name_key} {subject.id_hash}" for subject in self._get_conflict_subjects()
        )
        return self._hash_identity("|".join(parties) or "-")

    def _get_conflict_subjects(self):
        """Who is looked for: the parties with a name, and the agent who applied for the worker."""
        self.ensure_one()
        # The check looks into files of all counties; what the reader is told of them is decided by the hit.
        case_sudo = self.sudo()
        subjects = [
            Subject(party.id, party.role, party.kind, party.name_key, party.id_hash)
            for party in case_sudo.party_ids.filtered("name_key")
        ]
        agent_key = case_sudo.private_ids[:1].agent_key
        return subjects + ([Subject(False, "agent", "person", agent_key, False)] if agent_key else [])

    def _find_conflict_hits(self):
        """What was found, as values of ``legal.aid.conflict.hit`` and ``is_duplicate``; conflicts first."""
        subjects = self._get_conflict_subjects()
        if not subjects:
            return []
        hits = [
            *self._find_party_hits(subjects),
            *self._find_caller_hits(subjects),
            *self._find_request_hits(subjects),
            *self._find_agent_hits(subjects),
        ]
        return sorted(hits, key=lambda hit: (not hit["is_conflict"], not hit["is_duplicate"], hit["matched_by"]))

    @api.model
    def _domain_same(self, people, name="name_key", number="id_hash"):
        """The same name or the same number as one of ``people``, subjects or parties, in the fields ``name`` and ``number``."""
        keys, hashes = {person.name_key for person in people}, {person.id_hash for person in people}
        return Domain(name, "in", list(keys - {False})) | Domain(number, "in", list(hashes - {False}))

    def _find_party_hits(self, subjects):
        """Parties of other cases; but employers are not looked for among employers."""
        employers = [subject for subject in subjects if subject.role == "respondent"]
        others = [subject for subject in subjects if subject.role != "respondent"]
        domain = self._domain_same(others) | (self._domain_same(employers) & Domain("role", "!=", "respondent"))
        names = ["case_id", "role", "name_key", "id_hash"]
        found = (
            self.env["legal.aid.case.party"]
            .sudo()
            .search_fetch(domain & Domain("case_id", "not in", self.ids), names, limit=200, order="id desc")
        )
        hits = []
        for party in found.filtered(lambda party: party.case_id.state != "withdrawn"):
            for subject in subjects:
                how = subject.match(party.name_key, party.id_hash)
                if how and not subject.role == party.role == "respondent":
                    twice = subject.role == party.role == "applicant" and (
                        how != "name" or self._is_same_employer(party.case_id.employer_key)
                    )
                    hits.append(self._prepare_hit(subject, how, party.case_id, party.role, is_duplicate=twice))
        return hits

    def _find_caller_hits(self, subjects):
        """Callers and the employers they asked about; but the call from which this case came is no earlier appearance."""
        elsewhere = Domain("consultation_id", "not in", self.sudo().consultation_ids.ids)
        # That a worker, or who applies for him, asked before is no news.
        others = [subject for subject in subjects if subject.role not in ("applicant", "agent")]
        hits = self._find_by_name("legal.aid.consultation.private", "caller_key", "caller", others, elsewhere)
        elsewhere = Domain("id", "not in", self.sudo().consultation_ids.ids)
        return hits + self._find_by_name(
            "legal.aid.consultation", "employer_key", "employer", self._get_would_be_employers(subjects), elsewhere
        )

    def _find_request_hits(self, subjects):
        """Workers for whom an enterprise union handed in an application, and their employers; not of the request behind this case."""
        handed_in = Domain("state", "!=", "draft") & Domain("case_id", "not in", self.ids)
        domain = self._domain_same(subjects, "applicant_key", "applicant_id_hash")
        found = (
            self.env["legal.aid.service.request.private"]
            .sudo()
            .search_fetch(
                domain & Domain("request_id", "any", handed_in),
                ["request_id", "applicant_key", "applicant_id_hash"],
                limit=MAX_HITS,
                order="id desc",
            )
        )
        hits = []
        for twin in found:
            request = twin.request_id
            for subject in subjects:
                how = subject.match(twin.applicant_key, twin.applicant_id_hash)
                if how:
                    # What became a case is found as that case.
                    waits = subject.role == "applicant" and not request.case_id
                    twice = waits and (how != "name" or self._is_same_employer(request.employer_key))
                    hits.append(self._prepare_hit(subject, how, request, "requester", is_duplicate=twice))
        return hits + self._find_by_name(
            "legal.aid.service.request",
            "employer_key",
            "request_employer",
            self._get_would_be_employers(subjects),
            handed_in,
        )

    def _find_agent_hits(self, subjects):
        """Who applied or called for somebody else."""
        cases = Domain("case_id", "any", Domain("state", "!=", "withdrawn")) & Domain("case_id", "not in", self.ids)
        calls = Domain("consultation_id", "not in", self.sudo().consultation_ids.ids)
        return [
            *self._find_by_name("legal.aid.case.private", "agent_key", "agent", subjects, cases),
            *self._find_by_name("legal.aid.consultation.private", "agent_key", "agent", subjects, calls),
        ]

    @api.model
    def _find_by_name(self, model, field_name, role, subjects, elsewhere):
        """Hits where nothing but a name is on record, in ``field_name`` of ``model``, a record or the twin of one."""
        if not subjects:
            return []
        keys = list({subject.name_key for subject in subjects})
        found = (
            self.env[model].sudo().search(Domain(field_name, "in", keys) & elsewhere, limit=MAX_HITS, order="id desc")
        )
        # What stands on a twin is told of its record.
        is_twin = model.endswith(".private")
        return [
            self._prepare_hit(subject, "name", record[record._rec_name] if is_twin else record, role)
            for record in found
            for subject in subjects
            if subject.name_key == record[field_name]
        ]

    @api.model
    def _get_would_be_employers(self, subjects):
        """Who asks for help here and may be an employer elsewhere: an organization, or the agent of a worker."""
        return [
            subject
            for subject in subjects
            if subject.role == "agent" or (subject.role == "applicant" and subject.kind == "organization")
        ]

    def _is_same_employer(self, employer_key):
        return bool(self.employer_key) and self.employer_key == employer_key

    @api.model
    def _prepare_hit(self, subject, matched_by, record, role, is_duplicate=False):
        # Of a request it is the union that answers it whom one may ask, not the house that wrote it.
        union = record.receiver_id if record._name == "legal.aid.service.request" else record.organization_id
        return {
            "party_id": subject.party_id,
            "is_agent": subject.role == "agent",
            "matched_by": matched_by,
            "is_conflict": (subject.role, role) in SIDES,
            "is_duplicate": is_duplicate,
            "found_model": record._name,
            "found_id": record.id,
            "found_organization_id": union.id,
            "found_role": role,
        }
