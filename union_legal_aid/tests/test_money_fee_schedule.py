from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon

# Standards as published (facts §4); each is data of a schedule and nothing else. `(form, stage, category, place)`: yuan.
PROVINCE = {
    "source_document": "某省标准（dfrtw.com）",
    "rate_ids": [
        {"service_form": "litigation", "category": "criminal", "stage": "investigation", "amount": 900},
        {"service_form": "litigation", "category": "criminal", "stage": "prosecution", "amount": 1300},
        {"service_form": "litigation", "category": "criminal", "stage": "trial", "amount": 1800},
        {"service_form": "litigation", "category": "civil", "amount": 2000},
        {"service_form": "litigation", "category": "administrative", "amount": 2000},
        {"service_form": "litigation", "category": "incidental", "amount": 1600},
        {"service_form": "litigation", "category": "civil", "stage": "enforcement", "amount": 1300},
        {"service_form": "arbitration", "amount": 1600},
        {"service_form": "other", "amount": 1300},
    ],
}
HANJIANG = {
    "source_document": "莆田市涵江区 2016",
    "batch_rule": "add",
    "batch_value": 200,
    "batch_cap": 5000,
    "rate_ids": [
        {"service_form": "litigation", "category": "civil", "amount": 1200},
        {"service_form": "litigation", "category": "administrative", "amount": 1200},
        {"service_form": "litigation", "category": "criminal", "stage": "investigation", "amount": 800},
        {"service_form": "litigation", "category": "criminal", "stage": "prosecution", "amount": 1000},
        {"service_form": "litigation", "category": "criminal", "stage": "trial", "amount": 1200},
        {"service_form": "arbitration", "amount": 1200},
        {"service_form": "mediation", "amount": 200},
        {"service_form": "drafting", "amount": 100, "unit": "piece"},
        {"service_form": "advice", "amount": 100, "unit": "day"},
        {"service_form": "duty", "amount": 100, "unit": "day"},
    ],
    "modifier_ids": [
        {"kind": "cross_city", "value": 500},
        {"kind": "cross_province", "value": 1000, "once_with": "跨省或重大疑难复杂"},
        {"kind": "complex", "value": 1000, "once_with": "跨省或重大疑难复杂"},
        {"kind": "staff", "operation": "fixed", "value": 300},
    ],
}
YONGDING = {
    "source_document": "龙岩市永定区 2020",
    "rate_ids": [
        {"service_form": "litigation", "category": "criminal", "stage": "investigation", "amount": 600},
        {"service_form": "litigation", "category": "criminal", "stage": "prosecution", "amount": 600},
        {"service_form": "litigation", "category": "criminal", "stage": "trial", "amount": 1200},
        {"service_form": "litigation", "amount": 1400},
        {"service_form": "arbitration", "amount": 1400},
        {"service_form": "duty", "amount": 200, "unit": "day"},
        {"service_form": "advice", "amount": 200, "unit": "day"},
        {"service_form": "other", "amount": 250},
    ],
    # Graded by quality; the place published no percentages.
    "modifier_ids": [
        {"kind": "quality_good", "operation": "percent", "value": 110},
        {"kind": "quality_poor", "operation": "percent", "value": 80},
    ],
}
TAISHANG = {
    "source_document": "泉州台商区 2020",
    "rate_ids": [
        *(
            {"service_form": form, "region_class": place, "amount": least, "amount_max": most}
            for form in ("litigation", "arbitration")
            for place, least, most in (
                ("local", 1000, 2000),
                ("neighbour", 2000, 3000),
                ("distant", 2300, 3500),
                ("cross_city", 2300, 3500),
                ("cross_province", 3500, 4000),
            )
        ),
        {"service_form": "other", "amount": 200, "amount_max": 1500},
    ],
}
LIST_2025 = {
    "source_document": "2025 年汇总",
    "fee_cap": 8000,
    "batch_rule": "percent",
    "batch_value": 100,
    "rate_ids": [
        {"service_form": "litigation", "amount": 2000, "amount_max": 3000},
        {"service_form": "litigation", "region_class": "cross_city", "amount": 3300, "amount_max": 4500},
        {"service_form": "arbitration", "amount": 1500},
        {"service_form": "other", "amount": 1000},
    ],
}


class FeeScheduleCommon(LegalAidMoneyCommon):
    @classmethod
    def _create_standard(cls, standard, **vals):
        """A schedule of county a, in force today, from nothing but data."""
        data = {
            name: [Command.create(line) for line in value] if name.endswith("_ids") else value
            for name, value in standard.items()
        }
        schedule = cls.env["legal.aid.fee.schedule"].create(
            {"name": "示例标准", "organization_id": cls.county_a.id, "date_from": "2026-01-01", **data, **vals}
        )
        schedule.action_activate()
        return schedule


@tagged("post_install", "-at_install")
class TestPublishedStandards(FeeScheduleCommon):
    """M2, F§4: the standards of five places, by data alone."""

    def _assert_amounts(self, schedule, expected):
        """``expected``: ``[(yuan, form, keys and facts of the service)]``"""
        for amount, form, facts in expected:
            with self.subTest(form=form, facts=facts):
                keys = {name: facts.get(name, False) for name in ("stage", "category", "region_class")}
                rate = schedule._find_rate(form, keys)
                conditions = facts.get("conditions", ())
                quote = schedule._quote(
                    rate, conditions, facts.get("quantity", 1), facts.get("items", 1), facts.get("chosen", 0)
                )
                self.assertEqual(quote.amount, amount)

    def test_a_province(self):
        """M2: criminal by stage, civil and administrative, incidental, arbitration, enforcement and other matters."""
        criminal = {"category": "criminal"}
        self._assert_amounts(
            self._create_standard(PROVINCE),
            [
                (900, "litigation", {**criminal, "stage": "investigation"}),
                (1300, "litigation", {**criminal, "stage": "prosecution"}),
                (1800, "litigation", {**criminal, "stage": "trial"}),
                (2000, "litigation", {"category": "civil"}),
                (2000, "litigation", {"category": "administrative", "stage": "second_instance"}),
                (1600, "litigation", {"category": "incidental"}),
                (1300, "litigation", {"category": "civil", "stage": "enforcement"}),
                (1600, "arbitration", {}),
                (1300, "other", {}),
            ],
        )

    def test_hanjiang(self):
        """M2: 同案多件每增一件 +200 up to 5000, 跨市 +500, 跨省或重大疑难复杂 +1000 once, staff 300, by day and by piece."""
        civil = {"category": "civil"}
        self._assert_amounts(
            self._create_standard(HANJIANG),
            [
                (1200, "litigation", civil),
                (800, "litigation", {"category": "criminal", "stage": "investigation"}),
                (1000, "litigation", {"category": "criminal", "stage": "prosecution"}),
                (1200, "litigation", {"category": "criminal", "stage": "trial"}),
                (200, "mediation", {}),
                (300, "drafting", {"quantity": 3}),
                (200, "advice", {"quantity": 2}),
                (100, "duty", {}),
                (1400, "arbitration", {"items": 2}),
                (4800, "arbitration", {"items": 19}),
                (5000, "arbitration", {"items": 20}),
                (5000, "arbitration", {"items": 21}),
                (1700, "litigation", {**civil, "conditions": ["cross_city"]}),
                (2200, "litigation", {**civil, "conditions": ["cross_province"]}),
                (2200, "litigation", {**civil, "conditions": ["complex"]}),
                (2200, "litigation", {**civil, "conditions": ["cross_province", "complex"]}),
                (2700, "litigation", {**civil, "conditions": ["cross_city", "complex"]}),
                (6500, "litigation", {**civil, "items": 40, "conditions": ["cross_city", "complex"]}),
                (300, "litigation", {**civil, "conditions": ["staff", "complex"]}),
            ],
        )

    def test_yongding(self):
        """M2: 600/600/1200, civil and arbitration 1400, duty and advice by the day, graded by quality."""
        criminal = {"category": "criminal"}
        self._assert_amounts(
            self._create_standard(YONGDING),
            [
                (600, "litigation", {**criminal, "stage": "investigation"}),
                (600, "litigation", {**criminal, "stage": "prosecution"}),
                (1200, "litigation", {**criminal, "stage": "trial"}),
                (1400, "litigation", {"category": "civil"}),
                (1400, "arbitration", {}),
                (400, "duty", {"quantity": 2}),
                (200, "advice", {}),
                (250, "other", {}),
                (1540, "arbitration", {"conditions": ["quality_good"]}),
                (1400, "arbitration", {"conditions": ["quality_improve"]}),
                (1120, "arbitration", {"conditions": ["quality_poor"]}),
            ],
        )

    def test_taishang(self):
        """M2: a range for each distance; its lower end, or what is chosen within it."""
        places = ("local", "neighbour", "distant", "cross_city", "cross_province")
        self._assert_amounts(
            self._create_standard(TAISHANG),
            [
                *(
                    (amount, "litigation", {"region_class": place})
                    for place, amount in zip(places, (1000, 2000, 2300, 2300, 3500), strict=True)
                ),
                *(
                    (amount, "arbitration", {"region_class": place, "chosen": amount})
                    for place, amount in zip(places, (2000, 3000, 3500, 3500, 4000), strict=True)
                ),
                (1500, "other", {"chosen": 1500}),
            ],
        )

    def test_list_of_2025(self):
        """M2: dearer in another city, and 8000 at most."""
        self._assert_amounts(
            self._create_standard(LIST_2025),
            [
                (2000, "litigation", {"region_class": "distant"}),
                (3000, "litigation", {"region_class": "local", "chosen": 3000}),
                (3300, "litigation", {"region_class": "cross_city", "conditions": ["cross_city"]}),
                (4500, "litigation", {"region_class": "cross_city", "chosen": 4500}),
                (1500, "arbitration", {}),
                (1000, "other", {}),
                (7500, "arbitration", {"items": 5}),
                (8000, "arbitration", {"items": 6}),
            ],
        )


@tagged("post_install", "-at_install")
class TestFeeOfSchedule(FeeScheduleCommon):
    """M2 on the fee itself: an officer enters what the schedule asks for, the rest comes from case and lawyer."""

    def test_group_case(self):
        """M2: as many items as workers, unless fewer were filed; the note tells how it was counted."""
        self._create_standard(HANJIANG)
        expense = self._create_expense(self._create_archived(headcount=21))
        self.assertEqual((expense.item_count, expense.amount_claimed), (21, 5000))
        for text in ("示例标准", "莆田市涵江区 2016", "20 further items", "at most 5000.00"):
            self.assertIn(text, expense.compute_note)
        expense.item_count = 3
        with self.assertRefused(UserError, "no longer fits"):
            expense.action_request_approval()
        expense.action_compute()
        self.assertEqual(expense.amount_claimed, 1600)
        expense.action_request_approval()
        with self.assertRefused(UserError, "can no longer be changed"):
            expense.item_count = 4

    def test_items_and_days_within_reason(self):
        """M2: no more items than workers, at least one of each."""
        expense = self._create_expense(self._create_archived(headcount=2))
        for vals in ({"item_count": 3}, {"item_count": 0}, {"quantity": 0}, {"quantity": -1}):
            with self.assertRefused(ValidationError):
                expense.write(vals)
        expense.item_count = 1

    def test_distance_and_difficulty(self):
        """M2: entered on the form by the officer; a major case is a difficult one."""
        self._create_standard(HANJIANG)
        expense = self._create_expense()
        with Form(expense) as form:
            form.region_class = "cross_city"
            form.is_complex = True
        expense.action_compute()
        self.assertEqual(expense.amount_claimed, 2700)
        self.assertIn("Another city (+500.00): 2700.00", expense.compute_note)
        case = self._create_archived()
        case.sudo()._workflow_write({"is_major": True})
        self.assertTrue(self._create_expense(case).is_complex)

    def test_quality_of_the_file(self):
        """M2, C10: the conclusion of the latest recorded check, and a check that comes later asks for a new computation."""
        self._create_standard(YONGDING)
        expense = self._create_expense()
        self.assertEqual((expense.quality_grade, expense.amount_claimed), (False, 1400))
        self._record_check(expense.case_id, "good")
        with self.assertRefused(UserError, "no longer fits"):
            expense.action_request_approval()
        expense.action_compute()
        self.assertEqual((expense.quality_grade, expense.amount_claimed), ("good", 1540))
        self._record_check(expense.case_id, "poor")
        expense.action_compute()
        self.assertEqual(expense.amount_claimed, 1120)
        with self.assertRefused(AccessError):
            expense.quality_grade = "good"

    def _record_check(self, case, conclusion):
        check = (
            self.env["legal.aid.quality.check"]
            .with_user(self.a_manager)
            .create(
                {
                    "case_id": case.id,
                    "kind": "file_check",
                    "checker_organization_id": self.county_a.id,
                    "conclusion": conclusion,
                    "finding": "卷宗",
                    "follow_up_date": conclusion != "good" and TODAY,
                }
            )
        )
        for line in check.line_ids:
            line.points = line.points_max
        check.action_record()
        return check

    def test_range(self):
        """M2: the lower end of a range, or what the officer chooses; never outside it."""
        self._create_standard(TAISHANG)
        expense = (
            self.env["legal.aid.expense"]
            .with_user(self.a_officer)
            .create({"case_id": self._create_archived().id, "region_class": "neighbour"})
        )
        expense.action_compute()
        self.assertEqual((expense.amount_claimed, expense.has_range), (2000, True))
        for chosen in (1999.99, 3000.01):
            expense.chosen_amount = chosen
            with self.assertRefused(UserError, "2000.00 to 3000.00"):
                expense.action_compute()
        expense.chosen_amount = 3000
        expense.action_compute()
        self.assertEqual(expense.amount_claimed, 3000)

    def test_by_piece(self):
        """M2: 代书 100 yuan each."""
        self._create_standard(HANJIANG)
        expense = self._create_expense(self._create_archived(service_form="drafting"))
        self.assertEqual((expense.rate_unit, expense.amount_claimed), ("piece", 100))
        expense.quantity = 4
        expense.action_compute()
        self.assertEqual(expense.amount_claimed, 400)

    def test_public_servant_by_schedule(self):
        """M2, F§2, F§4: direct costs only, unless the schedule has a line for public servants or staff."""
        self.lawyer1.is_public_servant = True
        case = self._create_archived()
        self._create_standard(
            {**HANJIANG, "modifier_ids": [{"kind": "public_servant", "operation": "percent", "value": 50}]}
        )
        self.assertEqual(self._create_expense(case).amount_claimed, 600)

    def test_staff_without_a_line(self):
        """F§2: a schedule that says nothing of public servants gives them nothing, also when it speaks of staff."""
        self.lawyer1.is_public_servant = True
        self._create_standard(HANJIANG)
        self.assertFalse(self._create_expense().line_ids)

    def test_addition_for_one_form_goes_first(self):
        """M2: what holds for one form of service goes before what holds for all."""
        self._create_standard(
            {
                **HANJIANG,
                "modifier_ids": [
                    {"kind": "complex", "value": 1000},
                    {"kind": "complex", "value": 300, "service_form": "arbitration"},
                ],
            }
        )
        expense = self._create_expense(is_complex=True)
        self.assertEqual(expense.amount_claimed, 1500)

    def test_old_cases_keep_their_schedule(self):
        """M2, O6: a new standard changes neither what is computed nor what is computed again for a case of its time."""
        schedule = self._create_standard(HANJIANG)
        expense = self._create_expense(is_complex=True)
        schedule.action_end(date=TODAY)
        self._create_standard(PROVINCE, date_from="2026-03-03")
        expense.action_compute()
        self.assertEqual((expense.schedule_id, expense.amount_claimed), (schedule, 2200))

    def test_additions_frozen_once_used(self):
        """M2: additions, group rule and caps of a schedule that a fee rests on change through no door."""
        schedule = self._create_standard(HANJIANG)
        schedule.modifier_ids[0].value = 600
        self._create_expense()
        modifier = schedule.modifier_ids[0]
        for step in (
            lambda: modifier.write({"value": 1}),
            lambda: modifier.unlink(),
            lambda: modifier.create({"schedule_id": schedule.id, "kind": "quality_good", "value": 1}),
            lambda: schedule.write({"modifier_ids": [Command.clear()]}),
            lambda: schedule.write({"batch_value": 1}),
            lambda: schedule.write({"batch_cap": 1}),
            lambda: schedule.write({"fee_cap": 1}),
        ):
            with self.assertRefused(UserError, "莆田"):
                step()

    def test_figures_that_cannot_be(self):
        schedule = self.schedule.copy()
        for vals in (
            {"batch_value": -1},
            {"fee_cap": -1},
            {"modifier_ids": [Command.create({"kind": "complex", "value": -1})]},
            {"modifier_ids": [Command.create({"kind": "complex", "value": 1})] * 2},
            {"rate_ids": [Command.create({"service_form": "advice", "amount": 2, "amount_max": 1})]},
        ):
            with self.subTest(vals=vals), mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                with self.env.cr.savepoint():
                    schedule.write(vals)
                    self.env.flush_all()
            self.env.invalidate_all()
        with self.assertRefused(ValidationError, "as a whole"):
            schedule.modifier_ids = [Command.create({"kind": "complex", "operation": "fixed", "value": 1})]

    def test_who_keeps_additions(self):
        """M2, O3: administrators of the union keep them; officers and finance read them, also a superior's."""
        modifier = self._create_standard(HANJIANG).modifier_ids[0]
        for user in (self.a_officer, self.a_finance, self.a_manager):
            self.assertTrue(modifier.with_user(user).read(["value"]))
            with self.assertRefused(AccessError):
                modifier.with_user(user).write({"value": 1})
        with self.assertRefused(AccessError):
            modifier.with_user(self.b_officer).read(["value"])
