from odoo import api, models
from odoo.fields import Domain

from ...tools import ids
from ..organization.legal_day import legal_today

# What a lawyer is to a case when he is found among its parties.
RESPONDENT, ITSELF = "respondent", "party"


class LegalAidCaseLawyerConflictMixin(models.AbstractModel):
    """Whether a lawyer stands on the other side of a case: he himself, his firm, or a client of theirs (A13, C2).

    He is found among the parties by the keyed hash of his identity number, and by name where a number is missing on either side.
    """

    _name = "legal.aid.case.lawyer.conflict.mixin"
    _description = "Conflict Check of a Lawyer"

    # Business

    def _get_lawyer_conflicts(self, lawyers):
        """``{lawyer: why he stands on the other side, or False}``: himself, his firm, their clients, whom he stood for before."""
        self.ensure_one()
        reasons = dict.fromkeys(lawyers, False)
        parties_sudo = self.sudo().party_ids.filtered("name_key")
        if not lawyers or not parties_sudo:
            return reasons
        respondents_sudo = parties_sudo.filtered(lambda party: party.role == "respondent")
        # Whose client somebody is, is told to nobody; that there is a conflict, to the office that assigns.
        clients = self._find_conflicting_clients(lawyers, respondents_sudo)
        for lawyer in lawyers:
            lawyer_sudo = lawyer.sudo()
            firm = lawyer_sudo.law_firm_id
            names = {"lawyer": lawyer_sudo.name}
            found = self._find_lawyer_among(lawyer_sudo, parties_sudo)
            if found == RESPONDENT or (firm and ids.normalise_name(firm.name) in respondents_sudo.mapped("name_key")):
                reasons[lawyer] = self.env._("%(lawyer)s or his firm is itself the respondent.", **names)
            elif found:
                reasons[lawyer] = self.env._("%(lawyer)s is himself a party of this case.", **names)
            elif any(client.volunteer_id == lawyer_sudo or (firm and client.law_firm_id == firm) for client in clients):
                reasons[lawyer] = self.env._("A respondent is a client of %(lawyer)s or his firm.", **names)
        self._add_earlier_sides(reasons, parties_sudo)
        return reasons

    @api.model
    def _is_lawyer(self, lawyer, party):
        """Whether a party is this lawyer; two people of one name with two numbers are two people."""
        number = lawyer.private_ids[:1].resident_id_hash
        if number and party.id_hash:
            return number == party.id_hash
        return party.name_key == ids.normalise_name(lawyer.name)

    def _find_lawyer_among(self, lawyer, parties):
        """What the lawyer is among the parties of this case, or False; who stands beside the worker is no opponent."""
        found = parties.filtered(
            lambda party: (
                not (party.role == "representative" and party.side == "applicant") and self._is_lawyer(lawyer, party)
            )
        )
        return RESPONDENT if "respondent" in found.mapped("role") else bool(found) and ITSELF

    def _find_conflicting_clients(self, lawyers, respondents):
        today = legal_today(self)
        whose = Domain("volunteer_id", "in", lawyers.ids) | Domain("law_firm_id", "in", lawyers.sudo().law_firm_id.ids)
        numbers = {ids.normalise_id(number) for number in respondents.mapped("id_number")} - {""}
        who = Domain("name_key", "in", respondents.mapped("name_key")) | Domain("uscc", "in", list(numbers))
        # Who was a client when the worker applied stays one for this case.
        when = Domain("date_to", "=", False) | Domain("date_to", ">=", min(self.application_date, today))
        return self.env["legal.aid.firm.client"].sudo().search(whose & who & when)

    def _add_earlier_sides(self, reasons, parties):
        """Lawyers who stood against one of the parties, or for a respondent, in another case."""
        applicants = parties.filtered(lambda party: party.role == "applicant")
        respondents = parties.filtered(lambda party: party.role == "respondent")
        # Other cases, whoever keeps them; told is the lawyer's name and that there is one.
        lawyers = self.env["legal.aid.volunteer"].union(*(lawyer for lawyer, reason in reasons.items() if not reason))
        earlier = self._search_lawyers_as_parties(lawyers.sudo())
        for lawyer in lawyers:
            own = earlier.filtered(lambda party, lawyer=lawyer: self._is_lawyer(lawyer.sudo(), party))
            reasons[lawyer] = self._get_earlier_side_reason(lawyer, own, applicants, respondents)
        open_lawyers = [lawyer.id for lawyer in lawyers if not reasons[lawyer]]
        helped = Domain("role", "=", "applicant") & Domain("case_id.volunteer_id", "in", open_lawyers)
        for party in earlier.search(self._domain_same(respondents) & helped):
            lawyer = party.case_id.volunteer_id.sudo(False)
            reasons[lawyer] = self.env._("%(lawyer)s acted for a respondent of this case.", lawyer=lawyer.sudo().name)

    def _search_lawyers_as_parties(self, lawyers):
        """Where the lawyers, as superuser, are parties of other cases."""
        names = {ids.normalise_name(lawyer.name) for lawyer in lawyers} - {""}
        hashes = set(lawyers.private_ids.mapped("resident_id_hash")) - {False}
        same = Domain("name_key", "in", list(names)) | Domain("id_hash", "in", list(hashes))
        elsewhere = Domain("case_id", "any", Domain("state", "!=", "withdrawn")) & Domain("case_id", "not in", self.ids)
        return self.env["legal.aid.case.party"].sudo().search(same & elsewhere)

    def _get_earlier_side_reason(self, lawyer, appearances, applicants, respondents):
        """Why the lawyer's ``appearances`` as a party of other cases speak against him here, or False."""
        names = {"lawyer": lawyer.sudo().name}
        for party in appearances:
            others = party.case_id.party_ids
            same_respondent = others.filtered(lambda other: other.role == "respondent").filtered_domain(
                self._domain_same(respondents)
            )
            same_applicant = others.filtered(lambda other: other.role == "applicant").filtered_domain(
                self._domain_same(applicants)
            )
            opposed = party.role == "respondent" or (party.role == "representative" and party.side != "applicant")
            if party.role == "representative" and opposed and same_respondent:
                return self.env._("%(lawyer)s represented a respondent of this case.", **names)
            if opposed and same_applicant:
                return self.env._("%(lawyer)s stood against the applicant in another case.", **names)
            if party.role == "applicant" and same_respondent:
                return self.env._("%(lawyer)s himself had a case against a respondent of this case.", **names)
        return False

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
