from dataclasses import dataclass, field

from odoo.fields import Command

from odoo.addons.union_legal_aid.models.organization.legal_aid_workflow_mixin import WORKFLOW_TOKEN

from .casework_common import TODAY
from .money_common import LegalAidMoneyCommon

# Who walks the matrix: every role, at every tier of the tree where it is held.
PEOPLE = (
    ("officer", "province"),
    ("officer", "city"),
    ("officer", "county_a"),
    ("officer", "county_b"),
    ("officer", "county_a county_b"),
    ("officer", "zone"),
    ("officer", "industry"),
    ("officer", "township"),
    ("officer", "enterprise_a"),
    ("officer", "institution"),
    ("officer", "grassroots"),
    ("manager", "city"),
    ("manager", "county_a"),
    ("manager", "county_b"),
    ("administrator", "province"),
    ("administrator", "city"),
    ("administrator", "county_a"),
    ("finance", "city"),
    ("finance", "county_a"),
    ("finance", "county_b"),
    ("justice", "city"),
    ("justice", "county_a"),
    ("auditor", "city"),
    ("auditor", "county_a"),
    ("auditor", "county_b"),
    ("liaison", "enterprise_a"),
    ("liaison", "enterprise_b"),
    ("enterprise_portal", "enterprise_a"),
    ("enterprise_portal", "enterprise_b"),
    ("volunteer", "lawyer1"),
    ("volunteer", "lawyer2"),
)


@dataclass(frozen=True)
class Person:
    user: object
    role: str
    paths: tuple


@dataclass(frozen=True)
class Specimen:
    """A record, and for each scope word whom it reaches: told from the facts of the case, never read from a rule."""

    record: object
    reaches: dict = field(default_factory=dict)

    def is_in(self, scope, person):
        return scope in self.reaches and self.reaches[scope](person)


# Predicates on a person


def anybody(person):
    return True


def at(*unions):
    """The person's union is one of ``unions``, or stands above it."""
    paths = [union.parent_path for union in unions if union]
    return lambda person: any(path.startswith(own) for path in paths for own in person.paths)


def over(*unions):
    """The person's union is one of ``unions``, or stands below it."""
    paths = [union.parent_path for union in unions if union]
    return lambda person: any(own.startswith(path) for path in paths for own in person.paths)


def exactly(union):
    """The person acts for this very union."""
    return lambda person: union.parent_path in person.paths


def outside(*unions):
    """The person's union is none of the house of ``unions``, neither above nor below; a county has no house."""
    paths = [union.house_id.parent_path for union in unions if union.house_id]
    return lambda person: not any(own.startswith(path) for path in paths for own in person.paths)


def at_top(person):
    """The person's union stands at the top of the tree."""
    return any(path.count("/") == 1 for path in person.paths)


def by(*users):
    return lambda person: any(person.user == user for user in users if user)


def in_ladder(person):
    """Works on cases: officer, leader or administrator."""
    return person.role in ("officer", "manager", "administrator")


def works_in(company):
    """The books are among those the person works in, or there are none."""
    return lambda person: not company or company in person.user.company_ids


def both(first, second):
    return lambda person: first(person) and second(person)


def either(first, second):
    return lambda person: first(person) or second(person)


@dataclass(frozen=True)
class Secret:
    """What only some may read in clear, wherever it turns up."""

    text: str
    kind: str
    allowed: object


def make_resident_id(number):
    """A valid identity number of nobody."""
    digits = f"4104021985{number % 12 + 1:02d}01{number:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]


class LegalAidAccessCommon(LegalAidMoneyCommon):
    """A tree with every tier, one user for each role and tier, and at least one record of each model in and out of reach."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = [cls._create_person(role, unions) for role, unions in PEOPLE]
        cls.by_login = {person.user.login: person for person in cls.people}
        cls.specimens = {}
        cls.secrets = []
        cls._create_specimens()

    @classmethod
    def _create_unions(cls):  # pylint: disable=missing-return
        super()._create_unions()
        create = cls._create_union
        cls.province = create("测试省总工会", "T0", "province")
        cls.city.parent_id = cls.province
        cls.city_2 = create("测试二市总工会", "T02", "city", cls.province, prefix="测二援")
        cls.zone = create("测试高新区总工会", "T01Z", "zone", cls.city, prefix="测高援")
        cls.township = create("测试甲县某镇工会", "T01AT", "township", cls.county_a)
        cls.institution = create("测试甲县某中学工会", "T01AI", "institution", cls.county_a)
        cls.grassroots = create("测试甲县某车间工会", "T01AEG", "grassroots", cls.enterprise_a)
        cls.enterprise_b = create("测试乙县企业工会", "T01BE", "enterprise", cls.county_b)

    @classmethod
    def _create_person(cls, role, unions):
        if role == "volunteer":
            return Person(cls.lawyer1_user if unions == "lawyer1" else cls.lawyer2_user, role, ())
        unions = cls.env["union.organization"].union(*(getattr(cls, name) for name in unions.split()))
        login = f"m_{role}_{'_'.join(union.code.lower() for union in unions)}"
        user = cls._create_user(login, unions, role)
        if unions.company_id and role in ("finance", "officer"):
            user.company_ids |= unions.company_id
        return Person(user, role, tuple(union.parent_path for union in unions))

    @classmethod
    def _add(cls, record, **reaches):
        """Note ``record`` as a specimen; several records at once share their reach."""
        for one in record:
            cls.specimens.setdefault(record._name, []).append(Specimen(one.sudo(), reaches))
        return record

    @classmethod
    def _add_secret(cls, text, kind, allowed):
        cls.secrets.append(Secret(text, kind, allowed))
        return text

    @classmethod
    def _as_system(cls, model):
        """The fixture stands for history, so it is written as the workflow itself writes."""
        return cls.env[model].with_context(legal_aid_workflow=WORKFLOW_TOKEN)

    @classmethod
    def _get_person(cls, role, unions):
        codes = "_".join(getattr(cls, name).code.lower() for name in unions.split())
        return cls.by_login[f"m_{role}_{codes}"]

    # Specimens, room by room

    @classmethod
    def _create_specimens(cls):
        cls._create_organization_specimens()
        cls._create_approval_specimens()
        cls._create_team_specimens()
        cls._create_batch_specimens()
        cls._create_round_specimens()
        cls._create_casework_specimens()
        cls._create_service_specimens()
        cls._create_conduct_specimens()
        cls._create_money_specimens()
        cls._create_request_specimens()
        cls._create_oversight_specimens()
        cls._create_archive_specimens()
        cls._create_dialog_specimens()

    @classmethod
    def _create_organization_specimens(cls):
        for union in (
            cls.province,
            cls.city,
            cls.county_a,
            cls.county_b,
            cls.zone,
            cls.industry,
            cls.township,
            cls.grassroots,
        ):
            cls._add(union, all=anybody, down=at(union))
        policies = [cls.policy] + [
            cls.env["legal.aid.policy"].create(
                {
                    "name": "矩阵政策",
                    "organization_id": union.id,
                    "document_number": f"测{union.code}",
                    # The second city has no other policy; the others keep to the city's.
                    "date_from": "2026-01-01" if union == cls.city_2 else "2035-01-01",
                    "date_to": "2035-12-31",
                }
            )
            for union in (cls.province, cls.county_a, cls.county_b, cls.city_2)
        ]
        for policy in policies:
            cls._add(policy, up=over(policy.organization_id), down=at(policy.organization_id))
        cls._add(cls.env["legal.aid.calendar.day"].search([], limit=1), all=anybody)
        cls._add(cls.env["legal.aid.reason"].search([], limit=1), all=anybody)

        for union in (cls.city, cls.county_a, cls.county_b, cls.enterprise_a):
            station = cls.env["union.institution"].create(
                {"organization_id": union.id, "kind": "station", "name": "矩阵工作站"}
            )
            cls._add(station, all=anybody, down=at(union))
        cls._create_notification_specimens()

    @classmethod
    def _create_notification_specimens(cls):
        for person in cls.people:
            for union in (cls.city, cls.county_a, cls.county_b):
                told = cls.env["legal.aid.notification"]._tell(
                    person.user, lambda env: "矩阵通知", lambda env: "矩阵", office=union
                )
                cls._add(told, own=by(person.user), down=at(union))

    @classmethod
    def _create_approval_specimens(cls):
        model = cls.env["ir.model"]._get("legal.aid.case")
        for union in (cls.env["union.organization"], cls.city, cls.county_a, cls.county_b, cls.city_2):
            rule = cls.env["legal.aid.approval.rule"].create(
                {"name": "矩阵规则", "model_id": model.id, "organization_id": union.id, "domain": "[('id', '=', 0)]"}
            )
            cls._add(
                rule, up=over(union) if union else anybody, **({"down": at(union)} if union else {"general": at_top})
            )
        for absent, substitute in ((cls.a_manager, cls.a_officer), (cls.b_manager, cls.b_officer)):
            # Over before the tests begin, so that nobody acts for anybody else in the matrix.
            stand_in = cls.env["legal.aid.stand.in"].create(
                {
                    "user_id": absent.id,
                    "substitute_id": substitute.id,
                    "date_from": "2025-01-01",
                    "date_to": "2025-01-31",
                }
            )
            cls._add(
                stand_in,
                down=either(by(absent, substitute), at(*absent.union_organization_ids)),
                given=either(by(absent), at(*absent.union_organization_ids)),
            )

    @classmethod
    def _create_oversight_specimens(cls):
        """Rows of the views come of the records above; of each union some, and returns in both layouts, sent and not."""
        for case in (cls.case_city, cls.case_a, cls.case_b):
            case.sudo()._workflow_write({"granted_date": case.application_date})
        cls.env.flush_all()
        for name in ("legal.aid.statistic", "legal.aid.statistic.gap"):
            for union in (cls.city, cls.county_a, cls.county_b):
                rows = cls.env[name].search([("organization_id", "=", union.id)], limit=5)
                cls._add(rows, down=at(union))
        for union, layout, state in (
            (cls.city, "union", "sent"),
            (cls.county_a, "justice", "sent"),
            (cls.county_a, "justice", "draft"),
            (cls.county_b, "justice", "received"),
        ):
            statistics = cls._as_system("legal.aid.statistical.return").create(
                {
                    "organization_id": union.id,
                    "layout": layout,
                    "state": state,
                    "year": 2026,
                    "line_ids": [Command.create({"code": "granted", "name": "批准", "unit": "件", "value": 1})],
                }
            )
            sent = {"sent": at(union)} if layout == "justice" and state != "draft" else {}
            for record in (statistics, statistics.line_ids):
                cls._add(record, down=at(union), **sent)

        for person in (cls._get_person("manager", "city"), cls._get_person("manager", "county_a")):
            table = (
                cls.env["legal.aid.import"].with_user(person.user).sudo().create({"organization_id": cls.county_a.id})
            )
            cls._add(table, own=by(person.user))
            entry = cls._as_system("legal.aid.import.entry").create(
                {
                    "import_id": table.id,
                    "organization_id": cls.county_a.id,
                    "place": "2",
                    "key": person.user.login,
                    "res_model": "legal.aid.case",
                    "res_id": cls.case_a.id,
                }
            )
            cls._add(entry, own=by(person.user))
        for union, state in ((cls.county_a, "submitted"), (cls.county_b, "draft"), (cls.zone, "accepted")):
            summary = cls._as_system("legal.aid.summary").create(
                {"organization_id": union.id, "due_date": "2035-12-20", "work": "矩阵", "state": state}
            )
            cls._add(summary, down=at(union), **({} if state == "draft" else {"handed": at(union)}))

    @classmethod
    def _create_archive_specimens(cls):
        """A sealed file of county a: who could read it before reads it no more, but for one officer who was granted a reading."""
        case = cls.case_sealed
        case._workflow_write({"state": "archived", "archived_date": TODAY, "sealed_date": TODAY})
        consultation = cls._create_consultation(cls.county_a, cls._get_person("officer", "county_a").user)
        consultation._workflow_write({"case_id": case.id})
        writer = cls._get_person("liaison", "enterprise_a").user
        request = cls._create_service_request_of(cls.enterprise_a, writer, "submitted", False)
        request._workflow_write({"case_id": case.id})
        reader = cls._get_person("officer", "city").user
        reading = cls._as_system("legal.aid.file.reading").create(
            {
                "case_id": case.id,
                "reader_id": reader.id,
                "reason_id": cls.env["legal.aid.reason"].search([("usage", "=", "file_reading")], limit=1).id,
                "state": "granted",
                "date_from": TODAY,
                "date_until": "2035-12-31",
            }
        )
        disposal = cls._as_system("legal.aid.file.disposal").create(
            {
                "organization_id": cls.county_a.id,
                "line_ids": [Command.create({"case_id": case.id, "case_number": case.name})],
            }
        )
        cls.env.flush_all()
        for record in (reading, disposal, disposal.line_ids, cls.env["legal.aid.archive.register"].browse(case.id)):
            cls._add(record, down=at(cls.county_a))
        for specimen in (specimen for specimens in cls.specimens.values() for specimen in specimens):
            specimen.reaches["unsealed"] = by(reader) if cls._find_case(specimen.record) == case else anybody

    @classmethod
    def _find_case(cls, record):
        """The case whose file the record is a leaf of."""
        if record._name == "legal.aid.case":
            return record
        parents = {
            "legal.aid.work.log.correction": "log_id",
            "legal.aid.conflict.hit": "check_id",
            "legal.aid.quality.check.line": "check_id",
            "legal.aid.consultation.private": "consultation_id",
            "legal.aid.service.request.private": "request_id",
            "legal.aid.service.request.paper": "request_id",
        }
        record = record[parents[record._name]] if record._name in parents else record
        return "case_id" in record._fields and record._fields["case_id"].type == "many2one" and record.case_id

    @classmethod
    def _create_request_specimens(cls):
        expenses = [specimen.record for specimen in cls.specimens["legal.aid.expense"]]
        for record in (cls.case_city, cls.case_a, cls.case_b, *expenses):
            cls._create_request(record, record.organization_id)

    @classmethod
    def _create_request(cls, record, union):
        request = cls._as_system("legal.aid.approval.request").create(
            {
                "name": "矩阵",
                "res_model": record._name,
                "res_id": record.id,
                "organization_id": union.id,
                "facts": {},
                "steps": [
                    {
                        "rule_id": False,
                        "name": "矩阵",
                        "approver": "record_manager",
                        "organization_id": union.id,
                        "group_id": False,
                        "user_id": False,
                    }
                ],
            }
        )
        line = cls._as_system("legal.aid.approval.line").create(
            {
                "request_id": request.id,
                "step": 0,
                "step_name": "矩阵",
                "decision": "approve",
                "user_id": cls.city_manager.id,
            }
        )
        payable = {"payable": at(union)} if record._name == "legal.aid.expense" else {}
        cls._add(request, down=at(union), **payable)
        cls._add(line, down=at(union), **payable)

    @classmethod
    def _create_team_specimens(cls):
        partner = cls.env["res.partner"].create({"name": "矩阵二市律师"})
        cls.lawyer_city_2 = cls.env["legal.aid.volunteer"].create(
            {"partner_id": partner.id, "organization_id": cls.city_2.id, "mobile": "13803750077"}
        )
        cls.lawyer_city_2._workflow_write({"state": "active"})
        cls.lawyer_idle = cls.env["legal.aid.volunteer"].create(
            {
                "partner_id": cls.env["res.partner"].create({"name": "矩阵无联系点律师"}).id,
                "organization_id": cls.city.id,
                "mobile": "13803750078",
            }
        )
        cls._add(cls.env["legal.aid.specialty"].search([], limit=1), all=anybody)
        # Two lawyers of one firm read each other's clients.
        firm = cls.env["res.partner"].create({"name": "矩阵律师事务所", "is_company": True})
        (cls.lawyer1 + cls.lawyer_idle).law_firm_id = firm
        for lawyer in (cls.lawyer1, cls.lawyer2, cls.lawyer_city_2, cls.lawyer_idle):
            reaches = cls._reach_of_lawyer(lawyer)
            cls._add(lawyer, **reaches)
            client = cls.env["legal.aid.firm.client"].create(
                {"volunteer_id": lawyer.id, "name": f"矩阵客户{lawyer.id}"}
            )
            in_firm = by(cls.lawyer1.user_id) if lawyer.law_firm_id == firm else reaches["assigned"]
            cls._add(client, down=reaches["down"], assigned=in_firm)
            cls._add(lawyer.sudo().private_ids, down=reaches["down"], linked=reaches["linked"])
            contract = lawyer.sudo().contract_ids[:1] or cls._draft_contract(lawyer)
            cls._add(contract, **reaches)
            duty = cls._as_system("legal.aid.contract.duty").create({"contract_id": contract.id, "kind": "other"})
            cls._add(duty, **reaches)
            notice = lawyer.sudo().notice_ids[:1] or cls._as_system("legal.aid.notice").create(
                {"volunteer_id": lawyer.id, "kind": "join", "date": TODAY}
            )
            cls._add(notice, **reaches)
            site = cls._create_site_of(lawyer.organization_id)
            lawyer.consent_date = TODAY
            for consent in lawyer.consent_ids[:1]:
                cls._add(consent, down=reaches["down"], assigned=reaches["assigned"])
            takedown = cls._as_system("legal.aid.publication.takedown").create(
                {"site_id": site.id, "volunteer_id": lawyer.id, "date": TODAY}
            )
            cls._add(takedown, down=reaches["down"])
            publication = cls.env["legal.aid.notice.publication"].create(
                {"notice_id": notice.id, "site": "矩阵", "date": TODAY}
            )
            cls._add(publication, **reaches)
            ledger = cls._as_system("legal.aid.ledger").create(
                {"volunteer_id": lawyer.id, "organization_id": lawyer.organization_id.id, "year": 2030}
            )
            cls._add(ledger, **reaches)
            line = cls._as_system("legal.aid.ledger.line").create({"ledger_id": ledger.id, "code": "consultations"})
            cls._add(line, **reaches)
            for union in (cls.county_a, cls.county_b, cls.zone):
                detail = cls.env["legal.aid.ledger.detail"].create(
                    {"ledger_id": ledger.id, "kind": "case", "organization_id": union.id}
                )
                cls._add(detail, down=at(union), assigned=reaches["assigned"])
            for state in ("draft", "issued"):
                certificate = cls._as_system("legal.aid.service.certificate").create(
                    {"volunteer_id": lawyer.id, "date_from": "2026-01-01", "date_to": TODAY, "state": state}
                )
                own = {"issued": reaches["assigned"]} if state == "issued" else {}
                cls._add(certificate, down=reaches["down"], linked=reaches["linked"], **own)
        cls._create_recommendation_specimens(firm)

    @classmethod
    def _create_recommendation_specimens(cls, firm):
        """A proposal is its union's and those above; the levels go with it."""
        for number, union in enumerate((cls.city, cls.county_a, cls.county_b, cls.city_2), start=1):
            proposal = cls.env["legal.aid.recommendation"].create(
                {
                    "name": f"矩阵被荐律师{number}",
                    "license_number": f"14104202610{number:06d}",
                    "law_firm_id": firm.id,
                    "organization_id": union.id,
                }
            )
            step = cls.env["legal.aid.recommendation.step"].create({"recommendation_id": proposal.id})
            cls._add(proposal, down=at(union))
            cls._add(step, down=at(union))
        for city in (cls.city, cls.city_2):
            lawyer = cls.env["legal.aid.volunteer"].create(
                {
                    "partner_id": cls.env["res.partner"].create({"name": f"矩阵所派律师{city.id}"}).id,
                    "organization_id": city.id,
                    "kind": "firm_lawyer",
                    "law_firm_id": firm.id,
                }
            )
            cls._add(lawyer, **cls._reach_of_lawyer(lawyer))
            agreement = cls.env["legal.aid.contract"].create(
                {"kind": "firm", "law_firm_id": firm.id, "organization_id": city.id, "date_start": "2026-01-01"}
            )
            cls._add(agreement, down=at(city))
            naming = cls.env["legal.aid.contract.lawyer"].create(
                {"contract_id": agreement.id, "volunteer_id": lawyer.id}
            )
            cls._add(naming, down=at(city))
            contract = cls.env["legal.aid.contract"].search(
                [("kind", "=", "individual"), ("organization_id", "=", city.id)], limit=1
            )
            card = cls._as_system("legal.aid.appointment.card").create(
                {
                    "contract_id": contract.id,
                    "token": f"matrix{city.id}",
                    "issued_date": TODAY,
                    "issued_by_id": cls.env.user.id,
                }
            )
            cls._add(card, down=at(city))

    @classmethod
    def _create_round_specimens(cls):
        """A row of the yearly round is a contract that came into force."""
        for lawyer in (cls.lawyer1, cls.lawyer2, cls.lawyer_city_2, cls.lawyer_idle):
            contract = lawyer.sudo().contract_ids[:1]
            if contract.state == "draft":
                contract._workflow_write({"state": "active"})
            cls.env.flush_all()
            cls._add(cls.env["legal.aid.yearly.round"].browse(contract.id), **cls._reach_of_lawyer(lawyer))

    @classmethod
    def _create_batch_specimens(cls):
        for union in (cls.city, cls.city_2):
            batch = cls.env["legal.aid.appointment.batch"].create(
                {
                    "organization_id": union.id,
                    "date_start": "2026-06-01",
                    "duty_ids": [Command.create({"kind": "other"})],
                }
            )
            cls._add(batch, down=at(union))
            cls._add(batch.duty_ids, down=at(union))

    @classmethod
    def _create_site_of(cls, union):
        """A website of ``union`` and a publication of its roster there; one for each union."""
        sites = cls.env["legal.aid.publication.site"]
        site = sites.search([("organization_id", "=", union.id), ("name", "=", "矩阵网站")])
        if site:
            return site
        site = sites.create({"name": "矩阵网站", "organization_id": union.id})
        cls._add(site, down=at(union))
        publication = cls.env["legal.aid.roster.publication"].create(
            {"site_id": site.id, "date": TODAY, "recorded_by_id": cls.env.uid}
        )
        cls._add(publication, down=at(union))
        return site

    @classmethod
    def _draft_contract(cls, lawyer):
        return cls.env["legal.aid.contract"].create(
            {"volunteer_id": lawyer.id, "organization_id": lawyer.organization_id.id, "date_start": "2026-01-01"}
        )

    @classmethod
    def _reach_of_lawyer(cls, lawyer):
        """The team is the city's; the unions that a lawyer serves are linked to him; he himself is who is assigned."""
        return {
            "down": at(lawyer.organization_id),
            "linked": at(*lawyer.contact_point_ids),
            "assigned": by(lawyer.user_id),
        }

    @classmethod
    def _create_casework_specimens(cls):
        cls._add(cls.matter_wages, all=anybody)
        cls._add(cls.env["legal.aid.closing.item"].search([], limit=1), all=anybody)
        cls._add(cls.env["legal.aid.quality.criterion"].search([], limit=1), all=anybody)
        cls._add(cls.env.ref("union_legal_aid.scope_other"), all=anybody)
        cls._create_standard_specimens()
        cls._add(cls.env["legal.aid.knowledge"].create({"question": "矩阵", "answer": "矩阵"}), all=anybody)
        for union in (cls.city, cls.county_a, cls.county_b):
            flag = cls.env["legal.aid.key.employer"].create(
                {"name": "矩阵重点企业", "organization_id": union.id, "reason": "矩阵"}
            )
            cls._add(flag, down=at(union), up=over(union))
        own, other = cls.county_a, cls.county_b
        # In charge, contact point, lawyer, state
        cls.case_a = cls._create_case_of(own, own, cls.lawyer1, "in_progress")
        cls.case_b = cls._create_case_of(other, other, cls.lawyer2, "in_progress")
        cls.case_linked = cls._create_case_of(other, own, cls.lawyer2, "in_progress")
        # Sealed at the end, when all its leaves are there.
        cls.case_sealed = cls._create_case_of(own, own, cls.lawyer1, "in_progress")
        cls.case_house = cls._create_case_of(own, cls.enterprise_a, cls.lawyer1, "assigned")
        cls.case_opponent = cls._create_case_of(
            own, cls.enterprise_a, cls.lawyer1, "granted", employer=cls.enterprise_a
        )
        cls.case_consented = cls._create_case_of(own, cls.enterprise_a, cls.lawyer1, "in_progress", consent=True)
        cls.case_offered = cls._create_case_of(other, other, cls.lawyer2, "granted", offered=own)
        cls.case_zone = cls._create_case_of(cls.zone, cls.zone, cls.lawyer1, "closed")
        cls.case_city = cls._create_case_of(cls.city, cls.industry, cls.lawyer1, "submitted")
        for union in (cls.city, cls.county_a, cls.county_b):
            cls._create_card_of(union)
        writer = cls._get_person("liaison", "enterprise_a").user
        for union, taker, state, is_ours in (
            (cls.enterprise_a, writer, "draft", True),
            (cls.enterprise_a, writer, "submitted", True),
            (cls.enterprise_a, writer, "submitted", False),
            (cls.enterprise_b, cls._get_person("officer", "county_b").user, "draft", True),
            (cls.industry, cls._get_person("officer", "city").user, "submitted", False),
        ):
            cls._create_service_request_of(union, taker, state, is_ours)

    @classmethod
    def _create_service_specimens(cls):
        for union, enterprise, lawyer in (
            (cls.city, cls.enterprise_b, cls.lawyer2),
            (cls.county_a, cls.enterprise_a, cls.lawyer1),
            (cls.county_b, cls.enterprise_a, cls.lawyer2),
            (cls.industry, cls.env["union.organization"], cls.lawyer1),
        ):
            activity = cls.env["legal.aid.activity"].create(
                {
                    "name": "矩阵活动",
                    "date": TODAY,
                    "organization_id": union.id,
                    "enterprise_id": enterprise.id,
                    "volunteer_ids": lawyer.ids,
                }
            )
            reaches = {"down": at(union), "up": over(union), "assigned": by(lawyer.user_id)}
            cls._add(activity, here=at(enterprise), **reaches)
            cls._add(activity.line_ids, **reaches)

    @classmethod
    def _create_card_of(cls, union):
        number = len(cls.secrets) + 100
        holder = {
            "holder_name": f"矩阵持卡人{number}",
            "holder_id_number": make_resident_id(number),
            "holder_phone": f"13903{number:06d}",
        }
        for name, text in holder.items():
            cls._add_secret(text, name, both(in_ladder, at(union)))
        card = cls._as_system("legal.aid.card").create({"organization_id": union.id, "state": "draft", **holder})
        cls._add(card, all=anybody, down=at(union))
        cls._add(card.private_ids, down=at(union))

    @classmethod
    def _create_service_request_of(cls, union, writer, state, is_ours):
        """What ``union`` brings before the union above it; against its own employer only its writer reads the draft."""
        number = len(cls.secrets) + 100
        receiver = (
            cls.county_a if union == cls.enterprise_a else cls.county_b if union == cls.enterprise_b else cls.city
        )
        received = both(in_ladder, at(receiver))
        inside = both(
            lambda person: person.role in ("liaison", "officer", "manager", "administrator", "enterprise_portal"),
            at(union),
        )
        if is_ours:
            inside = both(inside, by(writer)) if state == "draft" else lambda person: False
        content = {
            "applicant_name": f"矩阵申请人{number}",
            "applicant_id_number": make_resident_id(number),
            "applicant_phone": f"13703{number:06d}",
            "description": f"矩阵诉求{number}",
        }
        for name, text in content.items():
            cls._add_secret(text, name, either(received, inside))
        request = (
            cls._as_system("legal.aid.service.request")
            .with_user(writer)
            .sudo()
            .create(
                {
                    "organization_id": union.id,
                    "employer_is_ours": is_ours,
                    "employer_name": "矩阵另一单位",
                    "matter_id": cls.matter_wages.id,
                    **content,
                }
            )
        )
        paper = request.paper_ids.create({"request_id": request.id, "name": "矩阵证件.txt", "file": "eA=="})
        request._workflow_write({"state": state})
        cls._add(request, received=at(receiver), house=at(union))
        house = at(union)
        if is_ours:
            house = both(house, by(writer)) if state == "draft" else lambda person: False
        cls._add(request.private_ids, received=at(receiver), house=house)
        cls._add(paper, received=at(receiver), house=house)
        return request

    @classmethod
    def _create_standard_specimens(cls):
        for union in (cls.province, cls.county_a, cls.county_b, cls.city_2):
            cls.env["legal.aid.hardship.standard"].create(
                {
                    "name": "矩阵标准",
                    "organization_id": union.id,
                    "source_document": f"测{union.code}",
                    "date_from": "2035-01-01",
                    "amount": 1500,
                }
            )
        for standard in cls.env["legal.aid.hardship.standard"].search(
            [("organization_id", "child_of", cls.province.id)]
        ):
            cls._add(standard, up=over(standard.organization_id), down=at(standard.organization_id))

    @classmethod
    def _create_case_of(cls, union, contact_point, lawyer, state, employer=None, offered=None, consent=False):
        number = len(cls.secrets) + 100
        worker = {
            "applicant_name": f"矩阵工人{number}",
            "applicant_id_number": make_resident_id(number),
            "applicant_phone": f"13803{number:06d}",
            "applicant_address": f"矩阵村{number}号",
            "description": f"矩阵事实{number}",
            "medical_note": f"矩阵病情{number}",
            "hardship_note": f"矩阵困难{number}",
        }
        for name, text in worker.items():
            cls._add_secret(text, name, both(in_ladder, at(union)))
        case = (
            cls._as_system("legal.aid.case")
            .create(
                {
                    **worker,
                    "applicant_kind": "migrant_worker",
                    "employer_name": f"矩阵公司{number}",
                    "employer_place_id": cls.county_a.id,
                    "employer_organization_id": employer and employer.id,
                    "matter_id": cls.matter_wages.id,
                    "service_form": "arbitration",
                    "organization_id": union.id,
                    "jurisdiction_override_reason": "矩阵",
                }
            )
            .with_env(cls.env)
        )
        case._workflow_write(
            {
                "organization_id": union.id,
                "contact_point_id": contact_point.id,
                "volunteer_id": lawyer.id,
                # An archived file takes no more leaves: it is archived when it has them all.
                "state": "closed" if state == "archived" else state,
                "transfer_organization_id": offered and offered.id,
                "policy_id": cls.policy.id,
                "house_union_consent": consent,
                "house_consent_organization_id": consent and contact_point.id,
            }
        )
        cls._add_case(case, union, contact_point, lawyer, offered, state)
        cls._add_papers(case, union, contact_point, lawyer, state)
        case._workflow_write({"state": state})
        return case

    @classmethod
    def _add_case(cls, case, union, contact_point, lawyer, offered, state):
        is_his = state in ("assigned", "in_progress", "closed", "archived", "terminated")
        assigned = {"assigned": by(lawyer.user_id)} if is_his else {}
        cls._add(
            case,
            down=at(union),
            linked=cls._reach_of_contact_point(case),
            offered=at(offered),
            consented=cls._reach_of_consent(case),
            **assigned,
        )
        cls._add(case.party_ids, down=at(union))
        cls._add(case.private_ids, down=at(union))
        cls._add_lines_of_case(case, union)
        cls._add_leaving_of(case, union, lawyer)
        issued = cls._as_system("legal.aid.issued.document").create(
            {
                "case_id": case.id,
                "form_code": "letter",
                "name": "矩阵公函",
                "number": f"矩阵{case.id}号",
                "date": TODAY,
                "signed_by_id": cls.city_officer.id,
                "content": {"title": "矩阵公函", "number": "", "blocks": []},
            }
        )
        cls._add(issued, down=at(union))
        cls._add(cls.env["legal.aid.access.log"]._log(case, "open"), down=at(union))
        deadline = cls.env["legal.aid.deadline"].create(
            {
                "res_model": "legal.aid.case",
                "res_id": case.id,
                "record_name": case.name,
                "organization_id": union.id,
                "volunteer_id": lawyer.id,
                "kind": "file_submit",
                "date_trigger": TODAY,
                "date_due": TODAY,
            }
        )
        cls._add(deadline, down=at(union), assigned=by(lawyer.user_id), cases=at(union))
        if offered:
            transfer = cls.env["legal.aid.transfer"].create(
                {
                    "case_id": case.id,
                    "case_number": case.name,
                    "case_state": state,
                    "organization_id": union.id,
                    "target_organization_id": offered.id,
                    "reason_id": cls.env["legal.aid.reason"].search([("usage", "=", "transfer")], limit=1).id,
                }
            )
            cls._add(transfer, down=at(union), linked=at(offered))
        cls._add_end_of_case(case, union, lawyer)
        cls._add_topics(case, union, lawyer)
        assignment = cls._as_system("legal.aid.assignment").create(
            {"case_id": case.id, "volunteer_id": lawyer.id, "date": TODAY}
        )
        cls._add(assignment, down=at(union))
        check = cls._as_system("legal.aid.conflict.check").create(
            {"case_id": case.id, "occasion": "manual", "verdict": "none"}
        )
        cls._add(check, down=at(union))
        hit = cls.env["legal.aid.conflict.hit"].create(
            {"check_id": check.id, "matched_by": "name", "found_organization_id": cls.county_b.id}
        )
        cls._add(hit, down=at(union))
        change = cls._as_system("legal.aid.lawyer.change").create(
            {
                "case_id": case.id,
                "requester": "union",
                "reason_id": cls.env.ref("union_legal_aid.reason_change_lawyer_unable").id,
            }
        )
        cls._add(change, down=at(union), assigned=by(lawyer.user_id))
        if state in ("assigned", "in_progress"):
            leave = cls._as_system("legal.aid.substitute.leave").create(
                {
                    "case_id": case.id,
                    "substitute_id": (cls.lawyer1 + cls.lawyer2 - lawyer)[:1].id,
                    "hearing_date": TODAY,
                }
            )
            cls._add(leave, down=at(union), assigned=by(lawyer.user_id))

    @classmethod
    def _add_leaving_of(cls, case, union, lawyer):
        """The lawyer goes: the procedure is the city's and his own, each case on it its union's."""
        leaving = cls._as_system("legal.aid.leaving").create({"volunteer_id": lawyer.id, "state": "done"})
        cls._add(leaving, down=at(lawyer.organization_id), assigned=by(lawyer.user_id))
        line = cls._as_system("legal.aid.leaving.line").create({"leaving_id": leaving.id, "case_id": case.id})
        cls._add(line, down=at(union))

    @classmethod
    def _add_end_of_case(cls, case, union, lawyer):
        """File, notice, correction, call-back and quality check of a case."""
        review = cls._as_system("legal.aid.file.review").create(
            {"case_id": case.id, "volunteer_id": lawyer.id, "received_date": TODAY}
        )
        cls._add(review, down=at(union), assigned=by(lawyer.user_id))
        notice = cls._as_system("legal.aid.termination.notice").create({"case_id": case.id, "addressee": "recipient"})
        cls._add(notice, down=at(union))
        right = cls._add_secret(f"矩阵更正{case.id}", "correction", both(in_ladder, at(union)))
        correction = cls._as_system("legal.aid.case.correction").create(
            {"case_id": case.id, "field_name": "applicant_name", "new_text": right, "reason": right}
        )
        cls._add(correction, down=at(union))
        said = cls._add_secret(f"矩阵回访{case.id}", "call_back", both(in_ladder, at(union)))
        call = cls._as_system("legal.aid.call.back").create({"case_id": case.id, "date_due": TODAY, "remarks": said})
        cls._add(call, down=at(union))
        check = cls._as_system("legal.aid.quality.check").create(
            {"kind": "file_check", "case_id": case.id, "checker_organization_id": cls.city.id}
        )
        if union == cls.county_a:
            check.checker_organization_id = union
        cls._add(check, down=at(union), checker=at(check.checker_organization_id))
        cls._add(check.line_ids[:1], down=at(union), checker=at(check.checker_organization_id))

    @classmethod
    def _add_lines_of_case(cls, case, union):
        """The family, a paper that was asked for, and an objection: the union's in charge and those above it."""
        member = cls._as_system("legal.aid.case.family").create({"case_id": case.id, "monthly_income": 100})
        paper = cls.env["legal.aid.case.paper"].create({"case_id": case.id, "name": "矩阵", "requested_date": TODAY})
        state, case_sudo = case.state, case.sudo()
        case_sudo._workflow_write({"state": "refused"})
        objection = cls._as_system("legal.aid.objection").create({"case_id": case.id})
        case_sudo._workflow_write({"state": state})
        for record in (member, paper, objection):
            cls._add(record, down=at(union))

    @classmethod
    def _add_topics(cls, case, union, lawyer):
        """A mediation, a question at two stages and a letter of the case; a report, for which it is a major case."""
        committee = cls.env["union.institution"].create(
            {"organization_id": cls.enterprise_a.id, "kind": "committee", "name": f"矩阵调解委员会{case.id}"}
        )
        mediation = cls.env["legal.aid.mediation"].create({"case_id": case.id, "institution_id": committee.id})
        cls._add(mediation, down=at(union))
        reason = cls.env["legal.aid.reason"].search([("usage", "=", "major")], limit=1)
        case._workflow_write({"is_major": True, "major_reason_id": reason.id, "major_known_date": TODAY})
        report = cls.env["legal.aid.major.report"].create(
            {"case_id": case.id, "addressee": "other", "date": TODAY, "text": "矩阵"}
        )
        cls._add(report, down=at(union))
        for state in ("draft", "referred"):
            question = cls._as_system("legal.aid.question").create(
                {"case_id": case.id, "text": "矩阵问题", "state": state}
            )
            referred = {"referred": at(union)} if state == "referred" else {}
            cls._add(question, down=at(union), assigned=by(lawyer.user_id), **referred)
        letter = cls._as_system("legal.aid.supervision.letter").create({"case_id": case.id, "addressee": "矩阵"})
        cls._add(letter, down=at(union))

    @classmethod
    def _reach_of_contact_point(cls, case):
        """Whoever acts for the contact point, but no house union, and never a respondent's own house."""
        return both(at(case.contact_point_id), outside(case.contact_point_id, case.employer_organization_id))

    @classmethod
    def _reach_of_consent(cls, case):
        """The house union at the contact point itself, if the worker agreed and it is no respondent's."""
        if not case.house_union_consent:
            return lambda person: False
        return both(exactly(case.contact_point_id), outside(case.employer_organization_id))

    @classmethod
    def _add_papers(cls, case, union, contact_point, lawyer, state):
        mandate = cls._as_system("legal.aid.mandate").create(
            {
                "case_id": case.id,
                "organization_id": contact_point.id,
                "volunteer_id": lawyer.id,
                "number": f"矩阵{case.id}",
                "date": TODAY,
                "state": "issued",
            }
        )
        case._workflow_write({"mandate_id": mandate.id})
        house = both(at(contact_point), outside(case.employer_organization_id))
        cls._add(mandate, down=at(contact_point), linked=at(union), assigned=by(lawyer.user_id), house=house)
        fact = cls._as_system("legal.aid.case.fact").create(
            {"case_id": case.id, "kind": "right_infringed", "date": TODAY}
        )
        is_his = state in ("assigned", "in_progress", "closed", "archived", "terminated")
        cls._add(fact, down=at(union), **({"assigned": by(lawyer.user_id)} if is_his else {}))
        if state not in ("in_progress", "closed"):
            return
        writer = cls._get_person("officer", "county_b" if union == cls.county_b else "county_a").user
        if state == "in_progress":
            log = cls._create_log(case, lawyer, writer)
            cls._add(
                log,
                down=at(union),
                linked=cls._reach_of_contact_point(case),
                consented=cls._reach_of_consent(case),
                own=both(by(writer), at(union)),
                assigned=by(lawyer.user_id),
            )
            correction = cls.env["legal.aid.work.log.correction"].create(log._prepare_correction())
            cls._add(
                correction,
                down=at(union),
                linked=cls._reach_of_contact_point(case),
                assigned=by(lawyer.user_id),
            )
        for confidentiality in ("normal", "sensitive", "internal"):
            document = cls.env["legal.aid.case.document"].create(
                {"case_id": case.id, "kind": "evidence", "confidentiality": confidentiality}
            )
            reaches = {"down": at(union)}
            if confidentiality == "normal":
                reaches.update(
                    ordinary=at(union),
                    linked=cls._reach_of_contact_point(case),
                    consented=cls._reach_of_consent(case),
                )
            if confidentiality != "internal":
                reaches["assigned"] = by(lawyer.user_id)
            cls._add(document, **reaches)

    @classmethod
    def _create_log(cls, case, lawyer, writer):
        logs = cls._as_system("legal.aid.work.log").with_user(writer).sudo()
        return logs.create(
            {"case_id": case.id, "volunteer_id": lawyer.id, "date": TODAY, "hours": 1, "kind": "hearing"}
        )

    @classmethod
    def _create_award_specimens(cls):
        """An award of each giver, and a round of nominations of each city."""
        kinds = {kind.code: kind for kind in cls.env["legal.aid.award.kind"].search([])}
        cls._add(kinds["city_commendation"], all=anybody)
        for code, union, lawyer, state in (
            ("city_commendation", cls.city, cls.lawyer1, "given"),
            ("county_commendation", cls.county_a, cls.lawyer1, "draft"),
            ("county_commendation", cls.county_b, cls.lawyer2, "given"),
            ("county_commendation", cls.county_b, cls.lawyer1, "given"),  # who no longer serves it
            ("bureau_commendation", cls.city, cls.lawyer2, "draft"),
            ("city_commendation", cls.city_2, cls.lawyer_city_2, "given"),
        ):
            if code == "bureau_commendation":
                union.justice_bureau_id = cls.env["res.partner"].create({"name": "矩阵司法局", "is_company": True})
            award = cls._as_system("legal.aid.award").create(
                {"kind_id": kinds[code].id, "volunteer_id": lawyer.id, "organization_id": union.id, "date": TODAY}
            )
            if state == "given":
                award._give()
            reaches = cls._reach_of_lawyer(lawyer)
            own = at(union)
            cls._add(
                award,
                down=own,
                linked=either(reaches["down"], reaches["linked"]),
                **({} if code == "bureau_commendation" else {"union": own}),
                **({"assigned": reaches["assigned"]} if state == "given" else {}),
            )
        for union, lawyer in ((cls.city, cls.lawyer1), (cls.city_2, cls.lawyer_city_2)):
            award_round = cls._as_system("legal.aid.award.round").create(
                {"kind_id": kinds["city_may_day"].id, "organization_id": union.id, "date": TODAY}
            )
            candidate = cls._as_system("legal.aid.award.candidate").create(
                {"round_id": award_round.id, "volunteer_id": lawyer.id}
            )
            cls._add(award_round, down=at(union))
            cls._add(candidate, down=at(union))

    @classmethod
    def _create_conduct_specimens(cls):
        cls._create_award_specimens()
        for taker, place, lawyer in (
            (cls.county_a, "county_a", cls.lawyer1),
            (cls.county_b, "county_b", cls.lawyer2),
            (cls.city, "city", cls.lawyer2),
            (cls.city_2, "province", cls.lawyer1),
        ):
            writer = cls._get_person("officer", place)
            city = at(lawyer.organization_id)
            complainant = cls._add_secret(
                f"矩阵投诉人{len(cls.secrets)}",
                "complainant",
                both(in_ladder, either(city, both(by(writer.user), at(taker)))),
            )
            complaint = (
                cls._as_system("legal.aid.complaint")
                .with_user(writer.user)
                .sudo()
                .create(
                    {
                        "organization_id": taker.id,
                        "volunteer_id": lawyer.id,
                        "complainant_kind": "worker",
                        "complainant_name": complainant,
                        "text": "矩阵",
                    }
                )
            )
            serving = both(at(taker), either(city, at(*lawyer.contact_point_ids)))
            cls._add(complaint, down=at(taker), linked=city, serving=serving)
            cls._add(complaint.private_ids, linked=city, own=both(by(writer.user), at(taker)))
            cls._create_inquiry(complaint, writer.user, lawyer)
        case = cls._create_case_of(cls.county_b, cls.county_b, cls.lawyer1, "in_progress")
        complaint = cls._as_system("legal.aid.complaint").create(
            {"organization_id": cls.city.id, "volunteer_id": cls.lawyer1.id, "case_id": case.id, "text": "矩阵"}
        )
        serving = both(at(cls.city), either(at(cls.city), at(*cls.lawyer1.contact_point_ids)))
        cls._add(complaint, down=at(cls.city), linked=at(cls.city), cases=at(cls.county_b), serving=serving)
        for lawyer in (cls.lawyer1, cls.lawyer2, cls.lawyer_city_2):
            removal = cls._as_system("legal.aid.removal").create(
                {
                    "volunteer_id": lawyer.id,
                    "ground": "no_service",
                }
            )
            city = at(lawyer.organization_id)
            linked = at(*lawyer.contact_point_ids)
            cls._add(removal, down=city, linked=linked, assigned=by(lawyer.user_id))
            shown = cls._add_secret(f"矩阵证据{lawyer.id}", "evidence", both(in_ladder, city))
            element = cls.env["legal.aid.removal.element"].create(
                {"volunteer_id": lawyer.id, "element": "act", "text": shown}
            )
            cls._add(element, down=city)
            sanction = cls.env["legal.aid.sanction"].create(
                {"volunteer_id": lawyer.id, "body": "矩阵", "number": f"矩阵{lawyer.id}", "date": TODAY}
            )
            cls._add(sanction, down=city, linked=linked)
            idle = cls._as_system("legal.aid.no.service").create(
                {
                    "volunteer_id": lawyer.id,
                    "contract_id": lawyer.sudo().contract_ids[:1].id,
                    "date_from": "2030-05-20",
                    "date_to": "2031-05-19",
                }
            )
            cls._add(idle, down=city, linked=linked)
        cls._create_assessment_specimens()
        for union, place in ((cls.city, "county_a"), (cls.county_a, "county_b"), (cls.county_b, "county_a")):
            cls._create_consultation(union, cls._get_person("officer", place).user)

    @classmethod
    def _create_assessment_specimens(cls):
        """One of each lawyer: in preparation, and signed, which alone the lawyer himself reads."""
        for lawyer, state in (
            (cls.lawyer1, "signed"),
            (cls.lawyer2, "draft"),
            (cls.lawyer_city_2, "draft"),
            (cls.lawyer_idle, "signed"),
        ):
            contract = cls._as_system("legal.aid.contract").search([("volunteer_id", "=", lawyer.id)], limit=1)
            if contract.state == "draft":
                contract._workflow_write({"state": "active"})
            record = cls._as_system("legal.aid.assessment").create({"contract_id": contract.id})
            record._workflow_write({"state": state})
            line = cls._as_system("legal.aid.assessment.line").create({"assessment_id": record.id, "kind": "aid"})
            reaches = cls._reach_of_lawyer(lawyer)
            if state != "signed":
                del reaches["assigned"]
            cls._add(record, **reaches)
            cls._add(line, **reaches)
            house = cls.env["legal.aid.assessment.voice"].create(
                {"assessment_id": record.id, "kind": "enterprise", "organization_id": cls.enterprise_a.id}
            )
            for voice in record.voice_ids | house:
                union = voice.organization_id
                cls._add(
                    voice,
                    down=at(lawyer.organization_id),
                    **({"own": at(union)} if union else {"serving": at(*lawyer.contact_point_ids)}),
                    **({"house": at(union)} if union and voice.kind == "enterprise" else {}),
                )

    @classmethod
    def _create_inquiry(cls, complaint, writer, lawyer):
        """A paper that whoever took the complaint down was handed, and what the lawyer and the justice bureau are told."""
        city, taker = at(lawyer.organization_id), at(complaint.organization_id)
        asked = cls._add_secret(
            f"矩阵被询问人{len(cls.secrets)}", "asked", both(in_ladder, either(city, both(by(writer), taker)))
        )
        steps = cls.env["legal.aid.complaint.step"].with_user(writer).sudo()
        step = steps.create({"complaint_id": complaint.id, "kind": "worker", "asked": asked})
        cls._add(step, linked=city, own=both(by(writer), taker))
        for kind in ("lawyer", "justice"):
            extract = cls._as_system("legal.aid.complaint.extract").create(
                {
                    "complaint_id": complaint.id,
                    "name": complaint.name,
                    "kind": kind,
                    "organization_id": complaint.city_id.id,
                    "volunteer_id": lawyer.id,
                    "category": "neglect",
                    "text": "矩阵",
                }
            )
            told = {"told": by(lawyer.user_id)} if kind == "lawyer" else {"referred": city}
            cls._add(extract, linked=city, **told)

    @classmethod
    def _create_consultation(cls, union, taker):
        """A call that somebody took down for ``union``, at the contact point county a."""
        lawyer = cls.lawyer1 if union == cls.county_a else cls.lawyer2
        handled = both(in_ladder, either(at(union), both(by(taker), at(cls.county_a))))
        caller = cls._add_secret(f"矩阵来电人{len(cls.secrets)}", "caller_name", either(handled, by(lawyer.user_id)))
        consultation = (
            cls.env["legal.aid.consultation"]
            .with_user(taker)
            .sudo()
            .create(
                {
                    "date": TODAY,
                    "channel": "phone",
                    "caller_name": caller,
                    "organization_id": union.id,
                    "contact_point_id": cls.county_a.id,
                    "volunteer_id": lawyer.id,
                    "matter_id": cls.matter_wages.id,
                    "question": "矩阵",
                }
            )
        )
        assigned = by(lawyer.user_id)
        cls._add(consultation, down=at(union), linked=at(cls.county_a), assigned=assigned)
        own = both(by(taker), at(cls.county_a))
        cls._add(consultation.private_ids, down=at(union), own=own, assigned=assigned)
        return consultation

    @classmethod
    def _create_money_specimens(cls):
        for union in (cls.province, cls.city, cls.county_a, cls.county_b):
            schedule = cls.env["legal.aid.fee.schedule"].create(
                {
                    "name": "矩阵标准",
                    "organization_id": union.id,
                    "date_from": "2035-01-01",
                    "source_document": "测",
                    "rate_ids": [Command.create({"service_form": "mediation", "amount": 500})],
                    "modifier_ids": [Command.create({"kind": "complex", "value": 500})],
                }
            )
            cls._add(schedule, up=over(union), down=at(union))
            cls._add(schedule.rate_ids, up=over(union), down=at(union))
            cls._add(schedule.modifier_ids, up=over(union), down=at(union))
            budget = cls.env["legal.aid.budget"].create(
                {"organization_id": union.id, "year": 2035, "amount": 1, "document_number": "测"}
            )
            cls._add(budget, down=at(union))
            tax_list = cls.env["legal.aid.tax.list"].create({"organization_id": union.id, "year": 2035, "month": 1})
            cls._add(tax_list, down=both(at(union), works_in(union.company_id)))
            bank_format = cls.env["legal.aid.bank.format"].create({"name": "矩阵银行", "organization_id": union.id})
            cls._add(bank_format, up=over(union), down=at(union))
            cls._add(bank_format.column_ids[:1], up=over(union), down=at(union))
            voucher_format = cls.env["legal.aid.voucher.format"].create(
                {"name": "矩阵凭证", "organization_id": union.id}
            )
            cls._add(voucher_format, up=over(union), down=at(union))
            cls._add(voucher_format.column_ids[:1], up=over(union), down=at(union))
            if union.company_id:
                cls._create_export_of(union)
        for union, payer, lawyer in (
            (cls.county_a, cls.county_a, cls.lawyer1),
            (cls.county_b, cls.county_b, cls.lawyer2),
            (cls.county_a, cls.county_b, cls.lawyer1),
        ):
            cls._create_money_of(union, payer, lawyer)
        for union, state in ((cls.county_a, "issued"), (cls.county_b, "confirmed"), (cls.county_b, "draft")):
            statement = cls._as_system("legal.aid.statement").create(
                {
                    "organization_id": union.id,
                    "month": "2035-01-01" if state == "draft" else "2035-02-01",
                    "state": state,
                    "line_ids": [Command.create({"kind": "owed", "amount": 100})],
                }
            )
            linked = {} if state == "draft" else {"linked": at(union)}
            for record in (statement, statement.line_ids):
                cls._add(record, down=at(cls.city), **linked)
        cls._create_draft_fee(cls.county_a, cls.lawyer1)
        cls._create_draft_fee(cls.county_b, cls.lawyer2)

    @classmethod
    def _create_export_of(cls, union):
        books = union.company_id
        export = cls._as_system("legal.aid.voucher.export").create(
            {
                "name": "矩阵凭证",
                "organization_id": union.id,
                "company_id": books.id,
                "date_from": TODAY,
                "date_to": TODAY,
                "digest": "0",
            }
        )
        cls._add(export, down=both(at(union), works_in(books)))

    @classmethod
    def _create_money_of(cls, union, payer, lawyer):
        """The fee of a case of ``union``, of which ``payer`` has a share, and its payout."""
        case = cls._create_case_of(union, union, lawyer, "archived")
        expense = cls._as_system("legal.aid.expense").create(
            {
                "case_id": case.id,
                "state": "approved",
                "line_ids": [Command.create({"name": "矩阵", "kind": "actual_cost", "amount_claimed": 100})],
            }
        )
        share = cls._as_system("legal.aid.expense.allocation").create(
            {"expense_id": expense.id, "organization_id": payer.id, "amount": 100, "headcount": 1}
        )
        cls._add(expense, down=at(union), linked=at(union), assigned=by(lawyer.user_id))
        cls._add(expense.line_ids, down=at(union), linked=at(union), assigned=by(lawyer.user_id))
        cls._add(share, down=at(payer), linked=at(union))
        payout = cls._as_system("legal.aid.payout").create(
            {"kind": "expense", "organization_id": payer.id, "date": TODAY, "state": "approved"}
        )
        books = payer.company_id
        line = cls._as_system("legal.aid.payout.line").create(
            {"payout_id": payout.id, "volunteer_id": lawyer.id, "allocation_id": share.id, "amount": 100}
        )
        cls._add(payout, down=at(payer), books=works_in(books))
        returned = cls._as_system("legal.aid.bank.return").create(
            {"payout_id": payout.id, "name": "矩阵回盘", "digest": "0", "date": TODAY}
        )
        cls._add(returned, down=both(at(payer), works_in(books)))
        cls._add(cls.env["legal.aid.payout.run"]._record(payout, None), down=both(at(payer), works_in(books)))
        cls._add(line, down=both(at(payer), works_in(books)), assigned=by(lawyer.user_id))

    @classmethod
    def _create_draft_fee(cls, union, lawyer):
        """A fee that is not handed in yet is nobody's but the union's in charge."""
        case = cls._create_case_of(union, union, lawyer, "archived")
        expense = cls._as_system("legal.aid.expense").create(
            {
                "case_id": case.id,
                "line_ids": [Command.create({"name": "矩阵", "kind": "actual_cost", "amount_claimed": 100})],
            }
        )
        share = cls._as_system("legal.aid.expense.allocation").create(
            {"expense_id": expense.id, "organization_id": cls.city.id, "amount": 100, "headcount": 1}
        )
        cls._add(expense, down=at(union))
        cls._add(expense.line_ids, down=at(union))
        cls._add(share, linked=at(union))

    @classmethod
    def _create_dialog_specimens(cls):
        """A dialog belongs to whoever opened it: one of the officer's, one of finance's, one of the lawyer's."""
        openers = [
            cls._get_person("officer", "county_a").user,
            cls._get_person("finance", "county_a").user,
            cls._get_person("administrator", "county_a").user,
        ]
        # The dialogs of the bureau: its answer (C5), a sanction (T6), its honour (T11), its opinion (T10).
        bureau = [cls._get_person("justice", "county_a").user]
        bureau_dialogs = (
            "legal.aid.reason.dialog",
            "legal.aid.sanction.dialog",
            "legal.aid.award.dialog",
            "legal.aid.assessment.opinion",
        )
        for name, values in cls._get_dialogs().items():
            for opener in openers + (bureau if name in bureau_dialogs else []):
                dialog = cls.env[name].with_user(opener).sudo().create(values)
                cls._add(dialog, own=by(opener))
                if name == "union.new.county":
                    cls._add(dialog.user_ids, own=by(opener))

    @classmethod
    def _get_dialogs(cls):
        """``{dialog: the values it needs}``."""
        payout = cls.specimens["legal.aid.payout"][0].record
        return {
            "union.new.county": {"name": "矩阵县总工会", "code": "T0M"},
            "union.readiness": {"organization_id": cls.county_a.id, "code": "policy", "state": "ready"},
            "union.set.up.books": {"organization_id": cls.county_a.id},
            "union.first.access": {"organization_id": cls.county_a.id},
            "legal.aid.unmask": {"res_model": "legal.aid.volunteer", "res_id": cls.lawyer1.id},
            "legal.aid.approval.preview": {},
            "legal.aid.approval.reject": {"res_model": "legal.aid.case", "res_ids": [cls.case_a.id], "note": "矩阵"},
            "legal.aid.reason.dialog": {
                "res_model": "legal.aid.case",
                "res_ids": [cls.case_a.id],
                "method": "action_refuse",
            },
            "legal.aid.portal.access": {"volunteer_id": cls.lawyer1.id},
            "legal.aid.assessment.opinion": {
                "voice_id": cls.specimens["legal.aid.assessment.voice"][0].record.id,
                "score": 80,
                "note": "矩阵",
            },
            "legal.aid.assessment.paper": {
                "assessment_id": cls.specimens["legal.aid.assessment"][0].record.id,
                "signer": "矩阵",
                "file": "eA==",
            },
            "legal.aid.assessment.year": {"organization_id": cls.city.id, "service_year": 2026},
            "legal.aid.award.dialog": {"volunteer_id": cls.lawyer1.id},
            "legal.aid.publication.dialog": {"site_id": cls.specimens["legal.aid.publication.site"][0].record.id},
            "legal.aid.sanction.dialog": {
                "volunteer_id": cls.lawyer1.id,
                "body": "矩阵",
                "number": "矩阵",
                "date": TODAY,
            },
            "legal.aid.case.assign": {"case_id": cls.case_a.id},
            "legal.aid.file.receive.dialog": {"case_id": cls.case_a.id},
            "legal.aid.file.review.dialog": {"case_id": cls.case_a.id},
            "legal.aid.quality.sample": {
                "organization_id": cls.county_a.id,
                "checker_organization_id": cls.county_a.id,
            },
            "legal.aid.case.close": {"case_id": cls.case_a.id, "outcome": "won", "closed_date": TODAY},
            "legal.aid.case.transfer": {
                "case_ids": [Command.set(cls.case_a.ids)],
                "organization_id": cls.county_b.id,
                "reason_id": cls.env["legal.aid.reason"].search([("usage", "=", "transfer")], limit=1).id,
            },
            "legal.aid.house.consent": {"case_id": cls.case_a.id},
            "legal.aid.objection.decision": {"objection_id": cls.case_a.objection_ids.id, "result": "upheld"},
            "legal.aid.party.import": {"case_id": cls.case_a.id},
            "legal.aid.letter.step": {
                "letter_id": cls.specimens["legal.aid.supervision.letter"][0].record.id,
                "step": "send",
            },
            "legal.aid.form.choice": {"case_id": cls.case_a.id, "form_code": "letter", "name": "矩阵公函"},
            "legal.aid.payout.post": {
                "payout_id": payout.id,
                "journal_id": cls.env["account.journal"].search([("company_id", "=", cls.city_books.id)], limit=1).id,
            },
            "legal.aid.payout.confirm": {"payout_id": payout.id},
            "legal.aid.bank.return.dialog": {"payout_id": payout.id},
            "legal.aid.voucher.export.dialog": {"organization_id": cls.county_a.id},
            "legal.aid.audit.pack": {"organization_id": cls.county_a.id},
        }
