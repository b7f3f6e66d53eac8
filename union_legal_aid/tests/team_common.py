from contextlib import contextmanager

from .common import LegalAidCommon

YEAR_START = "2026-05-20"


class TeamCommon(LegalAidCommon):
    """Two lawyers with portal users: one serves county a, the other county b. Both are candidates until appointed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.firm = cls.env["res.partner"].create({"name": "测试律师事务所", "is_company": True})
        cls.lawyer1 = cls._create_lawyer(cls.lawyer1_user.partner_id, cls.county_a, user_id=cls.lawyer1_user.id)
        cls.lawyer2 = cls._create_lawyer(cls.lawyer2_user.partner_id, cls.county_b, user_id=cls.lawyer2_user.id)

    @classmethod
    def _create_lawyer(cls, partner=None, contact_points=None, **values):
        """A recommended lawyer, recorded by the city's officer."""
        cls.license_count = getattr(cls, "license_count", 0) + 1
        partner = partner or cls.env["res.partner"].create({"name": f"测试律师{cls.license_count}"})
        return (
            cls.env["legal.aid.volunteer"]
            .with_user(cls.city_officer)
            .create(
                {
                    "partner_id": partner.id,
                    "license_number": f"14104201510{cls.license_count:06d}",
                    "law_firm_id": cls.firm.id,
                    "recommended_by": "bar",
                    "contact_point_ids": [(6, 0, contact_points.ids)] if contact_points else [],
                    **values,
                }
            )
            .sudo(False)
            .with_env(cls.env)
        )

    @classmethod
    def _draft(cls, lawyer, date_start=YEAR_START, **values):
        """A contract drafted by the city's officer."""
        contracts = cls.env["legal.aid.contract"].with_user(cls.city_officer)
        return contracts.create({"volunteer_id": lawyer.id, "date_start": date_start, **values}).with_env(cls.env)

    @classmethod
    def _appoint(cls, lawyer, date_start=YEAR_START, **values):
        """A contract asked for by the city's officer and approved by its manager."""
        contract = cls._draft(lawyer, date_start, **values)
        contract.with_user(cls.city_officer).action_request_approval()
        contract.with_user(cls.city_manager).action_approve()
        return contract

    @contextmanager
    def assertRefused(self, exception, pattern):
        """The step is refused with a sentence that matches ``pattern``, and what it had written is rolled back."""
        with self.assertRaises(exception) as refused:
            yield
        self.assertRegex(str(refused.exception), pattern)

    def _run_cron(self, xmlid):
        """Run a scheduled action as the scheduler does, in the transaction of the test."""
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(xmlid).method_direct_trigger()
        self.env.invalidate_all()
