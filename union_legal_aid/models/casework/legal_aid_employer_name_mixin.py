from odoo import api, models
from odoo.fields import Domain

from ...tools import ids
from ..organization.personal_fields import OFFICER
from .union_organization import HOUSE_TIERS

SHORTEST, MOST = 2, 8


class LegalAidEmployerNameMixin(models.AbstractModel):
    """Names of employers that the user's union knows, offered while one is typed, so that one employer is written in one way (I13).

    Each is looked up under the user's own rights: enterprise unions below his own, key enterprises, the employers of cases that he may
    open. No other union's employers are offered.
    """

    _name = "legal.aid.employer.name.mixin"
    _description = "Known Names of Employers"

    # Business

    @api.model
    @api.readonly
    def search_employer_names(self, text):
        """``[{"name": …, "hint": where it is known from}]``, for the page; each employer once, what was typed exactly first.

        The way an enterprise union writes it goes before that of a list of key enterprises, and this before that of most cases.
        """
        key = ids.normalise_name(text)
        if len(key) < SHORTEST or not self.env.user.has_group(OFFICER):
            return []
        known = {}
        for name, hint in (
            *self._find_names_of_houses(key),
            *self._find_names_of_key_employers(key),
            *self._find_names_in_cases(key),
        ):
            known.setdefault(ids.normalise_name(name), {"name": name, "hint": hint})
        found = sorted(known, key=lambda other: (other != key, not other.startswith(key)))
        return [known[other] for other in found[:MOST]]

    @api.model
    def _find_names_of_houses(self, key):
        domain = (
            Domain("id", "child_of", self.env.user.access_organization_ids.ids)
            & Domain("tier", "in", HOUSE_TIERS)
            & (Domain("employer_key", "ilike", key) | Domain("employer_card_key", "ilike", key))
        )
        for union in self.env["union.organization"].search(domain, limit=MOST):
            yield union._get_employer_name(), union.name

    @api.model
    def _find_names_of_key_employers(self, key):
        for employer in self.env["legal.aid.key.employer"].search(Domain("name_key", "ilike", key), limit=MOST):
            yield employer.name, self.env._("key enterprise")

    @api.model
    def _find_names_in_cases(self, key):
        groups = self.env["legal.aid.case"]._read_group(
            Domain("employer_key", "ilike", key), ["employer_name"], ["__count"], limit=2 * MOST, order="__count desc"
        )
        for name, count in groups:
            yield name, self.env._("cases: %(count)s", count=count)
