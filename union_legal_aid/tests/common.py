from odoo.tests.common import TransactionCase

from odoo.addons.mail.tests.common import mail_new_test_user

GROUP = "union_legal_aid.group_%s"
PORTAL_ROLES = ("volunteer", "enterprise_portal")


class LegalAidCommon(TransactionCase):
    """A small federation of its own beside whatever the database holds: a city, two counties, one user per role.

    Dates are fixed: the policy runs from 2025 to 2027, whatever the day of the test.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Mail is not what these tests are about, and nothing may leave the database.
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": False, "mail_create_nosubscribe": True})
        cls._create_unions()
        # Renewal from an assessment (T2, T10) has its own tests; in all others these years were assessed on paper.
        cls.city.assessed_since = "2040-01-01"
        cls._create_users()
        cls.policy = cls.env["legal.aid.policy"].create(
            {
                "name": "测试政策",
                "organization_id": cls.city.id,
                "document_number": "测工文〔2025〕1号",
                "date_from": "2025-01-01",
                "date_to": "2027-12-31",
                "annual_subsidy": 1000,
                "subsidy_tax_treatment": "exempt",
            }
        )
        cls.standard = cls.env["legal.aid.hardship.standard"].create(
            {
                "name": "测试困难职工标准",
                "organization_id": cls.city.id,
                "source_document": "测工文〔2025〕2号",
                "date_from": "2025-01-01",
                "date_to": "2027-12-31",
                "amount": 1500,
            }
        )

    @classmethod
    def _create_unions(cls):
        cls.city = cls._create_union("测试市总工会", "T01", "city", prefix="测市援")
        cls.county_a = cls._create_union("测试甲县总工会", "T01A", "county", cls.city, prefix="测甲援")
        cls.county_b = cls._create_union("测试乙县总工会", "T01B", "county", cls.city, prefix="测乙援")
        cls.industry = cls._create_union("测试市建设产业工会", "T01I", "industry", cls.city)
        cls.enterprise_city = cls._create_union("测试市直属企业工会", "T01E", "enterprise", cls.city)
        cls.enterprise_a = cls._create_union("测试甲县企业工会", "T01AE", "enterprise", cls.county_a)

    @classmethod
    def _create_union(cls, name, code, tier, parent=None, prefix=False, **values):
        return cls.env["union.organization"].create(
            {
                "name": name,
                "code": code,
                "tier": tier,
                "parent_id": parent.id if parent else False,
                "document_prefix": prefix,
                **values,
            }
        )

    @classmethod
    def _create_users(cls):
        cls.city_officer = cls._create_user("t_city_officer", cls.city, "officer")
        cls.city_manager = cls._create_user("t_city_manager", cls.city, "manager")
        cls.city_administrator = cls._create_user("t_city_administrator", cls.city, "administrator")
        cls.city_finance = cls._create_user("t_city_finance", cls.city, "finance")
        cls.auditor = cls._create_user("t_auditor", cls.city, "auditor")
        cls.justice = cls._create_user("t_justice", cls.city, "justice")
        cls.a_officer = cls._create_user("t_a_officer", cls.county_a, "officer")
        cls.a_manager = cls._create_user("t_a_manager", cls.county_a, "manager")
        cls.a_finance = cls._create_user("t_a_finance", cls.county_a, "finance")
        cls.b_officer = cls._create_user("t_b_officer", cls.county_b, "officer")
        cls.b_manager = cls._create_user("t_b_manager", cls.county_b, "manager")
        cls.b_finance = cls._create_user("t_b_finance", cls.county_b, "finance")
        cls.liaison = cls._create_user("t_liaison", cls.enterprise_a, "liaison")
        cls.lawyer1_user = cls._create_user("t_lawyer1", cls.env["union.organization"], "volunteer")
        cls.lawyer2_user = cls._create_user("t_lawyer2", cls.env["union.organization"], "volunteer")
        cls.city.manager_user_ids = cls.city_manager
        cls.county_a.manager_user_ids = cls.a_manager
        cls.county_b.manager_user_ids = cls.b_manager

    @classmethod
    def _create_user(cls, login, unions, role):
        user = mail_new_test_user(
            cls.env,
            login=login,
            name=login,
            groups=GROUP % role,
            email=f"{login}@example.com",
            notification_type="email" if role in PORTAL_ROLES else "inbox",
        )
        user.union_organization_ids = unions
        return user

    @classmethod
    def _give_books(cls, union):
        """Give ``union`` a company with the union chart of accounts."""
        company = cls.env["res.company"].create(
            {"name": union.name, "currency_id": cls.env.ref("base.CNY").id, "country_id": cls.env.ref("base.cn").id}
        )
        cls.env["account.chart.template"].try_loading("cn_union", company=company, install_demo=False)
        union.company_id = company
        users = cls.env["res.users"].search([("union_organization_ids", "in", union.ids), ("share", "=", False)])
        users.write({"company_ids": [(4, company.id)], "company_id": company.id})
        return company

    def approve(self, record, requester, *approvers):
        """Ask as ``requester`` and approve as each of ``approvers`` in turn."""
        record.with_user(requester).action_request_approval()
        for approver in approvers:
            record.with_user(approver).action_approve()
