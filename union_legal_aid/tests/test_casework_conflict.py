from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .access_common import make_resident_id
from .casework_common import LegalAidCaseworkCommon

# People and firms that appear nowhere else, the demo included.
WORKER_ID, OTHER_ID = make_resident_id(901), make_resident_id(902)
WORKER, EMPLOYER = "冲突检索甲", "冲突检索（测试）公司"


class LegalAidConflictCommon(LegalAidCaseworkCommon):
    @classmethod
    def _prepare_case(cls, **vals):
        worker = {"applicant_name": WORKER, "applicant_id_number": WORKER_ID, "employer_name": EMPLOYER}
        return super()._prepare_case(**{**worker, **vals})


@tagged("post_install", "-at_install")
class TestConflictCheck(LegalAidConflictCommon):
    """I11, A13: any earlier appearance of anybody, in whatever role, and what is told of it to whom."""

    def _get_check(self, case):
        return case.conflict_check_ids.sorted("id", reverse=True)[:1]

    def test_nothing_found(self):
        """I11: the check is made at submission, and kept, also where it finds nothing."""
        check = self._get_check(self._create_submitted())
        self.assertRecordValues(
            check, [{"verdict": "none", "occasion": "submit", "hit_count": 0, "checked_by_id": self.a_officer.id}]
        )

    def test_same_worker_twice(self):
        """I11: the same identity number, however typed and under another name, is perhaps the same application."""
        first = self._create_submitted()
        second = self._create_submitted(
            applicant_name="王晓明", applicant_id_number=f" {WORKER_ID[:6]} {WORKER_ID[6:]}", employer_name="另一公司"
        )
        check = self._get_check(second)
        self.assertEqual(check.verdict, "duplicate")
        self.assertEqual(check.hit_ids.matched_by, "id")
        self.assertIn(first.name, check.hit_ids.found_text)

    def test_two_people_of_one_name(self):
        """I11: two people of one name with two numbers are two people."""
        self._create_submitted()
        check = self._get_check(self._create_submitted(applicant_id_number=OTHER_ID, employer_name="另一公司"))
        self.assertRecordValues(check, [{"verdict": "none", "hit_count": 0}])

    def test_client_of_yesterday_is_opponent_today(self):
        """A13: who was helped before and is the respondent now, and the other way round."""
        union = self._create_submitted()
        self.env["legal.aid.case.party"].with_user(self.a_officer).create(
            {"case_id": union.id, "role": "respondent", "kind": "person", "name": "李四", "id_number": OTHER_ID}
        )
        for applicant in ("李四", "李 四"):
            case = self._create_submitted(
                applicant_name=applicant, applicant_id_number=OTHER_ID, employer_name="另一公司"
            )
            self.assertEqual(self._get_check(case).verdict, "conflict")
            case.action_withdraw(reason_code="applicant")

    def test_legal_representative(self):
        """A13: a legal representative who asked for help himself is found by his name alone."""
        self._create_submitted(applicant_name="赵经理", applicant_id_number=OTHER_ID, employer_name="另一公司")
        case = self._create_case()
        self.env["legal.aid.case.party"].with_user(self.a_officer).create(
            {"case_id": case.id, "role": "representative", "side": "respondent", "name": "赵经理"}
        )
        case.action_submit()
        self.assertRecordValues(self._get_check(case).hit_ids, [{"matched_by": "name", "is_conflict": True}])

    def test_caller(self):
        """I11: a respondent who once called for advice is found in the consultations."""
        self._create_consultation(caller_name="某老板", employer_name="另一公司")
        case = self._create_submitted(employer_name="某老板")
        self.assertRecordValues(self._get_check(case).hit_ids, [{"matched_by": "name", "is_conflict": True}])

    def test_own_consultation_is_no_hit(self):
        """I11: the call from which the case came is no earlier appearance."""
        consultation = self._create_consultation()
        case = self.env["legal.aid.case"].browse(consultation.with_user(self.a_officer).action_create_case()["res_id"])
        self.assertFalse(case.with_user(self.a_officer)._find_conflict_hits())

    def _create_agent_case(self, **vals):
        """A case that somebody applied for, with a worker and an employer of its own."""
        return self._create_submitted(
            **{
                "applicant_name": "钱五",
                "applicant_id_number": OTHER_ID,
                "employer_name": "另一公司",
                "agent_name": "代理人甲",
                "agent_relation": "family",
                **vals,
            }
        )

    def test_agent_elsewhere(self):
        """I11: a respondent who applied for a worker in another case is found as that agent, also after spaces and full width."""
        earlier = self._create_agent_case()
        check = self._get_check(self._create_submitted(employer_name="代理人 甲"))
        self.assertRecordValues(check.hit_ids, [{"matched_by": "name", "is_conflict": True}])
        self.assertIn(earlier.name, check.hit_ids.found_text)
        earlier.action_withdraw(reason_code="applicant")
        other = self._create_submitted(
            applicant_name="孙六", applicant_id_number=make_resident_id(903), employer_name="代理人甲"
        )
        self.assertFalse(other._find_conflict_hits())

    def test_agent_who_called(self):
        """I11: who called for somebody else is found as well; the call behind this case is no hit."""
        self._create_consultation(caller_name="钱五", employer_name="另一公司").sudo().agent_name = "代理人甲"
        self.assertEqual(self._get_check(self._create_submitted(employer_name="代理人甲")).verdict, "conflict")
        own = self._create_consultation()
        own.sudo().agent_name = "代理人乙"
        case = self.env["legal.aid.case"].browse(own.with_user(self.a_officer).action_create_case()["res_id"])
        self.assertFalse(case.with_user(self.a_officer)._find_conflict_hits())

    def test_agent_here(self):
        """I11: who applies for the worker is looked for himself, and the hit says that it is about him, without his name."""
        self._create_submitted(employer_name="代理人甲", applicant_name="钱五", applicant_id_number=OTHER_ID)
        case = self._create_agent_case(applicant_name=WORKER, applicant_id_number=WORKER_ID)
        hit = self._get_check(case).hit_ids
        self.assertRecordValues(hit, [{"is_conflict": True, "is_agent": True, "party_id": False}])
        self.assertNotIn("代理人", hit.party_name)
        case.with_user(self.a_manager).action_grant()
        case.agent_name = "代理人乙"
        case._check_conflict_if_changed()
        self.assertEqual(self._get_check(case).verdict, "none")

    def _create_request(self, submitted=True, **vals):
        union = self._create_union(
            "测试甲县矿业公司工会", f"T01AQ{len(self.county_a.child_ids)}", "enterprise", self.county_a
        )
        request = (
            self.env["legal.aid.service.request"]
            .with_user(self.a_officer)
            .create(
                {
                    "organization_id": union.id,
                    "applicant_name": WORKER,
                    "applicant_kind": "migrant_worker",
                    "applicant_id_number": WORKER_ID,
                    "matter_id": self.matter_wages.id,
                    "description": "拖欠工资",
                    "employer_is_ours": False,
                    "employer_name": EMPLOYER,
                    "employer_place_id": self.county_a.id,
                    "page": "eA==",
                    "page_name": "x.txt",
                    "worker_agrees": True,
                    **vals,
                }
            )
        )
        if submitted:
            request.action_submit()
        return request

    def test_worker_of_a_request(self):
        """I11: a worker for whom an enterprise union handed in an application is found by number; a draft tells nothing yet."""
        request = self._create_request(submitted=False)
        case = self._create_submitted(applicant_name="王晓明", employer_name="另一公司")
        self.assertEqual(self._get_check(case).verdict, "none")
        request.action_submit()
        case.action_check_conflict()
        check = self._get_check(case)
        self.assertEqual(check.verdict, "duplicate")
        self.assertRecordValues(check.hit_ids, [{"matched_by": "id", "is_conflict": False}])
        self.assertIn(request.name, check.hit_ids.found_text)
        self.assertIn("Worker of a request", check.hit_ids.found_text)

    def test_waiting_request_while_typing(self):
        """I11, I4: the county that has the request reads its number, another one only which union to ask; taken up, it warns no more."""
        request = self._create_request()
        form = Form(self.env["legal.aid.case"].with_user(self.a_officer))
        form.applicant_id_number = WORKER_ID
        self.assertIn(request.name, form.duplicate_warning)
        foreign = self._create_case(self.b_officer, employer_place_id=self.county_b.id)
        self.assertIn(self.county_a.name, foreign.duplicate_warning)
        self.assertNotIn(request.name, foreign.duplicate_warning)
        request.action_accept()
        self.assertNotIn(request.name, self._create_case().duplicate_warning)

    def test_request_behind_the_case(self):
        """I11: the request from which the case came is no earlier appearance."""
        request = self._create_request()
        request.action_accept()
        self.assertFalse(request.case_id._find_conflict_hits())

    def test_request_of_another_county(self):
        """I11, O2: of a request in another county one is told to call the county, not the house union that wrote it."""
        self._create_request()
        self.county_a.phone = "0375-1112223"
        foreign = self._create_case(self.b_officer, employer_place_id=self.county_b.id, employer_name=WORKER)
        hit = self._get_check(self._submit_as(foreign)).hit_ids.filtered("is_conflict")
        self.assertIn("0375-1112223", hit.found_text)
        self.assertNotIn("矿业", hit.found_text)

    def _submit_as(self, case):
        case.action_submit()
        return case

    def test_employer_in_a_request(self):
        """I11: an organization that asks for help here and is the employer in a request stands on two sides."""
        self._create_request(employer_name="某单位工会（测试）", applicant_name="李四", applicant_id_number=OTHER_ID)
        case = self._create_submitted(
            applicant_kind="union_organization",
            applicant_name="某单位工会(测试)",
            applicant_id_number="91110000600037341L",
            matter_id=self.env.ref("union_legal_aid.matter_union_rights").id,
        )
        self.assertEqual(self._get_check(case).verdict, "conflict")

    def test_keys_are_closed(self):
        """I11, F§11: the keys of the check are read by nobody and follow what is written."""
        request = self._create_request()
        twin = request.sudo().private_ids
        self.assertEqual(twin.applicant_id_hash, self.env["legal.aid.case"]._hash_identity(WORKER_ID))
        for record, name in ((twin, "applicant_key"), (twin, "applicant_id_hash"), (request, "employer_key")):
            with self.assertRaises(AccessError):
                record.with_user(self.a_officer).read([name])
            with self.assertRaises(AccessError):
                record.with_user(self.a_officer).search([(name, "!=", False)])

    def test_employer_is_no_hit_among_employers(self):
        """I13: that an employer was an employer before is his history, no conflict."""
        self._create_submitted()
        check = self._get_check(self._create_submitted(applicant_name="钱五", applicant_id_number=OTHER_ID))
        self.assertEqual(check.verdict, "none")

    def test_other_county(self):
        """I11, O2: of another county's file one learns which union to call, neither number nor role nor name."""
        self.county_b.phone = "0375-7654321"
        foreign = self._create_case(
            self.b_officer, employer_place_id=self.county_b.id, applicant_name="王某", employer_name="另一公司"
        )
        hit = self._get_check(self._create_submitted()).hit_ids
        self.assertIn("0375-7654321", hit.found_text)
        self.assertIn(self.county_b.name, hit.found_text)
        self.assertNotIn(foreign.name, hit.found_text)
        for name in ("found_id", "found_model", "found_role"):
            with self.assertRaises(AccessError):
                hit.read([name])
        with self.assertRaises(AccessError):
            hit.search([("found_role", "=", "applicant")])
        self.assertIn(foreign.name, hit.with_user(self.city_officer).found_text)

    def test_written_by_steps_only(self):
        """I11: nobody writes, makes or deletes a check or a hit."""
        case = self._create_submitted()
        check = self._get_check(case)
        for user in (self.a_officer, self.a_manager, self.city_manager):
            for door in (
                lambda user=user: check.with_user(user).write({"verdict": "cleared"}),
                lambda user=user: check.with_user(user).unlink(),
                lambda user=user: check.with_user(user).create(
                    {"case_id": case.id, "occasion": "manual", "verdict": "cleared"}
                ),
            ):
                with self.assertRaises(AccessError):
                    door()

    def test_clearing(self):
        """I11: a leader clears with a coded reason; it is on record; an officer does not."""
        self._create_submitted()
        case = self._create_submitted(applicant_name="王晓明")
        with self.assertRaises(AccessError):
            case.action_clear_conflict(reason_code="other_matter")
        leader = case.with_user(self.a_manager)
        with self.assertRaises(UserError):
            leader.action_clear_conflict(reason_code="nonsense")
        leader.action_clear_conflict(reason_code="other_matter", note="另一争议")
        self.assertEqual(case.conflict_verdict, "cleared")
        self.assertEqual(self._get_check(case).checked_by_id, self.a_manager)
        with self.assertRaises(UserError):
            leader.action_clear_conflict(reason_code="other_matter")

    def test_again_when_parties_changed(self):
        """I11: at the assignment the check is made again where the parties changed, else not."""
        case = self._create_granted()
        case.action_assign(volunteer_id=self.lawyer1)
        self.assertEqual(case.conflict_check_ids.mapped("occasion"), ["submit"])
        other = self._create_granted(applicant_name="钱五", applicant_id_number=OTHER_ID)
        self.env["legal.aid.case.party"].with_user(self.a_officer).create(
            {"case_id": other.id, "role": "respondent", "kind": "organization", "name": "总包公司"}
        )
        other.action_assign(volunteer_id=self.lawyer1)
        self.assertEqual(other.conflict_check_ids.sorted("id").mapped("occasion"), ["submit", "assign"])

    def test_queries(self):
        """I11: one check costs the same whether it finds one party or twenty."""
        case = self._create_submitted()
        counts = []
        for number in (1, 20):
            self.env["legal.aid.case.party"].with_user(self.a_officer).create(
                [
                    {
                        "case_id": self._create_case(employer_name=f"甲{number}", applicant_id_number=OTHER_ID).id,
                        "name": WORKER,
                    }
                    for _index in range(number)
                ]
            )
            self.env.flush_all()
            self.env.invalidate_all()
            case._find_conflict_hits()  # what stays in memory from one request to the next
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            hits = case._find_conflict_hits()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertGreaterEqual(len(hits), number)
        self.assertEqual(counts[0], counts[1])
        self.assertLessEqual(counts[0], 15)


@tagged("post_install", "-at_install")
class TestDuplicateWhileTyping(LegalAidConflictCommon):
    """I11, I10: a second application of one worker against one employer is told while it is typed, wherever the first one lies."""

    def _type(self, user, place, **vals):
        """What the form warns of, before anything is saved."""
        form = Form(self.env["legal.aid.case"].with_user(user))
        for name, value in {
            "employer_place_id": place,
            "applicant_id_number": WORKER_ID,
            "employer_name": EMPLOYER,
            **vals,
        }.items():
            setattr(form, name, value)
        return form.duplicate_warning or ""

    def test_another_union(self):
        """I11, O2: the officer reads which union to call, neither number nor state nor matter of its file."""
        first = self._create_case()
        self.county_a.phone = "0375-1112223"
        warning = self._type(self.b_officer, self.county_b)
        self.assertIn(self.county_a.name, warning)
        self.assertIn("0375-1112223", warning)
        self.assertNotIn(first.name, warning)
        self.county_a.phone = False
        self.assertIn("Ask it", self._type(self.b_officer, self.county_b, employer_name="冲突 检索(测试)公司"))

    def test_other_worker_or_other_employer(self):
        """O2: of another union one is told nothing but the same worker against the same employer."""
        first = self._create_case(employer_uscc="91110000600037341L")
        self.assertFalse(self._type(self.b_officer, self.county_b, employer_name="另一公司"))
        self.assertFalse(self._type(self.b_officer, self.county_b, applicant_id_number=OTHER_ID))
        same_code = {"employer_name": "改名后的公司", "employer_uscc": "91110000600037341L"}
        self.assertIn(self.county_a.name, self._type(self.b_officer, self.county_b, **same_code))
        first.action_withdraw(reason_code="applicant")
        self.assertFalse(self._type(self.b_officer, self.county_b))

    def test_own_union(self):
        """I11: of his own union's and, for the city, of everybody's files he reads the number."""
        first = self._create_case()
        for user in (self.a_officer, self.city_officer):
            warning = self._type(user, self.county_a)
            self.assertIn(first.name, warning)
            self.assertNotIn("another", warning)

    def test_saved(self):
        """I11: the same stands on the saved draft; its own file is no duplicate of itself."""
        case = self._create_case()
        self.assertFalse(case.duplicate_warning)
        second = self._create_case(self.b_officer, employer_place_id=self.county_b.id)
        self.assertIn(self.county_a.name, second.duplicate_warning)

    def test_queries(self):
        """I11: as many cases as one likes are looked through with the same number of queries."""
        counts = []
        self._create_case()
        for number in (2, 7):
            cases = self.env["legal.aid.case"].union(*(self._create_case() for _index in range(number)))
            for _turn in range(2):
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                cases.mapped("duplicate_warning")
                count = self.env.cr.sql_log_count - before
            counts.append(count)
        self.assertEqual(counts[0], counts[1])


@tagged("post_install", "-at_install")
class TestLawyerConflict(LegalAidConflictCommon):
    """A13, C2: a lawyer who stands on the other side gets no case, unless a leader cleared it."""

    def _create_client(self, lawyer, **vals):
        return (
            self.env["legal.aid.firm.client"]
            .with_user(self.city_officer)
            .create({"volunteer_id": lawyer.id, "name": "冲突检索(测试) 公司", "date_from": "2025-01-01", **vals})
        )

    def _assert_refused(self, case, lawyer=None):
        with self.assertRaisesRegex(UserError, "leader"):
            case.action_assign(volunteer_id=lawyer or self.lawyer1)
        self.assertEqual(case.state, "granted")

    def test_own_client(self):
        """A13: the lawyer's own client, found by normalised name; a client of the past is none."""
        case = self._create_granted()
        client = self._create_client(self.lawyer1, date_to="2026-03-01")
        self.assertFalse(case._get_lawyer_conflict_reason(self.lawyer1))
        client.date_to = "2026-03-02"  # the day of the application
        self._assert_refused(case)

    def test_client_of_firm(self):
        """A13: a client that a colleague of the firm entered binds the whole firm."""
        firm = self.env["res.partner"].create({"name": "某律师事务所", "is_company": True})
        (self.lawyer1 + self.lawyer2).law_firm_id = firm
        self._create_client(self.lawyer2, uscc="91110000600037341L", name="别名")
        case = self._create_granted(employer_uscc="91110000600037341L")
        self._assert_refused(case)
        self.lawyer1.law_firm_id = False
        case.action_assign(volunteer_id=self.lawyer1)
        self.assertEqual(case.state, "assigned")

    def test_acted_for_respondent(self):
        """A13: who represented the respondent elsewhere, or helped him as a recipient."""
        earlier = self._create_submitted(applicant_name="钱五", applicant_id_number=OTHER_ID)
        self.env["legal.aid.case.party"].with_user(self.a_officer).create(
            {"case_id": earlier.id, "role": "representative", "side": "respondent", "name": self.lawyer1.name}
        )
        self._assert_refused(self._create_granted())

    def _add_party(self, case, **vals):
        return self.env["legal.aid.case.party"].with_user(self.a_officer).create({"case_id": case.id, **vals})

    def test_lawyer_is_a_party(self):
        """A13: a lawyer among the parties, or the employer's legal representative, is found; who stands beside the worker is not."""
        for vals, refused in (
            ({"role": "third"}, True),
            ({"role": "representative"}, True),
            ({"role": "representative", "side": "respondent"}, True),
            ({"role": "representative", "side": "applicant"}, False),
        ):
            with self.subTest(**vals):
                case = self._create_granted(applicant_id_number=OTHER_ID)
                party = self._add_party(case, name=self.lawyer1.name, **vals)
                self.assertEqual(bool(case._get_lawyer_conflict_reason(self.lawyer1)), refused)
                party.unlink()

    def test_lawyer_by_number(self):
        """A13: the keyed hash of the identity number finds a lawyer under another name, and tells him from a namesake."""
        self.lawyer1.resident_id_number = make_resident_id(905)
        case = self._create_granted()
        party = self._add_party(case, role="respondent", name="曾用名", id_number=make_resident_id(905))
        self._assert_refused(case)
        party.write({"name": self.lawyer1.name, "id_number": make_resident_id(906)})
        self.assertFalse(case._get_lawyer_conflict_reason(self.lawyer1))
        party.id_number = False
        self._assert_refused(case)

    def test_hash_follows_the_number(self):
        """A13, F§11: the hash follows the number and is read by nobody."""
        self.lawyer1.resident_id_number = make_resident_id(905)
        twin = self.lawyer1.private_ids
        self.assertEqual(twin.resident_id_hash, self.env["legal.aid.case"]._hash_identity(make_resident_id(905)))
        with self.assertRaises(AccessError):
            twin.with_user(self.city_officer).read(["resident_id_hash"])
        self.lawyer1.resident_id_number = False
        self.assertFalse(twin.resident_id_hash)

    def test_lawyer_was_a_party_elsewhere(self):
        """A13: against the worker of this case, or with a case of his own against the respondent; other parties are no matter."""
        for vals, party, found in (
            ({}, {"role": "respondent"}, "stood against"),
            ({"employer_name": "另一公司"}, {"role": "representative", "side": "respondent"}, "stood against"),
            ({"applicant_name": "钱五", "applicant_id_number": OTHER_ID}, {"role": "applicant"}, "had a case"),
            (
                {"applicant_name": "钱五", "applicant_id_number": OTHER_ID, "employer_name": "另一公司"},
                {"role": "respondent"},
                False,
            ),
        ):
            with self.subTest(found=found, **party):
                earlier = self._create_submitted(**vals)
                self._add_party(earlier, name=self.lawyer1.name, **party)
                reason = self._create_granted()._get_lawyer_conflict_reason(self.lawyer1)
                self.assertEqual(found in reason if found else reason, bool(found))
                earlier.action_withdraw(reason_code="applicant")

    def test_namesakes(self):
        """A13: two lawyers of one name are both found by it."""
        self.lawyer2.partner_id.name = self.lawyer1.name
        case = self._create_granted()
        self._add_party(case, role="representative", name=self.lawyer1.name)
        reasons = case._get_lawyer_conflicts(self.lawyer1 | self.lawyer2)
        self.assertTrue(all(reasons.values()))

    def test_leader_clears(self):
        """A13: a leader clears this lawyer for these parties, with a reason; new parties, new question."""
        self._create_client(self.lawyer1)
        case = self._create_granted()
        with self.assertRaises(AccessError):
            case.action_clear_conflict(reason_code="consent", volunteer_id=self.lawyer1)
        with self.assertRaises(UserError):
            case.with_user(self.a_manager).action_clear_conflict(reason_code="consent", volunteer_id=self.lawyer2)
        case.with_user(self.a_manager).action_clear_conflict(
            reason_code="consent", note="双方书面同意", volunteer_id=self.lawyer1
        )
        party = self.env["legal.aid.case.party"].with_user(self.a_officer)
        added = party.create({"case_id": case.id, "role": "respondent", "kind": "organization", "name": "总包公司"})
        self._assert_refused(case)
        added.unlink()
        case.action_assign(volunteer_id=self.lawyer1)
        self.assertEqual(case.state, "assigned")

    def test_clients_are_private(self):
        """A13: the city's office and the lawyer himself read the list; no county, no colleague."""
        client = self._create_client(self.lawyer1)
        clients = self.env["legal.aid.firm.client"]
        self.assertEqual(clients.with_user(self.lawyer1_user).search([]), client)
        for user in (self.a_officer, self.a_manager, self.lawyer2_user):
            self.assertFalse(clients.with_user(user).search([]))
        case = self._create_granted()
        self.assertNotIn("冲突检索", case._get_lawyer_conflict_reason(self.lawyer1))


@tagged("post_install", "-at_install")
class TestAgencyGate(LegalAidCaseworkCommon):
    """C1, C12: the photographed page of power of attorney and agreement ends the clock of five days."""

    def test_photo_closes_clock(self):
        case = self._create_in_progress()
        self.assertEqual(self._get_due(case, "agency"), "2026-03-09")  # the fifth day is a Saturday
        case.with_user(self.lawyer1_user).action_add_document(kind="evidence", filename="a.jpg", content=b"x")
        self.assertFalse(case.agency_signed_date)
        with freeze_time("2026-03-05 02:00:00"):
            case.with_user(self.lawyer1_user).action_add_document(kind="agency", filename="b.jpg", content=b"x")
        self.assertEqual(str(case.agency_signed_date), "2026-03-05")
        self.assertFalse(self._get_due(case, "agency"))

    def test_paper_without_file_proves_nothing(self):
        case = self._create_in_progress()
        document = self.env["legal.aid.case.document"].with_user(self.a_officer)
        document.create({"case_id": case.id, "kind": "agency"})
        self.assertTrue(self._get_due(case, "agency"))
        case.action_sign_agency(date="2026-03-02")  # nor does the date alone
        self.assertTrue(self._get_due(case, "agency"))
