from lxml import etree

from odoo.tests import Form, tagged

from .access_common import LegalAidAccessCommon

# One of each role that works in the back office.
READERS = (
    ("officer", "city"),
    ("officer", "county_a"),
    ("manager", "county_a"),
    ("finance", "city"),
    ("finance", "county_a"),
    ("justice", "city"),
    ("auditor", "city"),
    ("liaison", "enterprise_a"),
)


@tagged("post_install", "-at_install")
class TestFormsOpen(LegalAidAccessCommon):
    """O2: whoever may read a record can open its page: no field on it asks for more rights than he has."""

    def test_every_page_opens_for_its_readers(self):
        opened = 0
        for role, union in READERS:
            user = self._get_person(role, union).user
            for model, specimens in self.specimens.items():
                if self.env[model]._transient or not self._has_own_form(model):
                    continue
                records = self.env[model].browse([specimen.record.id for specimen in specimens]).with_user(user)
                for record in records._filtered_access("read")[:1]:
                    self.env.invalidate_all()
                    with self.subTest(role=role, union=union, model=model):
                        Form(record)
                        opened += 1
        self.assertGreater(opened, 200)

    def _has_own_form(self, model):
        views = self.env["ir.ui.view"].search([("model", "=", model), ("type", "=", "form"), ("mode", "=", "primary")])
        return any(etree.fromstring(view.arch).tag == "form" for view in views)
