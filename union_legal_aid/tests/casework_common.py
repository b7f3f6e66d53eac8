from freezegun import freeze_time

from .common import LegalAidCommon

TODAY = "2026-03-02"  # a Monday; calendar, policy and contracts of the tests cover the whole year
WORKER_ID = "410402198501010125"


class LegalAidCaseworkCommon(LegalAidCommon):
    """The small federation with two lawyers: one serves county a (and the city), one county b. Time stands still."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(f"{TODAY} 02:00:00"))  # 10 o'clock in China
        cls.matter_wages = cls.env.ref("union_legal_aid.matter_unpaid_wages")
        cls.matter_insurance = cls.env.ref("union_legal_aid.matter_social_insurance")
        cls.lawyer1 = cls._create_lawyer(cls.lawyer1_user, cls.county_a, "11410201510123456")
        cls.lawyer2 = cls._create_lawyer(cls.lawyer2_user, cls.county_b, "11410201620234567")

    @classmethod
    def _create_lawyer(cls, user, contact_points, licence):
        lawyer = cls.env["legal.aid.volunteer"].create(
            {
                "partner_id": user.partner_id.id,
                "user_id": user.id,
                "organization_id": cls.city.id,
                "license_number": licence,
                "contact_point_ids": [(6, 0, contact_points.ids)],
            }
        )
        contract = (
            cls.env["legal.aid.contract"]
            .with_user(cls.city_officer)
            .create(
                {
                    "volunteer_id": lawyer.id,
                    "organization_id": cls.city.id,
                    "date_start": "2026-01-01",
                    "date_end": "2026-12-31",
                }
            )
        )
        contract.action_request_approval()
        contract.with_user(cls.city_manager).action_approve()
        return lawyer

    @classmethod
    def _create_policy(cls, **figures):
        """A policy of county a's own, for its cases from now on."""
        return cls.env["legal.aid.policy"].create(
            {
                "name": "测试甲县政策",
                "organization_id": cls.county_a.id,
                "document_number": "测甲工文〔2026〕1号",
                "date_from": "2026-01-01",
                **figures,
            }
        )

    @classmethod
    def _prepare_case(cls, **vals):
        return {
            "application_date": TODAY,
            "applicant_name": "王小明",
            "applicant_kind": "migrant_worker",
            "applicant_id_number": WORKER_ID,
            "applicant_phone": "13803750001",
            "employer_name": "某建筑劳务公司",
            "employer_place_id": cls.county_a.id,
            "matter_id": cls.matter_wages.id,
            "service_form": "arbitration",
            "amount_claimed": 12000,
            **vals,
        }

    def _create_case(self, user=None, **vals):
        return self.env["legal.aid.case"].with_user(user or self.a_officer).create(self._prepare_case(**vals))

    def _create_submitted(self, **vals):
        case = self._create_case(**vals)
        case.action_submit()
        return case

    def _create_granted(self, **vals):
        case = self._create_submitted(**vals)
        case.with_user(self.a_manager).action_grant()
        return case

    def _create_assigned(self, **vals):
        case = self._create_granted(**vals)
        case.action_assign(volunteer_id=self.lawyer1)
        return case

    def _create_in_progress(self, **vals):
        case = self._create_assigned(**vals)
        case.with_user(self.lawyer1_user).action_accept()
        return case

    def _create_closed(self, **vals):
        case = self._create_in_progress(**vals)
        lawyer_case = case.with_user(self.lawyer1_user)
        lawyer_case.action_log_work(hours=1, kind="hearing", note="开庭")
        outcome = {"advice": "completed", "drafting": "completed", "mediation": "mediated"}.get(
            case.service_form, "won"
        )
        lawyer_case.action_close(outcome=outcome, amount_recovered=9000)
        return case

    def _create_archived(self, **vals):
        case = self._create_closed(**vals)
        case.action_archive(file_received_date=TODAY)
        return case

    def _create_consultation(self, **vals):
        """As the portal page does: the lawyer logs a call of a worker of county a."""
        return (
            self.env["legal.aid.consultation"]
            .with_user(self.lawyer1_user)
            ._create_from_portal(
                self.lawyer1,
                {
                    "date": TODAY,
                    "channel": "phone",
                    "caller_name": "王小明",
                    "caller_phone": "13803750001",
                    "caller_kind": "migrant_worker",
                    "matter_id": self.matter_wages.id,
                    "question": "拖欠工资三个月",
                    "employer_name": "某建筑劳务公司",
                    "employer_place_id": self.county_a.id,
                    **vals,
                },
            )
        )

    def _get_due(self, case, kind, state="open"):
        deadlines = case.sudo().deadline_ids.filtered(
            lambda deadline: deadline.kind == kind and deadline.state == state
        )
        return str(deadlines.date_due) if deadlines else None
