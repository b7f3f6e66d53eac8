from odoo import api, fields, models
from odoo.fields import Domain

from ..organization.personal_fields import OFFICER
from ..organization.wording import join_names, join_sentences

# While aid is not decided, a second application for the same matter is worth a warning.
INTAKE = ("draft", "submitted", "supplement", "granted")
# A request is waiting while no case came of it.
WAITING = ("submitted", "returned")


class LegalAidCaseDuplicateMixin(models.AbstractModel):
    """Whether the worker applied before, told while the application is being typed (I11, I10).

    Of what the officer may open he reads the numbers. That the same worker asked another union for help against the same employer he
    is told with the union to call, and nothing of its file.
    """

    _name = "legal.aid.case.duplicate.mixin"
    _description = "Duplicate of an Application"

    duplicate_warning = fields.Text(compute="_compute_duplicate_warning", groups=OFFICER)

    # Compute

    @api.depends("state", "applicant_id_number", "applicant_id_hash", "employer_key", "employer_uscc")
    @api.depends_context("uid", "lang")
    def _compute_duplicate_warning(self):
        early = self.filtered(lambda case: case.state in INTAKE)
        # Later the check for conflicts says it, and says more.
        (self - early).duplicate_warning = False
        # While it is typed, the number stands on no twin yet.
        hashes = {case: self._hash_identity(case.applicant_id_number) or case.applicant_id_hash for case in early}
        keys = list({key for key in hashes.values() if key})
        cases_sudo, cases = self._find_same_applicants(keys)
        twins_sudo, requests = self._find_same_requests(keys)
        employers = [case.employer_key for case in early if case.employer_key]
        counts = (
            dict(self._read_group([("employer_key", "in", employers)], ["employer_key"], ["__count"]))
            if employers
            else {}
        )
        for case in early:
            itself = case._origin
            same_sudo = cases_sudo.filtered(lambda other, key=hashes[case]: other.applicant_id_hash == key) - itself
            asked_sudo = twins_sudo.filtered(lambda twin, key=hashes[case]: twin.applicant_id_hash == key).request_id
            others = counts.get(case.employer_key, 0) - (1 if itself.employer_key == case.employer_key else 0)
            # Compared and named as far as the rules of the reader go; the rest is told by its union.
            hidden = case._get_unions_told_of(same_sudo - cases, asked_sudo - requests)
            sentences = [
                *case._describe_duplicates(same_sudo & cases, asked_sudo & requests),
                *case._describe_hidden_duplicates(hidden),
                *case._describe_employer_count(others if case.employer_key else 0),
            ]
            case.duplicate_warning = join_sentences(self.env, sentences) or False

    # Business

    @api.model
    def _find_same_applicants(self, keys):
        """``(all cases of these applicants as superuser, those that the user may open)``."""
        if not keys:
            return self.sudo().browse(), self.browse()
        found_sudo = self.sudo().search(Domain("state", "!=", "withdrawn") & Domain("applicant_id_hash", "in", keys))
        return found_sudo, self.search(Domain("id", "in", found_sudo.ids))

    @api.model
    def _find_same_requests(self, keys):
        """``(twins of all waiting requests for these workers as superuser, the requests that the user may open)``."""
        twins_sudo = self.env["legal.aid.service.request.private"].sudo()
        requests = self.env["legal.aid.service.request"]
        if not keys:
            return twins_sudo, requests
        waiting = Domain("state", "in", WAITING) & Domain("case_id", "=", False)
        found_sudo = twins_sudo.search(Domain("applicant_id_hash", "in", keys) & Domain("request_id", "any", waiting))
        return found_sudo, requests.search(Domain("id", "in", found_sudo.request_id.ids))

    def _get_unions_told_of(self, cases_sudo, requests_sudo):
        """The unions that keep an application of this worker against the same employer which the user may not open."""
        same_cases = cases_sudo.filtered(
            lambda other: (
                self._is_same_employer(other.employer_key)
                or (self.employer_uscc and self.employer_uscc == other.employer_uscc)
            )
        )
        same_requests = requests_sudo.filtered(lambda request: self._is_same_employer(request.employer_key))
        return same_cases.organization_id | same_requests.receiver_id

    def _describe_duplicates(self, cases, requests):
        if cases:
            yield self.env._(
                "The same identity number stands in: %(cases)s.",
                cases=join_names(self.env, cases.mapped("display_name")),
            )
        if requests:
            yield self.env._(
                "An enterprise union handed in an application for the same worker: %(requests)s. Accept or return it first.",
                requests=join_names(self.env, requests.mapped("display_name")),
            )

    def _describe_hidden_duplicates(self, unions):
        for union in unions:
            if union.phone:
                yield self.env._(
                    "%(union)s has an application of the same worker against the same employer. Call it before you go on: %(phone)s.",
                    union=union.name,
                    phone=union.phone,
                )
            else:
                yield self.env._(
                    "%(union)s has an application of the same worker against the same employer. Ask it before you go on.",
                    union=union.name,
                )

    def _describe_employer_count(self, count):
        if count > 0:
            yield self.env._("The same employer stands in %(count)s other cases that you may open.", count=count)
