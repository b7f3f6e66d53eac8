import re
from collections import Counter

from odoo import models
from odoo.exceptions import AccessError

from ..models.organization.union_organization import CASE_TIERS
from ..tools import ids
from .union_new_county_user import LONELY_ROLES

# A union stands below one of a lower rank; enterprises may stand below enterprises.
RANKS = {
    "province": 0,
    "city": 1,
    "county": 2,
    "zone": 2,
    "industry": 3,
    "township": 4,
    "enterprise": 5,
    "institution": 5,
    "grassroots": 6,
}
SAME_RANK_FROM = 5
LOGIN = re.compile(r"[^\s@/\\]{2,}(@[^\s@]+)?")


class UnionNewCountyCheckMixin(models.AbstractModel):
    """What does not fit in the dialog for a new union: sentences, all of them at once, before anything is created."""

    _name = "union.new.county.check.mixin"
    _description = "Checks of a New Union"

    # Business

    def _find_problems(self):
        """Sentences that say what is wrong and what to do; none when the union can be set up."""
        self.ensure_one()
        if self.is_done:
            return [self.env._("This dialog has done its work. Open it anew for another union.")]
        self._check_in_reach()
        problems = self._find_problems_of_union() + self._find_problems_of_money()
        for line in self._get_people():
            problems += self._find_problems_of_person(line)
        return problems + self._find_problems_of_logins() + self._find_problems_of_approval()

    def _check_in_reach(self):
        """Accounts and unions only at or below the administrator's own unions; those he is lent for some days do not count."""
        own = self.env.user.sudo().union_organization_ids
        union = self.organization_id or self.parent_id
        if not union and self.env.is_system():
            return  # founds a tree of its own, such as a second city
        if not union or not any(union._is_at_or_below(mine) for mine in own):
            raise AccessError(
                self.env._(
                    "You set up unions at and below your own, and %(union)s is not among them. Choose another superior union.",
                    union=union.name or self.env._("a union without superior"),
                )
            )

    def _find_problems_of_union(self):
        name, code, prefix = ((text or "").strip() for text in (self.name, self.code, self.document_prefix))
        problems = []
        if not name:
            problems.append(self.env._("The name of the union is missing. Enter it."))
        if not code:
            problems.append(self.env._("The code of the union is missing. Enter the division code, six digits."))
        if self.gb_code and not re.fullmatch(r"\d{6}", self.gb_code):
            problems.append(
                self.env._(
                    "Division code %(code)s has not six digits. Correct it, or leave it empty.", code=self.gb_code
                )
            )
        if self.handles_cases and not prefix:
            problems.append(self.env._("The document prefix is missing, so cases could have no number. Enter it."))
        return problems + self._find_problems_of_place() + self._find_taken(name, code, prefix)

    def _find_problems_of_place(self):
        union = self.organization_id
        if union:
            fits = (self.tier, self.parent_id) == (union.tier, union.parent_id)
            return (
                []
                if fits
                else [self.env._("%(union)s was changed meanwhile. Open this dialog anew.", union=union.name)]
            )
        if not self.parent_id:
            if self.tier in ("province", "city"):
                return []
            return [self.env._("Only a province or a city has no superior union. Choose the superior union.")]
        above, here = RANKS[self.parent_id.tier], RANKS[self.tier]
        if here > above or here == above >= SAME_RANK_FROM:
            return []
        return [
            self.env._(
                "A union of this tier cannot stand below %(parent)s. Choose another tier or another superior union.",
                parent=self.parent_id.name,
            )
        ]

    def _find_taken(self, name, code, prefix):
        problems = []
        if other := self._find_other("code", code):
            problems.append(
                self.env._(
                    "Code %(code)s is taken already by %(union)s. Enter another one.", code=code, union=other.name
                )
            )
        if other := self._find_other("document_prefix", prefix):
            problems.append(
                self.env._(
                    "Document prefix %(prefix)s belongs to %(union)s already. Enter another one.",
                    prefix=prefix,
                    union=other.name,
                )
            )
        if other := self._find_other("name", name):
            problems.append(
                self.env._(
                    "%(union)s is here already, with code %(code)s. Open it under Unions and set up its people there.",
                    union=other.name,
                    code=other.code,
                )
            )
        return problems

    def _find_other(self, field, value):
        # What another union has is taken, archived or not, and whoever may see it.
        unions_sudo = self.env["union.organization"].sudo().with_context(active_test=False)
        others = [("id", "!=", self.organization_id.id), (field, "=", value)]
        return value and unions_sudo.search(others, limit=1)

    def _find_problems_of_money(self):
        if not self.handles_cases or self.bears_case_expense:
            return []
        payer = self.payer_organization_id or (self.parent_id and self.parent_id._get_city())
        if not payer or payer == self.organization_id:
            return [self.env._("Nobody would pay this union's case fees. Choose who pays, or let it bear them itself.")]
        if self.parent_id and not self.parent_id._is_at_or_below(payer):
            return [
                self.env._(
                    "%(payer)s does not stand above this union, so it is not yours to let it pay. Choose a superior union.",
                    payer=payer.name,
                )
            ]
        if not payer.bears_case_expense:
            return [
                self.env._(
                    "%(payer)s does not bear case fees itself, so it cannot pay this union's. Choose another payer.",
                    payer=payer.name,
                )
            ]
        return []

    def _find_problems_of_person(self, line):
        name, login, roles = line.name.strip(), (line.login or "").strip(), line._get_roles()
        problems = []
        if not roles:
            problems.append(self.env._("%(name)s has no role. Tick at least one.", name=name))
        if len(roles) > 1 and any(role in LONELY_ROLES for role in roles):
            problems.append(
                self.env._(
                    "%(name)s: justice bureau and auditors oversee the others' work and hold no other role. Tick one role.",
                    name=name,
                )
            )
        if line.is_justice and not (self.justice_bureau_id or (self.justice_bureau_name or "").strip()):
            problems.append(
                self.env._("%(name)s is of the justice bureau, but no bureau is named. Choose or enter it.", name=name)
            )
        if not login:
            problems.append(self.env._("%(name)s has no sign-in name. Enter one.", name=name))
        elif ids.check_mobile(login)[0] or ids.check_resident_id(login)[0]:
            problems.append(
                self.env._(
                    "The sign-in name of %(name)s is a phone or identity number, which colleagues would see. Enter another one.",
                    name=name,
                )
            )
        elif not LOGIN.fullmatch(login):
            problems.append(
                self.env._(
                    "Sign-in name %(login)s of %(name)s is too short or holds blanks. Correct it.",
                    login=login,
                    name=name,
                )
            )
        return problems

    def _find_problems_of_logins(self):
        """Sign-in names that are taken or stand twice; small and capital letters count as the same."""
        names = Counter((line.login or "").strip().lower() for line in self._get_people())
        names.pop("", None)
        problems = [
            self.env._("Sign-in name %(login)s stands twice here. Give each person another one.", login=login)
            for login, count in names.items()
            if count > 1
        ]
        # Accounts that this administrator may not see count all the same, archived ones included.
        users_sudo = self.env["res.users"].sudo().with_context(active_test=False)
        for login in names:
            if users_sudo.search_count([("login", "=ilike", login.replace("_", r"\_").replace("%", r"\%"))], limit=1):
                problems.append(self.env._("Sign-in name %(login)s is taken. Enter another one.", login=login))
        return problems

    def _find_problems_of_approval(self):
        """Who registers does not approve (four eyes), so two people are needed, or a leader above."""
        if self.tier not in CASE_TIERS:
            return [] if self._get_people() else [self._tell_nobody()]
        people = self._get_people()
        rules = self.env["legal.aid.approval.rule"]
        present = rules._get_managers(self.organization_id) if self.organization_id else self.env["res.users"]
        managers = people.filtered("is_manager")
        if not people:
            return [self._tell_nobody()]
        if not managers and not present:
            return [
                self.env._("Nobody could approve: no person here is a manager. Tick the leader in charge as manager.")
            ]
        workers = people.filtered(lambda line: line.is_officer or line.is_manager)
        superior = self.organization_id.parent_id or self.parent_id
        if len(workers) + len(present) < 2 and not (superior and rules._get_managers(superior)):
            return [
                self.env._(
                    "%(name)s would register and approve alone, and no leader of a superior union could decide instead. Add a"
                    " second person as officer or manager.",
                    name=workers[:1].name or present.name,
                )
            ]
        return []

    def _tell_nobody(self):
        return self.env._("Nobody is entered. Enter at least one person with a role.")
