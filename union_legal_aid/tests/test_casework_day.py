from pathlib import Path

from freezegun import freeze_time

from odoo import fields
from odoo.modules import get_module_path
from odoo.tests import tagged

from .casework_common import LegalAidCaseworkCommon

ZONES = (False, "UTC", "America/New_York", "Asia/Shanghai", "Pacific/Auckland")
# One o'clock at night in China, where the day of the common freeze is over; elsewhere it is not.
NIGHT, NEXT_DAY = "2026-03-02 17:00:00", "2026-03-03"


@tagged("post_install", "-at_install")
class TestDay(LegalAidCaseworkCommon):
    """C3, O6, T9: the day of the unions is one day for everybody, whatever time zone he has or lacks."""

    def test_silence(self):
        """C3: silent from midnight in China on, the same for each reader, in the field and in the search."""
        case = self._create_in_progress()
        for moment, silent in (("2026-03-16 15:59:59", False), ("2026-03-16 16:00:00", True)):
            for zone in ZONES:
                with self.subTest(moment=moment, zone=zone), freeze_time(moment):
                    self.a_officer.tz = zone
                    self.env.invalidate_all()
                    read = case.with_user(self.a_officer).with_context(tz=zone)
                    self.assertEqual(read.is_silent, silent)
                    self.assertEqual(read.silence_days, 15 if silent else 14)
                    self.assertEqual(case in read.search([("is_silent", "=", True)]), silent)

    def test_default_dates(self):
        """C3: new records of casework begin on the day in China, also for a user without a time zone."""
        # By where a model was defined first; a later room may add to it.
        models = [
            model
            for model in self.env.values()
            if any(
                base.__module__.startswith("odoo.addons.union_legal_aid.models.casework")
                and base.__dict__.get("_name") == model._name
                for base in type(model).__mro__
            )
        ]
        checked = set()
        with freeze_time(NIGHT):
            for zone in ZONES:
                for model in models:
                    for field in model._fields.values():
                        if field.type == "date" and field.default and not field.related:
                            records = model.with_context(tz=zone)
                            day = field.default(records)
                            self.assertEqual(fields.Date.to_string(day), NEXT_DAY, f"{field} for {zone}")
                            checked.add(model._name)
        self.assertLessEqual({"legal.aid.case", "legal.aid.consultation", "legal.aid.work.log"}, checked)

    def test_default_is_not_in_the_future(self):
        """C3: what is registered at night is dated and handed in on the same day, for a user without a time zone as well."""
        self.a_officer.tz = False
        with freeze_time(NIGHT):
            vals = self._prepare_case()
            vals.pop("application_date")
            case = self.env["legal.aid.case"].with_user(self.a_officer).with_context(tz=False).create(vals)
            case.action_submit()
            self.assertEqual(str(case.application_date), NEXT_DAY)
            case.with_user(self.a_manager).action_grant()
            case.action_assign(volunteer_id=self.lawyer1)
            self.assertEqual({str(case.granted_date), str(case.assigned_date)}, {NEXT_DAY})

    def test_one_definition(self):
        """C3: casework takes its day from one helper."""
        for path in (Path(get_module_path("union_legal_aid")) / "models" / "casework").glob("*.py"):
            self.assertNotIn("context_today", path.read_text(), path.name)
