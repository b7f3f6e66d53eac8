import base64

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import BaseCase
from odoo.tools import mute_logger

from ..tools import deidentify
from .casework_common import WORKER_ID, LegalAidCaseworkCommon

MAY = "2026-05-20"


@tagged("post_install", "-at_install", "union_tools")
class TestToolsDeidentify(BaseCase):
    """V2, F§11: what tells who somebody is."""

    def test_found(self):
        for text, found in (
            ("张某等12名农民工追索劳动报酬案", set()),
            (f"身份证{WORKER_ID}", {"resident_id"}),
            ("电话13803750001", {"phone"}),
            ("电话138-0375-0001。", {"phone"}),
            ("卡号6222020000000000001", {"bank_account"}),
            ("卡号6222 0200 0000 0000 001", {"bank_account"}),
            ("案号〔2026〕0001号，金额12000元，2026年5月20日", set()),
            ("", set()),
        ):
            with self.subTest(text=text):
                self.assertEqual(deidentify.find_personal(text), found)

    def test_names(self):
        self.assertEqual(deidentify.find_personal("王小明胜诉", ("王小明",)), {"name"})
        self.assertEqual(deidentify.find_personal("王某胜诉", ("王小明", "王")), set())


@tagged("post_install", "-at_install")
class TestSummary(LegalAidCaseworkCommon):
    """V2: the work summary of a county, due on 20 May and 20 December."""

    def _create_summary(self, user=None, union=None, due_date=MAY, **vals):
        return (
            self.env["legal.aid.summary"]
            .with_user(user or self.a_officer)
            .create(
                {
                    "organization_id": (union or self.county_a).id,
                    "due_date": due_date,
                    "work": "开展送法进企业活动，办理农民工讨薪案件。",
                    **vals,
                }
            )
        )

    def _submit_on(self, day, summary=None):
        summary = summary or self._create_summary()
        with freeze_time(f"{day} 02:00:00"):
            summary.action_submit()
        return summary

    def test_in_time_and_late(self):
        """V2: 19 and 20 May are in time, 21 May is late; 20 December 2026 is a Sunday, so the 21st is in time and the 22nd late."""
        for day, late in (("2026-05-19", False), ("2026-05-20", False), ("2026-05-21", True)):
            with self.subTest(day=day), self.cr.savepoint():
                summary = self._submit_on(day)
                self.assertEqual((summary.is_late, summary.submitted_date.isoformat()), (late, day))
                summary.sudo()._workflow_write({"state": "draft"})
                summary.sudo().unlink()
        for day, late in (("2026-12-21", False), ("2026-12-22", True)):
            with self.subTest(day=day), self.cr.savepoint():
                summary = self._submit_on(day, self._create_summary(due_date="2026-12-20"))
                self.assertEqual(summary.is_late, late)
                summary.sudo()._workflow_write({"state": "draft"})
                summary.sudo().unlink()

    def test_other_days_are_refused(self):
        """V2: there are two days in the year."""
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self._create_summary(due_date="2026-05-21")

    def test_returned_and_accepted_by_the_city(self):
        """V2: returned with a note, handed in again, accepted; the day of the first time stays."""
        summary = self._submit_on("2026-05-18")
        city = summary.with_user(self.city_officer)
        self.assertTrue(city.can_decide)
        self.assertEqual(city.action_return()["res_model"], "legal.aid.reason.dialog")
        city.action_return(note="请补充典型案例")
        self.assertEqual((summary.state, summary.return_note), ("draft", "请补充典型案例"))
        self._submit_on("2026-05-25", summary)
        self.assertEqual((summary.submitted_date.isoformat(), summary.is_late), ("2026-05-18", False))
        city.action_accept()
        self.assertEqual((summary.state, summary.accepted_by_id), ("accepted", self.city_officer))
        with self.assertRaises(UserError):
            summary.with_user(self.a_officer).write({"work": "改"})

    def test_nobody_accepts_his_own(self):
        """V2: the county hands in, the city accepts; by any door."""
        summary = self._submit_on("2026-05-18")
        for user in (self.a_officer, self.a_manager):
            with self.assertRaises(AccessError):
                summary.with_user(user).action_accept()
            with self.assertRaises(UserError):
                summary.with_user(user).write({"state": "accepted"})
        with self.assertRaises(UserError):
            self._create_summary(state="accepted", due_date="2027-05-20")
        copied = summary.with_user(self.a_officer).copy({"due_date": "2027-05-20"})
        self.assertEqual((copied.state, copied.submitted_date), ("draft", False))

    def test_the_city_does_not_write_the_county_s_text(self):
        """V2: what a union reports is its own word."""
        summary = self._create_summary()
        with self.assertRaises(AccessError):
            summary.with_user(self.city_officer).write({"work": "代写"})
        with self.assertRaises(AccessError):
            summary.with_user(self.city_officer).action_submit()
        self.assertFalse(summary.with_user(self.city_officer).is_editable)

    def test_another_county(self):
        """O2: county b neither reads nor writes it."""
        summary = self._create_summary()
        for step in (
            lambda: summary.with_user(self.b_officer).read(["work"]),
            lambda: summary.with_user(self.b_officer).write({"work": "改"}),
            lambda: self._create_summary(self.b_officer, due_date="2026-12-20"),
        ):
            with self.assertRaises(AccessError):
                step()

    def test_nobody_is_recognised(self):
        """V2, F§11: names of workers who were helped and numbers of persons are refused, 张某 is not."""
        self._create_submitted()
        for field in ("work", "typical_cases", "difficulties", "suggestions"):
            for text in ("王小明讨薪案", f"身份证号{WORKER_ID}", "联系电话13803750001"):
                summary = self._create_summary(**{field: text})
                with self.assertRaises(UserError, msg=f"{field} {text}"):
                    summary.action_submit()
                summary.unlink()
        summary = self._create_summary(typical_cases="王某等12名农民工追索劳动报酬案")
        self._submit_on("2026-05-20", summary)
        self.assertEqual(summary.state, "submitted")

    def test_text_is_needed(self):
        with self.assertRaises(UserError):
            self._create_summary(work=" ").action_submit()

    def test_figures_of_the_half_year(self):
        """V2, V4: the figures of the half-year are filled in and stand from the day it is handed in."""
        self._create_granted()
        summary = self._create_summary()
        self.assertEqual((summary.date_from.isoformat(), summary.date_to.isoformat()), ("2025-12-20", "2026-05-19"))
        self._submit_on("2026-05-20", summary)
        figures = {line.code: line.value for line in summary.figure_ids}
        self.assertEqual((figures["granted"], figures["application"]), (1, 1))

    def test_pictures_and_videos(self):
        summary = self._create_summary()
        for name, mimetype in (("a.png", "image/png"), ("b.jpg", "image/jpeg"), ("c.mp4", "video/mp4")):
            self.env["ir.attachment"].with_user(self.a_officer).create(
                {
                    "name": name,
                    "mimetype": mimetype,
                    "datas": base64.b64encode(b"x"),
                    "res_model": summary._name,
                    "res_id": summary.id,
                }
            )
        self.assertEqual((summary.picture_count, summary.video_count), (2, 1))
        self.assertFalse(
            self.env["ir.attachment"]
            .with_user(self.b_officer)
            .search([("res_model", "=", summary._name), ("res_id", "=", summary.id)])
        )

    def test_opened_for_all_once(self):
        """V2: opened some weeks before, once for each union that reports; a missed day loses nothing."""
        summaries = self.env["legal.aid.summary"]
        with freeze_time("2026-03-20 02:00:00"):
            summaries._cron_open_summaries()
        self.assertFalse(summaries.search([("due_date", "=", MAY), ("organization_id", "=", self.county_a.id)]))
        with freeze_time("2026-05-02 02:00:00"):
            summaries._cron_open_summaries()
            summaries._cron_open_summaries()
        opened = summaries.search(
            [("due_date", "=", MAY), ("organization_id", "in", (self.county_a | self.county_b).ids)]
        )
        self.assertEqual(len(opened), 2)
        self.assertEqual(self._get_due(opened[0], "county_report"), MAY)

    def test_reminded_before_the_day(self):
        """V2: the clock is reminded of by its plan, and met by handing in."""
        summary = self._create_summary()
        clock = self.env["legal.aid.deadline"].search([("res_model", "=", summary._name), ("res_id", "=", summary.id)])
        self.assertTrue(clock.remind_on and clock.remind_on.isoformat() < MAY)
        self._submit_on("2026-05-19", summary)
        self.assertEqual((clock.state, clock.date_done.isoformat()), ("done", "2026-05-19"))

    def test_one_for_each_day(self):
        self._create_summary()
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self._create_summary()
