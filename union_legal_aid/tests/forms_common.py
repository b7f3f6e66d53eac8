from odoo.addons.union_legal_aid.models.organization.legal_aid_workflow_mixin import WORKFLOW_TOKEN

from .casework_common import TODAY, LegalAidCaseworkCommon

LONG = (
    "申请人于2024年3月至2025年12月在被申请人承建的某城中村改造项目三标段从事钢筋绑扎工作，双方未签订书面劳动合同，口头约定日工资三百二十元，"
    "按月结算。被申请人自2025年9月起以甲方未拨付工程款为由拖欠工资，经申请人与其他十一名工友多次到项目部和劳动监察部门反映，被申请人仅支付生活费"
    "两千元，余款至今未付。"
)


class LegalAidFormsCommon(LegalAidCaseworkCommon):
    """A case with as much on record as there can be, and one with next to nothing."""

    def _create_full(self, state="closed"):
        self.county_a.justice_bureau_id = self.env["res.partner"].create({"name": "测甲县司法局", "is_company": True})
        self.lawyer1.law_firm_id = self.env["res.partner"].create({"name": "测试天平律师事务所", "is_company": True})
        consultation = self._create_consultation(question=LONG, answer=LONG)
        case = self._create_case(
            description=LONG * 3,
            applicant_address="河南省平顶山市测甲县某某镇某某村某某组某某号（经常居住地：测甲县建设路某某小区某号楼）",
            employer_name="河南某某建筑劳务分包有限责任公司测甲县项目部",
            family_income=850,
            hardship_basis="self_commitment",
            hardship_checked_date=TODAY,
            applicant_kind="hardship_worker",
            hardship_note=LONG,
            tribunal_name="测甲县劳动人事争议仲裁委员会",
            tribunal_case_number="测甲劳人仲案〔2026〕118号",
        )
        case.action_add_document(kind="hardship", filename="hardship.txt", content=b"x", name="hardship 复印件")
        consultation.sudo()._workflow_write({"case_id": case.id, "state": "case"})
        case.action_submit()
        case.action_request_supplement(note="1. 工资支付凭证；2. 考勤记录；3. 居民身份证复印件（正反面）。" + LONG)
        case.action_submit()
        case.with_user(self.a_manager).action_grant()
        case.action_assign(volunteer_id=self.lawyer1)
        case.action_change_lawyer(volunteer_id=self.lawyer1, reason_code=self._get_reason("change_lawyer"))
        for kind in ("identity", "application", "evidence", "procedure", "decision"):
            case.action_add_document(kind=kind, filename=f"{kind}.txt", content=b"x", name=f"{kind} 复印件")
        mine = case.with_user(self.lawyer1_user)
        mine.action_accept()
        for kind in ("meeting", "evidence", "hearing"):
            mine.action_log_work(hours=3, kind=kind, note=LONG)
        if state == "closed":
            mine.action_close(outcome="won", amount_recovered=9000, note=LONG * 2)
        return case

    def _get_reason(self, usage):
        return self.env["legal.aid.reason"].search([("usage", "=", usage)], limit=1).code

    def _create_bare(self, state):
        """A record as history may have it: nothing but what the database asks for."""
        return (
            self.env["legal.aid.case"]
            .with_context(legal_aid_workflow=WORKFLOW_TOKEN)
            .create({"organization_id": self.county_a.id, "state": state})
        )
