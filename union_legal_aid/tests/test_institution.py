from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ..models.organization.legal_day import legal_today
from .common import LegalAidCommon


class InstitutionCommon(LegalAidCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bureau = cls.env["res.partner"].create({"name": "测试甲县司法局", "is_company": True})
        cls.county_a.justice_bureau_id = cls.bureau
        cls.today = legal_today(cls.env["union.institution"])

    @classmethod
    def _create_institution(cls, union, kind="institution", name=None, user=None, **values):
        if kind in ("person", "liaison"):
            values.setdefault("head", "某某")
        return (
            cls.env["union.institution"]
            .with_user(user or cls.env.user)
            .create({"organization_id": union.id, "kind": kind, "name": name or f"{union.name}-{kind}", **values})
        )


@tagged("post_install", "-at_install")
class TestInstitution(InstitutionCommon):
    """O5: what a union has to offer legal aid with (意见 §二, §四)."""

    def test_institution_has_head_functions_and_bureau(self):
        """O5: a joint institution names the justice bureau; it accepts, reviews, assigns and supervises (意见 §二)."""
        own = self._create_institution(self.county_b, head="县总副主席")
        self.assertEqual((own.establishment, own.justice_bureau_id), ("own", self.env["res.partner"]))
        self.assertTrue(
            own.accepts_applications and own.reviews_applications and own.assigns_lawyers and own.supervises_cases
        )
        joint = self._create_institution(self.county_a, establishment="joint")
        self.assertEqual(joint.justice_bureau_id, self.bureau)

    def test_joint_institution_needs_a_bureau(self):
        """O5: who is joint with whom."""
        with self.assertRaisesRegex(ValidationError, self.county_b.name), self.cr.savepoint():
            self._create_institution(self.county_b, establishment="joint")

    def test_station_has_no_functions_of_an_institution(self):
        """O5: a station receives people; what the institution decides stays with the institution."""
        centre = self._create_institution(self.county_a)
        station = self._create_institution(self.enterprise_a, "station", parent_id=centre.id)
        self.assertFalse(station.establishment or station.accepts_applications or station.assigns_lawyers)
        self.assertEqual(centre.child_ids, station)

    def test_hardship_aid_centre_is_a_window(self):
        """O5: 困难职工帮扶中心设专门接待窗口 (意见 §四)."""
        window = self._create_institution(self.county_a, "window", is_hardship_centre=True)
        self.assertTrue(window.is_hardship_centre)
        with self.assertRaisesRegex(ValidationError, "window"), self.cr.savepoint():
            self._create_institution(self.county_a, "station", is_hardship_centre=True)

    def test_station_belongs_to_an_institution_of_its_union_or_above(self):
        """O5: a station answers to an institution: its union's or a superior union's, never a neighbour's."""
        city = self._create_institution(self.city)
        neighbour = self._create_institution(self.county_b)
        window = self._create_institution(self.county_a, "window", parent_id=city.id)
        self.assertEqual(window.parent_id, city)
        with self.assertRaisesRegex(ValidationError, neighbour.name), self.cr.savepoint():
            window.parent_id = neighbour
        station = self._create_institution(self.county_a, "station")
        with self.assertRaisesRegex(ValidationError, station.name), self.cr.savepoint():
            window.parent_id = station
        with self.assertRaisesRegex(ValidationError, city.name), self.cr.savepoint():
            self._create_institution(self.county_a, "institution", parent_id=city.id)

    @mute_logger("odoo.sql_db")
    def test_name_is_unique_per_union_and_kind(self):
        """O5: one name, one place; another union or kind may use it, and so may a successor of an archived one."""
        first = self._create_institution(self.county_a, "station", name="法律援助工作站")
        self._create_institution(self.county_b, "station", name="法律援助工作站")
        self._create_institution(self.county_a, "window", name="法律援助工作站")
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._create_institution(self.county_a, "station", name="法律援助工作站")
        first.active = False
        first.flush_recordset()
        self._create_institution(self.county_a, "station", name="法律援助工作站")

    def test_copy_gets_another_name(self):
        copy = self._create_institution(self.county_a, "station").copy()
        self.assertNotEqual(copy.name, self._create_institution(self.county_b, "station").name)
        self.assertTrue(copy.exists())

    def test_person_is_named(self):
        """O5: a designated person or a liaison officer without a person is nobody."""
        for kind in ("person", "liaison"):
            with self.assertRaises(ValidationError):
                self._create_institution(self.county_a, kind, name=kind, head=False)

    @mute_logger("odoo.sql_db")
    def test_it_cannot_end_before_it_begins(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self._create_institution(self.county_a, date_from="2026-05-02", date_to="2026-05-01")

    def test_in_force_by_dates(self):
        """O5: in force on the first and on the last day, not before and not after."""
        day = timedelta(days=1)
        values = {
            "today only": (self.today, self.today),
            "without dates": (False, False),
            "from tomorrow": (self.today + day, False),
            "until yesterday": (False, self.today - day),
        }
        found = {
            name: self._create_institution(self.county_a, "station", name=name, date_from=start, date_to=end)
            for name, (start, end) in values.items()
        }
        in_force = found["today only"] | found["without dates"]
        everything = in_force.union(*found.values())
        self.assertEqual(everything.filtered("is_in_force"), in_force)
        domain = [("id", "in", everything.ids)]
        self.assertEqual(everything.search([*domain, ("is_in_force", "=", True)]), in_force)
        self.assertEqual(everything.search([*domain, ("is_in_force", "=", False)]), everything - in_force)


@tagged("post_install", "-at_install")
class TestDesignatedPerson(InstitutionCommon):
    """O5: 暂不具备条件单独设立的，应当指定专人: a person stands where there is no institution, not beside one."""

    def test_no_person_beside_an_institution(self):
        institution = self._create_institution(self.county_a, date_from="2026-05-01", date_to="2026-05-31")
        for start, end in (("2026-05-31", False), (False, "2026-05-01"), (False, False), ("2026-05-10", "2026-05-11")):
            with self.assertRaisesRegex(ValidationError, institution.name), self.cr.savepoint():
                self._create_institution(self.county_a, "person", date_from=start, date_to=end)

    def test_person_before_and_after_an_institution(self):
        self._create_institution(self.county_a, date_from="2026-05-01", date_to="2026-05-31")
        self._create_institution(self.county_a, "person", name="前任", date_to="2026-04-30")
        self._create_institution(self.county_a, "person", name="后任", date_from="2026-06-01")

    def test_no_institution_beside_a_person(self):
        """The other way round: a new, longer, moved or revived institution meets the designation."""
        person = self._create_institution(self.county_a, "person", date_from="2026-06-01")
        with self.assertRaisesRegex(ValidationError, person.name), self.cr.savepoint():
            self._create_institution(self.county_a)
        early = self._create_institution(self.county_a, date_to="2026-05-31")
        with self.assertRaisesRegex(ValidationError, person.name), self.cr.savepoint():
            early.date_to = False
        other = self._create_institution(self.county_b)
        with self.assertRaisesRegex(ValidationError, person.name), self.cr.savepoint():
            other.organization_id = self.county_a
        archived = self._create_institution(self.county_a, name="旧", active=False)
        with self.assertRaisesRegex(ValidationError, person.name), self.cr.savepoint():
            archived.action_unarchive()
        station = self._create_institution(self.county_a, "station")
        with self.assertRaisesRegex(ValidationError, person.name), self.cr.savepoint():
            station.kind = "institution"

    def test_institution_of_another_union_does_not_matter(self):
        """A township without its own institution designates a person, though its county has an institution."""
        self._create_institution(self.county_a)
        township = self._create_union("测试甲县某镇工会", "T01AT", "township", self.county_a)
        self.assertTrue(self._create_institution(township, "person"))

    def test_both_in_one_import_are_refused(self):
        rows = [
            {"organization_id": self.county_a.id, "kind": "person", "name": "专人", "head": "某某"},
            {"organization_id": self.county_a.id, "kind": "institution", "name": "援助中心"},
        ]
        with self.assertRaises(ValidationError):
            self.env["union.institution"].create(rows)


@tagged("post_install", "-at_install")
class TestMediationCommittee(InstitutionCommon):
    """O5: 在企业建立劳动争议调解委员会: a committee belongs to an employer, a township or an industry."""

    def test_committee_of_an_employer(self):
        tiers = ("enterprise", "institution", "grassroots", "township", "industry")
        for tier in tiers:
            union = self._create_union(f"测试{tier}工会", f"T01X{tier}", tier, self.county_a)
            self.assertTrue(self._create_institution(union, "committee"))
        for union in (self.city, self.county_a):
            with self.assertRaisesRegex(ValidationError, union.name), self.cr.savepoint():
                self._create_institution(union, "committee")

    def test_union_with_a_committee_stays_an_employers(self):
        """The back door: the tier of the union changes afterwards."""
        self._create_institution(self.enterprise_a, "committee")
        with self.assertRaisesRegex(ValidationError, self.enterprise_a.name), self.cr.savepoint():
            self.enterprise_a.tier = "county"


@tagged("post_install", "-at_install")
class TestInstitutionPhone(InstitutionCommon):
    """O5: everybody reads these phones, so they are looked at, never forced."""

    def _warn(self, phone):
        return self._create_institution(self.county_a, "window", name=phone or "无", phone=phone).phone_warning

    def test_phone_is_checked_softly(self):
        for good in ("0375-6511234", "（0375）6511234", "12351", "12348", False):
            self.assertFalse(self._warn(good), good)
        self.assertIn("area code", self._warn("6511234"))
        self.assertTrue(self._warn("转三号窗口"))

    def test_a_mobile_number_is_pointed_out(self):
        """O5: private mobiles do not belong where everybody reads."""
        self.assertIn("office", self._warn("138 0375 0001"))
        help_text = self.env["union.institution"].fields_get(["phone"])["phone"]["help"]
        self.assertIn("office", help_text)


@tagged("post_install", "-at_install")
class TestInstitutionRights(InstitutionCommon):
    """O5, O2: public to read, kept by the officers of the union itself and of those above it."""

    def test_everybody_reads(self):
        institution = self._create_institution(self.county_a, phone="0375-6511234", head="副主席")
        for user in (
            self.b_officer,
            self.city_officer,
            self.a_finance,
            self.justice,
            self.auditor,
            self.liaison,
            self.lawyer1_user,
        ):
            seen = self.env["union.institution"].with_user(user).search([("id", "=", institution.id)])
            self.assertEqual(seen.read(["phone", "head"])[0]["phone"], "0375-6511234", user.login)

    def test_officers_keep_their_own_and_those_below(self):
        own = self._create_institution(self.county_a, user=self.a_officer)
        below = self._create_institution(self.enterprise_a, "committee", user=self.a_officer)
        (own | below).with_user(self.city_officer).office_hours = "工作日 8:30—17:30"
        with self.assertRaises(AccessError):
            self._create_institution(self.county_b, user=self.a_officer)
        with self.assertRaises(AccessError):
            self._create_institution(self.city, user=self.a_officer)
        with self.assertRaises(AccessError):
            own.with_user(self.b_officer).phone = "0375-1111111"
        with self.assertRaises(AccessError):
            own.with_user(self.a_officer).organization_id = self.county_b

    def test_others_write_nothing(self):
        own = self._create_institution(self.county_a)
        for user in (self.a_finance, self.justice, self.auditor, self.liaison, self.lawyer1_user):
            for operation in ("write", "create", "unlink"):
                self.assertFalse(own.with_user(user).has_access(operation), f"{user.login} {operation}")
        self.assertFalse(own.with_user(self.a_officer).has_access("unlink"))

    def test_officer_enters_one_from_the_union(self):
        """O5: from the union's form an officer, who may not change the union itself, keeps its institutions."""
        self._create_institution(self.county_a, "station")
        action = self.county_a.with_user(self.a_officer).action_open_institutions()
        model = self.env["union.institution"].with_user(self.a_officer).with_context(**action["context"])
        self.assertEqual(len(model.search(action["domain"])), self.county_a.institution_count)
        with Form(model) as form:
            form.name = "测试甲县职工法律援助中心"
            form.head = "县总副主席"
        institution = form.record
        self.assertEqual((institution.organization_id, institution.kind), (self.county_a, "institution"))
        self.county_a.invalidate_recordset()
        self.assertEqual(self.county_a.institution_count, 2)
        with self.assertRaises(AccessError):
            self.county_a.with_user(self.a_officer).institution_ids = [Command.clear()]
