from lxml import etree

from odoo.tests import tagged

from .casework_common import LegalAidCaseworkCommon

# Queries of one opening of the form: 55 were counted (87 before), 24 of them for the lists in it.
AT_MOST = 58
PAGES = 9


@tagged("post_install", "-at_install")
class TestFormCost(LegalAidCaseworkCommon):
    """O2, I7: the page of a case opens fast, also with a long history, and a person finds his way in it."""

    def _get_arch(self, user):
        views = self.env["legal.aid.case"].with_user(user).get_views([(False, "form")])
        return etree.fromstring(views["views"]["form"]["arch"]), views["models"]

    def _get_specification(self, node, model, models):
        """What the browser asks for, as the form says it."""
        spec = {}
        for field in node.iterfind(".//field"):
            owner = next((parent for parent in field.iterancestors("field")), None)
            if owner is not None and owner is not node:
                continue
            name = field.get("name")
            info = models[model]["fields"][name]
            spec[name] = {}
            if info["type"] == "many2one":
                spec[name] = {"fields": {"display_name": {}}}
            elif info["type"] in ("one2many", "many2many"):
                lines = next((child for child in field if child.tag in ("list", "kanban")), None)
                inner = self._get_specification(lines, info["relation"], models) if lines is not None else {}
                spec[name] = {"fields": inner or {"display_name": {}}, "limit": 40, "order": ""}
        return spec

    def _create_rich_case(self):
        """A case that went through everything an officer meets in a year."""
        case = self._create_in_progress(headcount=3)
        lawyer_case = case.with_user(self.lawyer1_user)
        for kind in ("attorney", "agreement", "evidence", "evidence", "pleading"):
            lawyer_case.action_add_document(kind=kind, filename=f"{kind}.jpg", content=b"jpg")
        for day in range(5):
            lawyer_case.action_log_work(hours=1, kind="meeting", note=f"会见{day}", told_method="phone")
        case.action_add_fact(kind="right_infringed_known", date="2026-01-05")
        case.action_add_fact(kind="arbitration_applied", date="2026-02-20")
        case.write({"party_ids": [(0, 0, {"role": "third", "kind": "person", "name": f"工友{i}"}) for i in range(4)]})
        notice = case.action_issue_document("grant")
        notice.action_deliver(date="2026-03-02", method="direct", received_by="王小明")
        case.action_mark_major(reason_code="group", date="2026-03-02", note="集体欠薪")
        case.action_report_major(text="已报告")
        case.action_check_conflict()
        return case

    def _count_queries(self, case, spec):
        case.env.flush_all()
        case.env.invalidate_all()
        case.env.user.mapped("partner_id.name")  # every request reads who asks
        before = self.env.cr.sql_log_count
        case.with_context(bin_size=True).web_read(spec)
        return self.env.cr.sql_log_count - before

    def test_queries_of_opening(self):
        """A case with papers, logs, parties, facts and clocks opens with a bounded number of queries."""
        case = self._create_rich_case().with_user(self.a_officer)
        arch, models = self._get_arch(self.a_officer)
        spec = self._get_specification(arch, "legal.aid.case", models)
        self._count_queries(case, spec)  # rules, groups and configuration are cached from the first reader on
        self.assertLessEqual(self._count_queries(case, spec), AT_MOST)

    def test_queries_do_not_grow(self):
        """Twenty logs and twenty workers more cost not one query more."""
        case = self._create_rich_case().with_user(self.a_officer)
        arch, models = self._get_arch(self.a_officer)
        spec = self._get_specification(arch, "legal.aid.case", models)
        self._count_queries(case, spec)
        before = self._count_queries(case, spec)
        for day in range(1, 11):
            case.with_user(self.lawyer1_user).action_log_work(hours=0.5, kind="meeting", note=f"{day}")
            case.with_user(self.lawyer1_user).action_add_document(filename=f"{day}.jpg", content=b"jpg")
        case.write({"party_ids": [(0, 0, {"role": "third", "kind": "person", "name": f"同事{i}"}) for i in range(10)]})
        self._count_queries(case, spec)
        self.assertLessEqual(self._count_queries(case, spec), before)

    def test_pages(self):
        """A form with more pages than fit in a row hides them; what belongs together stands together."""
        for user in (self.a_officer, self.a_manager, self.auditor):
            with self.subTest(user.login):
                arch, _models = self._get_arch(user)
                self.assertLessEqual(len(arch.findall(".//notebook/page")), PAGES)
