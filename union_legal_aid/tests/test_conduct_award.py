import io

from openpyxl import load_workbook
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .conduct_common import ConductCommon

TODAY = "2026-06-15"


@tagged("post_install", "-at_install")
@freeze_time(f"{TODAY} 02:00:00")
class TestAward(ConductCommon):
    """T11: each body gives its own honours; what comes every two years comes every two years."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bureau = cls.env["res.partner"].create({"name": "测试甲县司法局", "is_company": True})
        cls.county_a.justice_bureau_id = cls.bureau
        cls.a_justice = cls._create_user("t_a_justice", cls.county_a, "justice")
        cls.kinds = {kind.code: kind for kind in cls.env["legal.aid.award.kind"].search([])}
        cls.staff = cls.env["legal.aid.volunteer"].create(
            {
                "partner_id": cls.env["res.partner"].create({"name": "测试专职人员"}).id,
                "organization_id": cls.city.id,
                "kind": "staff",
                "contact_point_ids": cls.county_a.ids,
            }
        )

    def setUp(self):
        super().setUp()
        self._appoint(self.lawyer2)

    def _propose(self, user, kind, union, lawyer=None, **values):
        return (
            self.env["legal.aid.award"]
            .with_user(user)
            .create(
                {
                    "kind": kind,
                    "volunteer_id": (lawyer or self.lawyer1).id,
                    "organization_id": union.id,
                    "date": TODAY,
                    **values,
                }
            )
        )

    def _give(self, proposer, decider, kind, union, lawyer=None, **values):
        award = self._propose(proposer, kind, union, lawyer, **values).with_user(decider)
        award.action_give()
        return award

    # Each its own

    def test_county_gives_its_own(self):
        """T11: the county's officer proposes, its leader gives; to a staff handler as well."""
        award = self._propose(self.a_officer, "county_commendation", self.county_a)
        self.assertEqual((award.state, award.issuer), ("draft", "测试甲县总工会"))
        with self.assertRaises(UserError):
            award.action_give()
        award.with_user(self.a_manager).action_give()
        self.assertEqual((award.state, award.sudo().given_by_id), ("given", self.a_manager))
        self._give(self.a_officer, self.a_manager, "county_commendation", self.county_a, self.staff)

    def test_county_gives_no_other(self):
        """T11, O3: neither a city award, nor the bureau's, nor another county's."""
        with self.assertRaises(AccessError):
            self._propose(self.a_officer, "city_commendation", self.city)
        with self.assertRefused(ValidationError, "its own"):
            self._propose(self.a_officer, "city_commendation", self.county_a)
        with self.assertRaises(AccessError):
            self._propose(self.a_officer, "bureau_commendation", self.county_a)
        with self.assertRaises(AccessError):
            self._propose(self.a_officer, "county_commendation", self.county_b)
        award = self._propose(self.a_officer, "county_commendation", self.county_a)
        with self.assertRaises(UserError):
            award.with_user(self.city_manager).action_give()

    def test_bureau_gives_its_own_only(self):
        """T11: the justice bureau gives its own award by its step, writes no record, and gives nobody else's."""
        dialog = self.env["legal.aid.award.dialog"].with_user(self.a_justice).create({"volunteer_id": self.lawyer1.id})
        dialog.action_confirm()
        award = self.lawyer1.award_ids
        self.assertRecordValues(
            award,
            [{"state": "given", "issuer": "测试甲县司法局", "given_by_id": self.a_justice.id, "level": "bureau"}],
        )
        for user in (self.a_officer, self.a_manager):
            with self.assertRaises(UserError):
                award.with_user(user).action_revoke(note="x")
            with self.assertRaises(UserError):
                self.env["legal.aid.award"].with_user(user).action_commend(self.lawyer1.id)
        awards = self.env["legal.aid.award"].with_user(self.a_justice)
        for kind, union in (("county_commendation", self.county_a), ("bureau_commendation", self.county_b)):
            with self.assertRaises(UserError):
                awards.action_commend(self.lawyer1.id, union.id, kind=kind)
        with self.assertRaises(AccessError):
            awards.action_commend(self.lawyer2.id)
        with self.assertRaises(AccessError):
            self._propose(self.a_justice, "bureau_commendation", self.county_a)
        award.with_user(self.a_justice).action_revoke(note="测试")
        self.assertEqual(award.state, "revoked")

    def test_who_proposed_does_not_decide(self):
        """T11: a leader who proposed it himself leaves the decision to another."""
        award = self._propose(self.city_manager, "city_commendation", self.city)
        with self.assertRefused(UserError, "yourself"):
            award.action_give()

    def test_back_doors(self):
        """T11: no honour is given by write, create, context or import."""
        award = self._propose(self.a_officer, "county_commendation", self.county_a)
        for user in (self.a_officer, self.a_manager):
            with self.assertRaises(AccessError):
                award.with_user(user).write({"state": "given"})
            with self.assertRaises(AccessError):
                self._propose(user, "county_commendation", self.county_a, state="given")
            with self.assertRaises(AccessError):
                award.with_user(user).with_context(default_state="given").copy()
        for user in (self.auditor, self.lawyer1_user):
            with self.assertRaises(AccessError):
                self._propose(user, "county_commendation", self.county_a)

    def test_given_stays_and_is_revoked_with_a_reason(self):
        """T11: what was given is neither changed nor deleted; it is revoked, with a note."""
        award = self._give(self.a_officer, self.a_manager, "county_commendation", self.county_a)
        with self.assertRaises(UserError):
            award.write({"date": "2026-01-01"})
        with self.assertRaises(UserError):
            award.unlink()
        self.assertEqual(award.action_revoke()["res_model"], "legal.aid.reason.dialog")
        award.action_revoke(note="测试")
        self.assertEqual(award.state, "revoked")

    def test_audience(self):
        """T11: the provincial ten are lawyers, not staff."""
        with self.assertRefused(ValidationError, "not for"):
            self._propose(self.city_officer, "province_ten", self.city, self.staff)

    # Every two years

    def test_medal_by_nomination_only(self):
        """T11: a medal is not given outside a round."""
        award = self._propose(self.city_officer, "city_may_day", self.city)
        with self.assertRefused(UserError, "nomination"):
            award.with_user(self.city_manager).action_give()

    def test_twice_within_the_interval(self):
        """T11: the same honour again after 24 months less a day is refused; after 24 months it is given."""
        self.kinds["county_commendation"].interval_months = 24
        self._give(self.a_officer, self.a_manager, "county_commendation", self.county_a, date="2024-06-16")
        with self.assertRefused(UserError, "again after 24 months"):
            self._give(self.a_officer, self.a_manager, "county_commendation", self.county_a, date=TODAY)
        with freeze_time("2026-06-16 02:00:00"):
            self._give(self.a_officer, self.a_manager, "county_commendation", self.county_a, date="2026-06-16")

    def test_twice_at_a_time(self):
        """T11: two proposals made together are not given together within the interval, whoever gives how many; 24 months apart they are."""
        self.kinds["county_commendation"].interval_months = 24
        values = {"kind": "county_commendation", "volunteer_id": self.lawyer1.id, "organization_id": self.county_a.id}
        first, second, third = (
            self.env["legal.aid.award"]
            .with_user(self.a_officer)
            .create([{**values, "date": date} for date in ("2024-06-15", "2026-06-14", "2026-06-15")])
            .with_user(self.a_manager)
        )
        for both in (first + second, second + first, second + third):
            with self.assertRefused(UserError, "twice within 24 months"):
                both.action_give()
            self.assertEqual(set(both.mapped("state")), {"draft"})
        (first + third).action_give()
        self.assertEqual(str(third.again_from), "2028-06-15")
        with self.assertRefused(UserError, "again after 24 months"):
            second.action_give()

    def test_twice_at_the_same_moment(self):
        """T11: two leaders who do not see each other's step: the database refuses the second; another kind, or one taken back, is free."""
        self.kinds["county_commendation"].interval_months = 24
        self._give(self.a_officer, self.a_manager, "county_commendation", self.county_a)
        award = self._propose(self.a_officer, "county_commendation", self.county_a, date="2026-06-01")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            award.with_user(self.a_manager)._give()
            award.flush_recordset()
        self._give(self.city_officer, self.city_manager, "city_commendation", self.city)
        self.lawyer1.award_ids.filtered(lambda given: given.kind == "county_commendation" and given.state == "given")[
            :1
        ].with_user(self.a_manager).action_revoke(note="测试")
        award.with_user(self.a_manager).action_give()

    def test_rounds_made_together(self):
        """T11: nor do two rounds of one kind get in by being entered in one go."""
        values = {"kind_id": self.kinds["city_may_day"].id, "organization_id": self.city.id, "date": TODAY}
        with self.assertRefused(ValidationError, "every 24 months"):
            self.env["legal.aid.award.round"].with_user(self.city_officer).create([values, values])

    def _open_round(self, kind="city_may_day", **values):
        award_round = (
            self.env["legal.aid.award.round"]
            .with_user(self.city_officer)
            .create({"kind_id": self.kinds[kind].id, "organization_id": self.city.id, "date": TODAY, **values})
        )
        award_round.action_compute()
        return award_round

    def _serve(self, lawyer):
        self.env["legal.aid.consultation"].create(
            {
                "date": "2026-06-02",
                "channel": "phone",
                "caller_name": "测试来电",
                "question": "测试",
                "matter_id": self.env["legal.aid.matter"].search([], limit=1).id,
                "organization_id": self.county_a.id,
                "volunteer_id": lawyer.id,
            }
        )

    def _get_candidate(self, award_round, lawyer):
        return award_round.candidate_ids.filtered(lambda candidate: candidate.volunteer_id == lawyer)

    def test_round_from_figures_to_award(self):
        """T11: figures frozen, the officer chooses, the leader approves, the result becomes awards."""
        self._serve(self.lawyer1)
        award_round = self._open_round()
        self.assertEqual(str(award_round.period_start), "2024-06-16")
        candidate = self._get_candidate(award_round, self.lawyer1)
        self.assertEqual((candidate.consultations, candidate.exclusion), (1, False))
        idle = self._get_candidate(award_round, self.lawyer2)
        self.assertIn("no service", idle.exclusion)
        with self.assertRefused(UserError, "no service"):
            idle.is_chosen = True
        with self.assertRaises(UserError):
            award_round.action_request_approval()
        candidate.write({"is_chosen": True, "merits": "测试事迹"})
        self._serve(self.lawyer1)
        self.assertEqual(candidate.consultations, 1, "frozen")
        self.approve(award_round, self.city_officer, self.city_manager)
        self.assertEqual(award_round.state, "nominated")
        with self.assertRaises(UserError):
            candidate.is_chosen = False
        with self.assertRefused(UserError, "each nominee"):
            award_round.action_close()
        candidate.result = "won"
        with self.assertRefused(UserError, "day of the award"):
            award_round.action_close()
        award_round.write({"award_date": TODAY, "document_number": "测工〔2026〕9号"})
        award_round.action_close()
        award = self.lawyer1.award_ids
        self.assertEqual((award.kind, award.state, str(award.date)), ("city_may_day", "given", TODAY))
        self.assertEqual(award.candidate_id, candidate)

    def test_second_round_within_the_interval(self):
        """T11: a round every two years; one that was given up does not count; a holder is out of the next."""
        self._serve(self.lawyer1)
        award_round = self._open_round(date="2026-06-01")
        with self.assertRefused(ValidationError, "every 24 months"):
            self._open_round(date=TODAY)
        award_round.action_cancel()
        award_round = self._open_round(date=TODAY)
        award = (
            self.env["legal.aid.award"]
            ._workflow_env()
            .create(
                {
                    "kind_id": self.kinds["city_may_day"].id,
                    "volunteer_id": self.lawyer1.id,
                    "organization_id": self.city.id,
                    "date": "2025-05-01",
                }
            )
        )
        award._give()
        award_round.action_compute()
        candidate = self._get_candidate(award_round, self.lawyer1)
        self.assertIn("again after 24 months", candidate.exclusion)
        self.assertEqual(str(candidate.last_award_date), "2025-05-01")

    def test_figures_take_as_many_queries_for_any_number(self):
        """T11: the figures of thirty candidates take no more queries than those of three."""
        counts = []
        # The first round only fills the caches of the process.
        for number in (3, 3, 30):
            lawyers = self._add_lawyers(number)
            award_round = self._open_round(date=TODAY)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            award_round.action_compute()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertLessEqual(lawyers, award_round.candidate_ids.volunteer_id)
            award_round.action_cancel()
        self.assertEqual(counts[1], counts[2])

    def _add_lawyers(self, count):
        partners = self.env["res.partner"].create([{"name": f"测试律师{number}"} for number in range(count)])
        lawyers = self.env["legal.aid.volunteer"].create(
            [{"partner_id": partner.id, "organization_id": self.city.id} for partner in partners]
        )
        lawyers._workflow_write({"state": "active"})
        for lawyer in lawyers:
            self._serve(lawyer)
        return lawyers

    def test_limit(self):
        """T11: no more nominations than the kind allows."""
        for lawyer in (self.lawyer1, self.lawyer2):
            self._serve(lawyer)
        self.kinds["province_ten"].limit = 1
        award_round = self._open_round("province_ten")
        served = award_round.candidate_ids.filtered(lambda candidate: not candidate.is_excluded)
        served.write({"is_chosen": True})
        with self.assertRefused(UserError, "at most 1"):
            award_round.action_request_approval()
        served[1:].write({"is_chosen": False})
        award_round.action_request_approval()
        self.assertEqual(award_round.approval_state, "pending")
        served[1:].write({"is_chosen": True})
        self.assertNotEqual(award_round.approval_state, "pending", "whom the leader approves changed")

    def test_verified_complaint_excludes(self):
        """T11: no nomination over a verified complaint, also when it was verified after the figures were taken."""
        self._serve(self.lawyer1)
        award_round = self._open_round()
        candidate = self._get_candidate(award_round, self.lawyer1)
        candidate.is_chosen = True
        self._verify(self._complain())
        with self.assertRefused(UserError, "verified"):
            award_round.action_request_approval()
        award_round.action_compute()
        candidate = self._get_candidate(award_round, self.lawyer1)
        self.assertTrue(candidate.is_excluded)
        self.assertFalse(candidate.is_chosen)

    def test_figures_are_frozen(self):
        """T11: nobody writes a figure, adds a candidate or drops one."""
        self._serve(self.lawyer1)
        award_round = self._open_round()
        candidate = self._get_candidate(award_round, self.lawyer1)
        for user in (self.city_officer, self.city_manager, self.city_administrator):
            with self.assertRaises(AccessError):
                candidate.with_user(user).write({"cases_closed": 99})
            with self.assertRaises(AccessError):
                candidate.with_user(user).create({"round_id": award_round.id, "volunteer_id": self.lawyer1.id})
            with self.assertRaises(AccessError):
                candidate.with_user(user).unlink()
        for user in (self.a_officer, self.a_manager, self.justice, self.lawyer1_user):
            self.assertFalse(award_round.with_user(user).has_access("read"))

    def test_paper_and_workbook(self):
        """T11: the form has the frozen figures and the merits; the workbook every candidate."""
        self._serve(self.lawyer1)
        award_round = self._open_round()
        report = self.env["ir.actions.report"]
        with self.assertRaises(UserError):
            report._render_qweb_html("union_legal_aid.report_award_nomination", award_round.ids)
        self._get_candidate(award_round, self.lawyer1).write({"is_chosen": True, "merits": "=1+1"})
        html = report._render_qweb_html("union_legal_aid.report_award_nomination", award_round.ids)[0].decode()
        self.assertIn(self.lawyer1.name, html)
        self.assertIn("=1+1", html)
        sheet = load_workbook(io.BytesIO(award_round._build_workbook())).active
        self.assertEqual(sheet.max_row, len(award_round.candidate_ids) + 1)

    def test_roster_with_consent_only(self):
        """T11, T13: honours are on the roster only where the lawyer agreed to that, too; a revoked one is off it."""
        award = self._give(self.a_officer, self.a_manager, "county_commendation", self.county_a)
        lawyer = self.lawyer1.with_user(self.lawyer1.user_id)
        lawyer.action_give_consent()
        self.assertFalse(self.lawyer1._get_roster_values()[self.lawyer1]["awards"])
        lawyer.action_give_consent(publish_awards=True)
        self.assertEqual(len(self.lawyer1._get_roster_values()[self.lawyer1]["awards"]), 1)
        award.action_revoke(note="测试")
        self.assertFalse(self.lawyer1._get_roster_values()[self.lawyer1]["awards"])

    def test_lawyer_sees_his_own(self):
        """O2, T11: on the portal each sees what he was given, not what is proposed, and no colleague's."""
        self._propose(self.a_officer, "county_commendation", self.county_a)
        awards = self.env["legal.aid.award"].with_user(self.lawyer1.user_id)
        self.assertFalse(awards.search([]))
        award = self._give(self.a_officer, self.a_manager, "county_commendation", self.county_a)
        self.assertEqual(awards.search([]), award)
        self.assertFalse(awards.with_user(self.lawyer2.user_id).search([("id", "=", award.id)]))
        self.assertTrue(award.with_user(self.city_officer).has_access("read"))
        self.assertFalse(award.with_user(self.b_officer).has_access("read"))
