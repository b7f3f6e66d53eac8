import base64

from .portal_common import CLIENT, EMPLOYER, PHONE, LegalAidPortalCommon

REQUESTS = "/my/requests"
FACTS = "三个月工资未发，工头失联"
SECRETS = (CLIENT, EMPLOYER, PHONE, "410421199001010018", "12345", FACTS)
PAGE = base64.b64encode(b"stamped")


class LegalAidEnterpriseCommon(LegalAidPortalCommon):
    """An enterprise union in each of two counties, whose users work through their pages only."""

    @classmethod
    def _create_users(cls):  # pylint: disable=missing-return
        super()._create_users()
        cls.enterprise_b = cls._create_union("测试乙县企业工会", "T01BE", "enterprise", cls.county_b)
        cls.user_a = cls._create_user("t_enterprise_a", cls.enterprise_a, "enterprise_portal")
        cls.user_b = cls._create_user("t_enterprise_b", cls.enterprise_b, "enterprise_portal")

    def _request(self, **values):
        """A case of county a, assigned to lawyer1, whose mandate is asked from the enterprise of county a."""
        self.lawyer1.contact_point_ids |= self.enterprise_a
        case = self._create_case(contact_point_id=self.enterprise_a.id, **values)
        return self._assign(case, self.lawyer1).mandate_id.sudo()

    def _write_request(self, user=None, **vals):
        """An application of an enterprise union against somebody else, as its user writes it."""
        user = user or self.user_a
        values = {
            "kind": "application",
            "employer_is_ours": False,
            "employer_name": EMPLOYER,
            "employer_place_id": self.county_a.id,
            "applicant_name": CLIENT,
            "applicant_kind": "migrant_worker",
            "applicant_id_number": "410421199001010018",
            "applicant_phone": PHONE,
            "matter_id": self.matter.id,
            "description": FACTS,
            "worker_agrees": True,
            "page": PAGE,
            "page_name": "申请.png",
            **vals,
        }
        requests = self.env["legal.aid.service.request"].with_user(user)
        return requests._create_from_portal(user.union_organization_ids[:1], values).sudo()

    def _form(self, **values):
        """What the form of an application sends."""
        return {
            "applicant_name": CLIENT,
            "applicant_kind": "migrant_worker",
            "applicant_id_number": "410421199001010018",
            "applicant_phone": PHONE,
            "employer": "other",
            "employer_name": EMPLOYER,
            "employer_place_id": str(self.county_a.id),
            "matter_id": str(self.matter.id),
            "description": FACTS,
            "worker_agrees": "1",
            "step": "submit",
            **values,
        }

    def _find_requests(self):
        return self.env["legal.aid.service.request"].search([("organization_id", "=", self.enterprise_a.id)])
