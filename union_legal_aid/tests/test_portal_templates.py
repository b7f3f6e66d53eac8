import re
from unittest.mock import patch

from odoo import http, models
from odoo.tests import tagged

from .portal_routes_common import LegalAidPortalRoutesCommon

# What Odoo's own layout of the portal brings along.
ODOO_OWN = {"sales_user"}
PATH = re.compile(r"\b(?:\w+\.)+(\w+)")


def find_records(value, seen):
    """Every recordset within ``value``, however deep."""
    if isinstance(value, models.BaseModel):
        yield value
        return
    # What is only passing by has an address that the next thing may get.
    if id(value) in seen:
        return
    seen[id(value)] = value
    if isinstance(value, dict):
        for one in (*value.keys(), *value.values()):
            yield from find_records(one, seen)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for one in value:
            yield from find_records(one, seen)
    elif type(value).__module__.startswith("odoo.addons.union_legal_aid"):
        yield from find_records(vars(value), seen)


@tagged("post_install", "-at_install")
class TestPortalTemplates(LegalAidPortalRoutesCommon):
    """P1, P2, O2: a page of the portal gets what its reader may read, and nothing that a template could read as superuser."""

    def _spy(self, user, addresses):
        """What each page was given to render: ``{address: values}``."""
        given = {}
        render = http._Response.render

        def note(response):
            given[self.address] = dict(response.qcontext)
            return render(response)

        self.login(user)
        with patch.object(http._Response, "render", note):
            for self.address in addresses:
                self.url_open(self.address)
        return given

    def test_no_superuser_in_a_template(self):
        """O2: each recordset that any page is given is under the rights of its reader, and of nobody else."""
        for user, of_enterprise in ((self.lawyer1_user, False), (self.enterprise_user, True)):
            addresses = ["/my", *(address for address, _names in self._each_route("GET", of_enterprise))]
            given = self._spy(user, addresses)
            self.assertIn("/my", given)
            for address, values in given.items():
                own = {name: value for name, value in values.items() if name not in ODOO_OWN}
                for record in find_records(own, {}):
                    with self.subTest(address=address, record=record):
                        self.assertFalse(record.env.su)
                        self.assertEqual(record.env.user, user)

    def test_every_page_was_watched(self):
        """The watch is no illusion: pages of all kinds were seen, with records on them."""
        given = self._spy(self.lawyer1_user, ["/my", f"/my/cases/{self.case.id}"])
        case = given[f"/my/cases/{self.case.id}"]
        self.assertIn(self.case, list(find_records(case, {})))
        self.assertTrue(case["logs"])
        self.assertTrue(given["/my"]["legal_aid_home"]["clocks"])

    def test_templates_do_not_become_superuser(self):
        """O2: no template asks for more rights than its reader has."""
        for view in self._get_templates():
            with self.subTest(template=view.key):
                self.assertNotIn("sudo", view.arch_db)

    def test_lists_come_from_searches(self):
        """O2: a page lists what a search found under its reader's rights; a list of a record may hold what a check looked at before."""
        lists = {
            name
            for model in self.env.registry.values()
            if model._name.startswith(("legal.aid.", "union."))
            for name, field in model._fields.items()
            if field.type == "one2many"
        }
        for view in self._get_templates():
            with self.subTest(template=view.key):
                self.assertFalse(lists.intersection(PATH.findall(view.arch_db)))

    def _get_templates(self):
        templates = self.env["ir.ui.view"].search(
            [("type", "=", "qweb"), ("key", "=like", "union\\_legal\\_aid.portal\\_%")]
        )
        self.assertGreater(len(templates), 40)
        return templates.with_context(lang=None)
