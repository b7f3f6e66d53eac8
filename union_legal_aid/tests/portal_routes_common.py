import base64
import re
from itertools import product

from .portal_common import TODAY, LegalAidPortalCommon

PLACEHOLDER = re.compile(r"<(?:(?P<converter>\w+)(?:\((?P<options>[^)]*)\))?:)?(?P<name>\w+)>")
PORTAL = "odoo.addons.union_legal_aid.controllers.portal"
# A complete form of each step; what is the same everywhere stands in COMMON.
COMMON = {
    "answer": "申辩",
    "date": TODAY,
    "hours": "1",
    "is_name_free": "1",
    "name": "测试单位",
    "note": "测试说明",
    "reply": "申辩",
    "summary": "全年工作",
    "text": "测试内容",
}
FORMS = {
    "accept": {"no_conflict": "1", "free_of_charge": "1"},
    "decline": {"reason_code": "conflict"},
    "log": {"hours_quick": "1", "kind": "meeting"},
    "fact": {"kind": "award_received"},
    "correct": {"value": "3", "reason": "漏登"},
    "upload": {"kind": "evidence"},
    "close": {"outcome": "won", "amount_recovered": "1"},
    "add": {"section": "other"},
    "give": {"originals": "无"},
    "leave": {"last_day": "2026-03-31"},
    "new": {"question": "怎么办", "kind": "publicity"},
}


class LegalAidPortalRoutesCommon(LegalAidPortalCommon):
    """Every page and form of the portal, taken from the server's own map, so that a new one cannot be forgotten.

    Lawyer 1 has one record of each kind that an address may name; so has the enterprise union.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_casework()
        cls._create_service()
        cls._create_conduct()
        cls._create_enterprise()
        cls.env.flush_all()

    @classmethod
    def _create_users(cls):  # pylint: disable=missing-return
        super()._create_users()
        cls.enterprise_user = cls._create_user("t_enterprise_a", cls.enterprise_a, "enterprise_portal")

    @classmethod
    def _create_casework(cls):
        cls.lawyer1.contact_point_ids |= cls.enterprise_a
        mandated = cls._assign(cls._create_case(contact_point_id=cls.enterprise_a.id), cls.lawyer1)
        cls.mandate = mandated.mandate_id.sudo()
        cls.case = cls._assign(cls._create_case(), cls.lawyer1)
        mine = cls.case.with_user(cls.lawyer1_user)
        mine.action_accept()
        mine.action_log_work(hours=2, kind="meeting", note="核对工资条", files=[("现场.png", b"\x89PNG\r\n\x1a\n0000")])
        cls.document = mine.action_add_document(kind="evidence", filename="证据.txt", content=b"secret")
        cls.consultation = (
            cls.env["legal.aid.consultation"]
            .with_user(cls.lawyer1_user)
            ._create_from_portal(
                cls.lawyer1,
                {"matter_id": cls.matter.id, "question": "老板拖欠工资怎么办", "employer_place_id": cls.county_a.id},
            )
        )
        given = cls._assign(cls._create_case(), cls.lawyer1)
        given.with_user(cls.lawyer1_user).action_accept()
        given.with_user(cls.a_officer).action_change_lawyer(reason_code="recipient")
        cls.change = given.sudo().lawyer_change_ids
        clients = cls.env["legal.aid.firm.client"].with_user(cls.lawyer1_user)
        clients.action_add(cls.lawyer1.id, name="测试顾问单位", uscc="", date_from=TODAY)
        cls.client = cls.env["legal.aid.firm.client"].search([("volunteer_id", "=", cls.lawyer1.id)])

    @classmethod
    def _create_service(cls):
        cls.ledger = cls.env["legal.aid.ledger"].search([("volunteer_id", "=", cls.lawyer1.id)])
        # The page of a ledger counts its lines anew; from here on they stand.
        cls.env["legal.aid.ledger"].search([("volunteer_id", "in", (cls.lawyer1 + cls.lawyer2).ids)])._refresh(
            details=True
        )
        cls.certificate = (
            cls.env["legal.aid.service.certificate"]
            .with_user(cls.city_officer)
            .create({"volunteer_id": cls.lawyer1.id, "date_from": "2026-01-01", "date_to": TODAY})
        )
        cls.certificate.action_issue()

    @classmethod
    def _create_conduct(cls):
        complaint = (
            cls.env["legal.aid.complaint"]
            .with_user(cls.city_officer)
            .create({"volunteer_id": cls.lawyer1.id, "complainant_kind": "worker", "text": "一个月未联系"})
        )
        complaint.action_ask_reply(note="有职工反映一个月未联系")
        cls.extract = complaint.extract_ids
        assessment = (
            cls.env["legal.aid.assessment"].with_user(cls.city_officer).create({"volunteer_id": cls.lawyer1.id})
        )
        assessment.action_compute()
        cls.assessment = assessment.sudo()
        cls.assessment.write({"outcome": "renew"})
        cls.assessment._workflow_write(
            {"state": "signed", "signed_date": TODAY, "answer_due": "2026-03-17", "follow_up": "open"}
        )
        removals = cls.env["legal.aid.removal"].with_user(cls.city_officer)
        cls.removal = removals.create(
            {"volunteer_id": cls.lawyer1.id, "ground": "failure", "evidence": "证词", "charge": "错过期限。"}
        ).sudo()
        cls.env["legal.aid.removal.element"].with_user(cls.city_officer).create(
            {
                "volunteer_id": cls.lawyer1.id,
                "element": "error",
                "text": "询问笔录",
                "document": base64.b64encode(b"%PDF-1.4"),
            }
        )
        cls.lawyer1.with_user(cls.lawyer1_user).action_request_exit(note="工作调动", last_day="2026-03-31")
        cls.leaving = cls.env["legal.aid.leaving"].search([("volunteer_id", "=", cls.lawyer1.id)])

    @classmethod
    def _create_enterprise(cls):
        requests = cls.env["legal.aid.service.request"].with_user(cls.enterprise_user)
        request = requests._create_from_portal(
            cls.enterprise_a,
            {"kind": "application", "employer_is_ours": False, "employer_name": "测试劳务公司", "description": "欠薪"},
        )
        request._add_papers_from_portal("identity", [("证件.png", b"eA==")])
        cls.request = request.sudo()
        cls.paper = cls.request.paper_ids
        cls.opinion = cls.assessment.voice_ids.filtered(lambda voice: voice.organization_id == cls.enterprise_a)

    @classmethod
    def _get_values(cls):
        """For each name in an address what stands there: of lawyer 1, or of the enterprise union."""
        return {
            "case_id": cls.case.id,
            "document_id": cls.document.id,
            "code": "attorney",
            "extension": "docx",
            "consultation_id": cls.consultation.id,
            "change_id": cls.change.id,
            "client_id": cls.client.id,
            "ledger_id": cls.ledger.id,
            "certificate_id": cls.certificate.id,
            "extract_id": cls.extract.id,
            "assessment_id": cls.assessment.id,
            "removal_id": cls.removal.id,
            "leaving_id": cls.leaving.id,
            "lawyer_id": cls.lawyer1.id,
            "mandate_id": cls.mandate.id,
            "request_id": cls.request.id,
            "paper_id": cls.paper.id,
            "opinion_id": cls.opinion.id,
            "page": 1,
        }

    # The map

    def _each_route(self, method, of_enterprise=None):
        """Each address of the portal that answers ``method``, filled in: ``(address, whether it names a record)``.

        :param of_enterprise: only those of the enterprise union, or only those of the lawyer; else both
        """
        enterprise = self._get_enterprise_classes()
        for rule in self.env["ir.http"].routing_map().iter_rules():
            endpoint = rule.endpoint
            if not endpoint.__module__.startswith(PORTAL) or endpoint.__name__ == "home" or method not in rule.methods:
                continue
            is_enterprise = endpoint.__qualname__.partition(".")[0] in enterprise
            # Pages of an enterprise's requests and opinions are walked with records of theirs by TestUnionDoors.
            known = self._get_values().keys() | {"kind", "step"}
            if is_enterprise and rule.arguments - known:
                continue
            if of_enterprise in (None, is_enterprise):
                yield from self._fill_in(rule.rule)

    def _get_enterprise_classes(self):
        from ..controllers.portal_enterprise import LegalAidPortalEnterprise  # noqa: PLC0415

        found, todo = set(), [LegalAidPortalEnterprise]
        while todo:
            controller = todo.pop()
            found.add(controller.__name__)
            todo += controller.__subclasses__()
        return found

    def _fill_in(self, address):
        values = self._get_values()
        names = [match["name"] for match in PLACEHOLDER.finditer(address)]
        choices = []
        for match in PLACEHOLDER.finditer(address):
            options = match["options"] if match["converter"] == "any" else None
            if not options and match["name"] not in values:
                self.fail(f"{address}: _get_values() names no record for “{match['name']}”; a new page needs one.")
            choices.append([one.strip() for one in options.split(",")] if options else [values[match["name"]]])
        for chosen in product(*choices):
            filled = iter(chosen)
            yield (
                PLACEHOLDER.sub(lambda _match, filled=filled: str(next(filled)), address),
                any(name.endswith("_id") for name in names),
            )

    def _get_form(self, address):
        """A complete form for the step at the end of ``address``."""
        step = address.rpartition("/")[2]
        values = {**COMMON, "matter_id": str(self.matter.id), "reason_code": "recipient", **FORMS.get(step, {})}
        values["paper_id"] = str(self.paper.id)
        if step == "new" or step == "log":
            values["contact_point_id"] = str(self.county_a.id)
        return values

    # What must not change

    def _take_snapshot(self):
        """Every stored value of the records that the addresses name, and how many records of each model there are."""
        self.env.invalidate_all()
        records = [
            self.case.sudo(),
            self.document.sudo(),
            self.consultation.sudo(),
            self.change,
            self.client,
            self.ledger,
            self.certificate.sudo(),
            self.extract.sudo(),
            self.assessment,
            self.removal,
            self.leaving,
            self.lawyer1,
            self.mandate,
            self.request,
            self.paper,
            self.opinion,
        ]
        values = [
            record.sudo().read([name for name, field in record._fields.items() if field.store], load="")
            for record in records
        ]
        models = [
            name
            for name, model in self.env.registry.items()
            if name.startswith("legal.aid.") and model._auto and not model._transient and name != "legal.aid.access.log"
        ]
        return values, {name: self.env[name].sudo().search_count([]) for name in models}

    def _assert_nothing_changed(self, snapshot):
        now = self._take_snapshot()
        self.assertEqual(now[1], snapshot[1])
        self.assertEqual(now[0], snapshot[0])
