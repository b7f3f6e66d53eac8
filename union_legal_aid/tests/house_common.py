from lxml import etree

from .casework_common import LegalAidCaseworkCommon


def get_view_fields(records, view_id, view_type):
    """The fields of its own model that a page names, as this user gets it."""
    arch = etree.fromstring(records.get_view(view_id, view_type)["arch"])
    return {node.get("name") for node in arch.xpath("//field[not(ancestor::field)]")}


class LegalAidHouseCommon(LegalAidCaseworkCommon):
    """County a with an enterprise group of three unions, one above the other, and two more enterprises beside it."""

    @classmethod
    def _create_unions(cls):  # pylint: disable=missing-return
        super()._create_unions()
        cls.group_a = cls._create_union("测试甲县集团公司工会", "T01AG", "enterprise", cls.county_a)
        cls.firm_a = cls._create_union("测试甲县矿业公司工会", "T01AG1", "enterprise", cls.group_a)
        cls.shop_a = cls._create_union("矿业公司一车间工会", "T01AG11", "grassroots", cls.firm_a)
        cls.shop_a2 = cls._create_union("矿业公司二车间工会", "T01AG12", "grassroots", cls.firm_a)
        cls.township = cls._create_union("测试甲县某镇工会", "T01AT", "township", cls.county_a)
        cls.firm_t = cls._create_union("测试甲县镇办砖厂工会", "T01AT1", "enterprise", cls.township)

    @classmethod
    def _create_users(cls):  # pylint: disable=missing-return
        super()._create_users()
        cls.liaison_firm = cls._create_user("t_liaison_firm", cls.firm_a, "liaison")
        cls.liaison_group = cls._create_user("t_liaison_group", cls.group_a, "liaison")
        cls.liaison_shop = cls._create_user("t_liaison_shop", cls.shop_a, "liaison")
        cls.officer_firm = cls._create_user("t_officer_firm", cls.firm_a, "officer")
        cls.portal_firm = cls._create_user("t_portal_firm", cls.firm_a, "enterprise_portal")

    def _create_requested(self, contact_point=None, **vals):
        """A case of county a with its lawyer, who waits for the mandate of the house union."""
        union = contact_point or self.firm_a
        self.lawyer1.sudo().contact_point_ids |= union
        return self._create_assigned(contact_point_id=union.id, **vals)

    def _add_respondent(self, case, **vals):
        return (
            self.env["legal.aid.case.party"]
            .with_user(self.a_officer)
            .create({"case_id": case.id, "role": "respondent", "kind": "organization", "name": "某某单位", **vals})
        )

    def _add_paper(self, case, kind="consent", content=b"signed", **vals):
        return case.action_add_document(kind=kind, filename=f"{kind}.txt", content=content, **vals)

    def _consent(self, case):
        case.action_record_house_consent(document_id=self._add_paper(case, confidentiality="sensitive"))
        return case

    def _find(self, model, user, case):
        records = self.env[model].with_user(user)
        if model == "legal.aid.case":
            return records.search([("id", "=", case.id)])
        known = self.env[model].sudo().search([("case_id", "=", case.id)])
        return records.search([("id", "in", known.ids)])

    def _get_notices(self, mandates):
        domain = [("model", "=", "legal.aid.mandate"), ("res_id", "in", mandates.ids), ("partner_ids", "!=", False)]
        return self.env["mail.message"].sudo().search(domain)

    def _assert_sees_mandate(self, case, sees, *users):
        for user in users:
            found = self._find("legal.aid.mandate", user, case)
            self.assertEqual(bool(found), sees, f"{user.login} {case.name}")
