from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .casework_common import TODAY, WORKER_ID, LegalAidCaseworkCommon
from .house_common import get_view_fields

PRIVATE = ("applicant_name", "applicant_id_number", "applicant_phone", "applicant_address", "description")
SECRETS = ("王小明", WORKER_ID, "13803750001", "某建筑劳务公司", "三个月没发工资")


@tagged("post_install", "-at_install")
class TestTransferView(LegalAidCaseworkCommon):
    """I3, O2: what the two unions of a transfer see before, at and after it."""

    def _offer(self, make=None, **vals):
        case = (make or self._create_submitted)(description="三个月没发工资", **vals)
        self.document = case.action_add_document(kind="evidence", filename="a.txt", content=b"paper")
        case.action_transfer(organization_id=self.county_b, reason_code="jurisdiction", note="用人单位在乙县")
        return case

    def _find_transfer(self, case, user):
        known = self.env["legal.aid.transfer"].sudo().search([("case_id", "=", case.id)])
        return self.env["legal.aid.transfer"].with_user(user).search([("id", "in", known.ids)])

    def test_history_on_the_case(self):
        """I3: the case shows who had it, who took it over and when, to each union the transfers it took part in."""
        case = self._offer()
        offer = self._find_transfer(case, self.a_officer)
        self.assertEqual(case.transfer_ids, offer)
        case.with_user(self.b_officer).action_accept_transfer()
        case.invalidate_recordset()
        taken = case.with_user(self.b_officer)
        self.assertRecordValues(
            taken.transfer_ids,
            [{"organization_id": self.county_a.id, "state": "accepted", "answered_by_id": self.b_officer.id}],
        )
        taken.action_transfer(organization_id=self.county_a, reason_code="jurisdiction")
        self.assertEqual(len(case.with_user(self.city_officer).transfer_ids), 2)
        for user in (self.lawyer1_user, self.justice, self.liaison):
            with self.subTest(user.login), self.assertRaises(AccessError):
                case.with_user(user).read(["transfer_ids"])
        self.assertFalse(self._create_case().transfer_ids)

    def test_what_the_asked_union_reads(self):
        """I3: number, matter, rule, place, dates and reason: enough to decide."""
        case = self._offer()
        for user in (self.b_officer, self.b_manager):
            transfer = self._find_transfer(case, user)
            self.assertRecordValues(
                transfer,
                [
                    {
                        "case_number": case.name,
                        "matter_id": self.matter_wages.id,
                        "service_form": "arbitration",
                        "employer_place_id": self.county_a.id,
                        "organization_id": self.county_a.id,
                        "target_organization_id": self.county_b.id,
                        "note": "用人单位在乙县",
                        "case_state": "submitted",
                        "state": "offered",
                        "can_accept": True,
                        "can_take_back": False,
                    }
                ],
            )
            self.assertIn(self.county_a.name, transfer.jurisdiction_rule)
            self.assertEqual(
                {str(transfer.application_date), str(transfer.submitted_date), str(transfer.offered_date)}, {TODAY}
            )
            self.assertEqual(transfer.next_due, case.next_deadline)
            text = str(transfer.read()) + transfer.display_name
            for secret in SECRETS:
                self.assertNotIn(secret, text)

    def test_what_the_asked_union_does_not_read(self):
        """I3, O2: no person, no fact, no paper, no party, no history until it took the case over."""
        case = self._offer()
        asked = case.with_user(self.b_officer)
        self.assertEqual(asked.name, case.name)
        for model in ("legal.aid.case.document", "legal.aid.case.party", "legal.aid.work.log", "legal.aid.assignment"):
            found = self.env[model].with_user(self.b_officer).search([("case_id", "=", case.id)])
            self.assertFalse(found, model)
        for record in (self.document, self.document.sudo().attachment_id):
            with self.assertRaises(AccessError):
                record.with_user(self.b_officer).read(["name"])
        messages = self.env["mail.message"].with_user(self.b_officer)
        self.assertFalse(messages.search([("model", "=", "legal.aid.case"), ("res_id", "=", case.id)]))
        asked.action_accept_transfer()
        self.assertEqual(asked.applicant_phone, "13803750001")
        self.assertTrue(self.document.with_user(self.b_officer).read(["name"]))
        self.assertTrue(messages.search([("model", "=", "legal.aid.case"), ("res_id", "=", case.id)]))

    def test_no_unmasking_before_it_took_the_case(self):
        """I3, O2: the masks of an offered case are not lifted for the asked union, not even with a reason; of its own they are."""
        case = self._offer()
        asked = case.with_user(self.b_officer)
        self.assertFalse(asked.can_unmask)
        with self.assertRaises(AccessError):
            asked.action_unmask()
        dialogs = self.env["legal.aid.unmask"].with_user(self.b_officer)
        with self.assertRaises(AccessError):
            dialogs.create({"res_model": "legal.aid.case", "res_id": case.id, "reason": "想看看"}).action_show()
        self.assertTrue(case.with_user(self.auditor).can_unmask)
        linked = self._create_submitted(contact_point_id=self.county_b.id)
        self.assertTrue(linked.with_user(self.b_officer).can_unmask)

    def test_files_on_the_case_itself(self):
        """O2: a file that somebody hung on the case without a class is for who handles the case: not by id, list, count or name."""
        case = self._offer()
        case.message_post(body="附件", attachments=[("身份证.jpg", b"scan")])
        files = self.env["ir.attachment"]
        scan = files.search([("res_model", "=", "legal.aid.case"), ("res_id", "=", case.id)])
        self.assertEqual(scan.with_user(self.a_officer).raw, b"scan")
        for user in (self.b_officer, self.auditor, self.justice):
            with self.subTest(user.login):
                mine = files.with_user(user)
                for domain in (
                    [("res_model", "=", "legal.aid.case")],
                    [("name", "=", "身份证.jpg")],
                    [("id", "=", scan.id)],
                ):
                    self.assertFalse(mine.search(domain))
                    self.assertFalse(mine.search_count(domain))
                with self.assertRaises(AccessError):
                    scan.with_user(user).read(["name"])
        self.assertEqual(files.with_user(self.city_officer).search([("id", "=", scan.id)]), scan)

    def test_private_facts_before_and_after(self):
        """O2: identity number, phone and facts reach the asked union with the case, not with the offer."""
        case = self._offer()
        asked = case.with_user(self.b_officer)
        values = asked.read(list(PRIVATE))[0]
        for name in PRIVATE:
            with self.subTest(name):
                self.assertFalse(values[name])
                self.assertFalse(asked.search([("id", "=", case.id), (name, "!=", False)]))
        asked.action_accept_transfer()
        self.assertEqual(asked.read(["applicant_id_number"])[0]["applicant_id_number"], WORKER_ID)

    def test_the_former_union_keeps_number_and_history(self):
        """I3: after the transfer the union that gave the case away reads the record of it, and nothing newer."""
        case = self._offer()
        number = case.name
        case.with_user(self.b_officer).action_accept_transfer()
        case.with_user(self.b_manager).action_grant()
        kept = self._find_transfer(case, self.a_officer)
        self.assertRecordValues(
            kept,
            [
                {
                    "case_number": number,
                    "case_state": "submitted",
                    "state": "accepted",
                    "answered_by_id": self.b_officer.id,
                    "granted_date": False,
                    "can_accept": False,
                    "can_take_back": False,
                }
            ],
        )
        self.assertEqual(str(kept.answered_date), TODAY)

    def test_the_former_union_reads_nothing_newer(self):
        """I3: neither the case and what belongs to it, nor its present number, nor its history, nor as a follower."""
        case = self._offer()
        case.sudo().message_subscribe((self.a_officer | self.a_manager).partner_id.ids)
        case.with_user(self.b_officer).action_accept_transfer()
        kept = self._find_transfer(case, self.a_officer)
        for model in ("legal.aid.case", "legal.aid.case.party", "legal.aid.case.document"):
            domain = [("id", "=", case.id)] if model == "legal.aid.case" else [("case_id", "=", case.id)]
            self.assertFalse(self.env[model].with_user(self.a_officer).search(domain), model)
        with self.assertRaises(AccessError):
            kept.read(["case_id"])
        with self.assertRaises(AccessError):
            self.env["legal.aid.transfer"].with_user(self.a_officer).search([("case_id.state", "=", "granted")])
        self.assertFalse(case.sudo().message_partner_ids & (self.a_officer | self.a_manager).partner_id)
        messages = self.env["mail.message"].with_user(self.a_officer)
        later = messages.search([("model", "=", "legal.aid.case"), ("res_id", "=", case.id)])
        self.assertFalse(later.filtered(lambda message: message.author_id != self.a_officer.partner_id))

    def test_a_draft_gets_its_new_number_in_secret(self):
        """I3: a draft goes on under a number of the new union, which the former one is not told."""
        case = self._offer(make=self._create_case)
        number = case.name
        case.with_user(self.b_officer).action_accept_transfer()
        self.assertNotEqual(case.sudo().name, number)
        self.assertEqual(self._find_transfer(case, self.a_officer).case_number, number)

    def test_contact_point_goes_along(self):
        """I3: an enterprise of the former union is no contact point any more; else the former union would read on."""
        case = self._offer(contact_point_id=self.enterprise_a.id)
        case.with_user(self.b_officer).action_accept_transfer()
        self.assertEqual(case.sudo().contact_point_id, self.county_b)
        self.assertFalse(self.env["legal.aid.case"].with_user(self.a_officer).search([("id", "=", case.id)]))

    def test_sent_back_and_taken_back(self):
        """I3: an offer sent back or taken back is closed, kept, and the asked union reads the case no more."""
        for user, state in ((self.b_officer, "returned"), (self.a_officer, "withdrawn")):
            with self.subTest(state):
                case = self._offer()
                case.with_user(user).action_cancel_transfer()
                transfer = self._find_transfer(case, self.b_officer)
                self.assertEqual((transfer.state, transfer.answered_by_id), (state, user))
                with self.assertRaises(AccessError):
                    case.with_user(self.b_officer).read(["name"])
                with self.assertRaises(UserError):
                    case.action_accept_transfer()

    def test_the_end_of_the_case_ends_the_offer(self):
        """I3: whatever step ends the case, its offer is closed; a new offer replaces an open one."""
        case = self._offer()
        case.action_transfer(organization_id=self.city, reason_code="jurisdiction")
        states = self._find_transfer(case, self.city_officer).mapped("state")
        self.assertEqual(sorted(states), ["offered", "withdrawn"])
        case.action_withdraw(reason_code="applicant")
        self.assertEqual(set(self._find_transfer(case, self.city_officer).mapped("state")), {"withdrawn"})

    def test_not_once_the_work_has_begun(self):
        """I3: an offer that nobody answered in time cannot be accepted when a lawyer is at work."""
        case = self._offer(make=self._create_granted)
        case.action_assign(volunteer_id=self.lawyer1)
        with self.assertRaisesRegex(UserError, "only in state"):
            case.with_user(self.b_officer).action_accept_transfer()
        self.assertEqual(case.organization_id, self.county_a)

    def test_who_reads_and_who_answers(self):
        """O2: the two unions, those above them and the auditor read; only the asked union's officers answer; nobody writes."""
        case = self._offer()
        readers = (self.a_officer, self.b_officer, self.city_officer, self.auditor)
        for user in readers:
            self.assertTrue(self._find_transfer(case, user), user.login)
        for user in (self.liaison, self.justice, self.a_finance, self.lawyer1_user):
            self.assertFalse(self.env["legal.aid.transfer"].with_user(user).has_access("read"), user.login)
        for user in readers:
            for operation in ("write", "create", "unlink"):
                self.assertFalse(self.env["legal.aid.transfer"].with_user(user).has_access(operation))
        transfer = self._find_transfer(case, self.a_officer)
        self.assertTrue(transfer.can_take_back)
        with self.assertRaises(AccessError):
            transfer.action_accept()
        with self.assertRaises(AccessError):
            self._find_transfer(case, self.auditor).action_accept()
        action = self._find_transfer(case, self.b_officer).action_accept()
        self.assertEqual((action["res_id"], case.sudo().organization_id), (case.id, self.county_b))

    def test_notice(self):
        """V6: the officers of the asked union are told, with the number and no more."""
        case = self._offer()
        transfer = self._find_transfer(case, self.b_officer)
        domain = [("model", "=", transfer._name), ("res_id", "=", transfer.id), ("partner_ids", "!=", False)]
        notice = self.env["mail.message"].sudo().search(domain)
        self.assertEqual(notice.partner_ids, (self.b_officer | self.b_manager).partner_id)
        self.assertIn(case.name, notice.body)
        for secret in (*SECRETS, "用人单位"):
            self.assertNotIn(secret, f"{notice.subject} {notice.body}")

    def test_pages(self):
        """The pages of a transfer name nothing that is closed to its readers."""
        transfers = self.env["legal.aid.transfer"].with_user(self.b_officer)
        for view_type in ("form", "list", "kanban", "search"):
            names = get_view_fields(transfers, False, view_type)
            self.assertFalse(names - set(transfers.fields_get()), view_type)
