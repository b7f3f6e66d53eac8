from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .casework_common import TODAY, LegalAidCaseworkCommon

SEAL_DAY = "2031-03-02"  # five years after the closing
SEALED_MODELS = (
    "legal.aid.case.private",
    "legal.aid.case.party",
    "legal.aid.case.document",
    "legal.aid.work.log",
)


class LegalAidArchiveCommon(LegalAidCaseworkCommon):
    """An archived file with papers, a log, a message; and what is done with it later."""

    def _create_file(self, **vals):
        case = self._create_closed(**vals)
        case.action_add_document(kind="evidence", filename="a.txt", content=b"proof")
        case.with_user(self.a_officer).message_post(body="王小明来电")
        case.action_archive(file_received_date=TODAY)
        self.env.flush_all()
        # The fee was paid, and so on: nothing is left to do.
        running = [("res_model", "=", case._name), ("res_id", "=", case.id), ("state", "=", "open")]
        self.env["legal.aid.deadline"].sudo().search(running).unlink()
        self.env.invalidate_all()
        return case.with_user(self.a_officer)

    def _seal(self, day=SEAL_DAY):
        with freeze_time(f"{day} 02:00:00"), self.enter_registry_test_mode():
            self.env.ref("union_legal_aid.ir_cron_seal").method_direct_trigger()
        self.env.invalidate_all()

    def _create_sealed(self, **vals):
        case = self._create_file(**vals)
        case.sudo()._do_seal()
        self.env.flush_all()
        self.env.invalidate_all()
        return case

    def _ask(self, case, user=None, **vals):
        user = user or self.a_officer
        reading = (
            self.env["legal.aid.file.reading"]
            .with_user(user)
            .create(
                {
                    "case_id": case.id,
                    "reason_id": self.env.ref("union_legal_aid.reason_file_reading_retrial").id,
                    **vals,
                }
            )
        )
        reading.action_submit()
        return reading

    def _find(self, case, user):
        return self.env["legal.aid.case"].with_user(user).search([("id", "=", case.id)])


@tagged("post_install", "-at_install")
class TestSeal(LegalAidArchiveCommon):
    """X3: some years after the closing a file is only stored (PIPL §47)."""

    def test_boundary(self):
        """X3: the day before the term the file is open; on the day it is sealed by the job."""
        case = self._create_file()
        self._seal("2031-03-01")
        self.assertFalse(case.sudo().sealed_date)
        self.assertTrue(self._find(case, self.a_officer))
        self._seal(SEAL_DAY)
        self.assertEqual(str(case.sudo().sealed_date), SEAL_DAY)
        for user in (self.a_officer, self.a_manager, self.city_officer, self.auditor, self.justice, self.lawyer1_user):
            with self.subTest(user.login):
                self.assertFalse(self._find(case, user))

    def test_policy_decides(self):
        """X3: the years stand in the policy of the case; 0 means never."""
        self._create_policy(seal_years=0)
        never = self._create_file()
        self._seal("2099-03-02")
        self.assertFalse(never.sudo().sealed_date)

    def test_unsettled_file_stays_open(self):
        """X3: while a clock runs or a correction waits, the file is needed."""
        case = self._create_file()
        case.sudo()._open_deadline("file_review", TODAY)
        self._seal()
        self.assertFalse(case.sudo().sealed_date)

    def test_nothing_is_read(self):
        """X3: neither the case nor its leaves, nor its messages and attachments, by any door."""
        case = self._create_sealed()
        document = case.sudo().document_ids[:1]
        for user in (self.a_officer, self.a_manager, self.city_manager, self.auditor):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    self.env["legal.aid.case"].with_user(user).browse(case.id).read(["state"])
                for model in SEALED_MODELS:
                    rows = self.env[model].with_user(user)
                    if rows.has_access("read"):
                        self.assertTrue(rows.sudo().search([("case_id", "=", case.id)]), model)
                        self.assertFalse(rows.search([("case_id", "=", case.id)]), model)
                with self.assertRaises(AccessError):
                    document.attachment_id.with_user(user).read(["datas"])

    def _check_again(self, earlier, **vals):
        """A new application of the same worker; returns how the check found the ``earlier`` file."""
        case = self._create_submitted(employer_name="另一公司", **vals)
        return case.sudo().conflict_check_ids.hit_ids.filtered(lambda hit: hit.found_id == earlier.id)

    def test_found_by_a_conflict_check(self):
        """X3, I11: of a sealed file of one's own union a check tells the number, by which one asks to read it, and not who was what."""
        case = self._create_sealed()
        hit = self._check_again(case)
        for user in (self.a_officer, self.a_manager, self.city_officer):
            with self.subTest(user.login):
                text = hit.with_user(user).found_text
                self.assertIn(f"Sealed file {case.sudo().name} of {self.county_a.name}", text)
                self.assertNotIn("Applicant", text)
        reading = self._ask(case)
        reading.with_user(self.a_manager).action_approve()
        self.env.invalidate_all()
        self.assertEqual(hit.with_user(self.a_officer).found_text, f"{case.sudo().name} · Applicant")
        self.assertIn("Sealed file", hit.with_user(self.a_manager).found_text)

    def test_found_by_a_conflict_check_of_another_county(self):
        """X3, I11, O2: another county learns of a sealed file what it learns of any: whom to call."""
        case = self._create_sealed()
        hit = self._check_again(case, user=self.b_officer, employer_place_id=self.county_b.id)
        text = hit.with_user(self.b_officer).found_text
        self.assertEqual(text, f"A file of another union. Ask {self.county_a.name}.")
        self.assertNotIn(case.sudo().name, text)

    def test_call_found_by_a_conflict_check(self):
        """X3, I11: the call that a sealed file came from is told as the file; one that is closed for another reason as what it is."""
        case = self._create_sealed()
        hit = self._check_again(case)
        call = self._create_consultation()
        call.sudo()._workflow_write({"case_id": case.id})
        hit.write({"found_model": call._name, "found_id": call.id})
        self.env.invalidate_all()
        self.assertIn(f"Sealed file {case.sudo().name}", hit.with_user(self.a_officer).found_text)
        hit.write({"found_model": "legal.aid.service.request", "found_id": 0})
        self.env.invalidate_all()
        self.assertEqual(
            hit.with_user(self.a_officer).found_text,
            f"A file of {self.county_a.name} that is closed to you. Ask the leader there.",
        )

    def test_messages(self):
        """X3: what was written under the file is closed with it."""
        case = self._create_file()
        message = case.sudo().message_ids.filtered(lambda message: "来电" in message.body)
        self.assertTrue(message.with_user(self.a_manager).body)
        case.sudo()._do_seal()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            message.with_user(self.a_manager).read(["body"])

    def test_inbox(self):
        """X3: an unread message under a sealed file waits in no inbox; a notice to somebody goes on waiting, and so does another file's."""
        case, other = self._create_file(), self._create_file()
        partner = self.city_officer.partner_id
        before = partner._get_needaction_count()
        call = self._create_consultation()
        call.sudo()._workflow_write({"case_id": case.id})
        for record in (case, call, other):
            message = record.sudo().message_post(body="来电")
            message.notification_ids.create({"mail_message_id": message.id, "res_partner_id": partner.id})
        expected = before + 1
        self.assertEqual(partner._get_needaction_count(), expected + 2)
        case.sudo()._do_seal()
        self.env.flush_all()
        self.assertEqual(partner._get_needaction_count(), expected)
        case.sudo().message_notify(partner_ids=partner.ids, body="提醒", subject="提醒")
        told = partner._get_needaction_count()
        case.sudo()._do_seal()
        self.env.flush_all()
        self.assertEqual(partner._get_needaction_count(), told)

    def test_own_messages(self):
        """X3: neither its author nor whom it was told goes on reading a message of a sealed file, from the mailbox either."""
        case = self._create_file()
        message = case.sudo().message_ids.filtered(lambda message: "来电" in message.body)
        message.partner_ids = self.b_officer.partner_id
        message.notification_ids.create(
            {"mail_message_id": message.id, "res_partner_id": self.city_officer.partner_id.id}
        )
        case.sudo().message_notify(partner_ids=self.a_officer.partner_id.ids, body="提醒", subject="提醒")
        notice = case.sudo().env["mail.message"].search([("subject", "=", "提醒")])
        readers = (self.a_officer, self.city_officer, self.b_officer)
        for user in readers:
            with self.subTest(user.login):
                self.assertIn("来电", message.with_user(user).read(["body"])[0]["body"])
        case.sudo()._do_seal()
        self.env.flush_all()
        self.env.invalidate_all()
        for user in readers:
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    message.with_user(user).read(["body"])
                with self.assertRaises(UserError):
                    message.with_user(user).write({"body": "x"})
                messages = self.env["mail.message"].with_user(user)
                self.assertFalse(messages.search([("id", "=", message.id)]))
                self.assertFalse(messages.search_count([("body", "ilike", "来电"), ("id", "=", message.id)]))
        self.assertTrue(notice.with_user(self.a_officer).read(["subject"]))
        self._ask(case).with_user(self.a_manager).action_approve()
        self.assertIn("来电", message.with_user(self.a_officer).read(["body"])[0]["body"])
        with self.assertRaises(AccessError):
            message.with_user(self.city_officer).read(["body"])

    def test_what_belongs_to_it(self):
        """X3: the call it came from, questions, checks and papers tell of the worker too; such as belong to no file stay open."""
        case = self._create_file()
        consultation, other = self._create_consultation(), self._create_consultation()
        consultation.sudo()._workflow_write({"case_id": case.id})
        steps = self.env["legal.aid.question"].sudo()._workflow_env()
        question = steps.create({"case_id": case.id, "text": "工资怎样计算"}).with_env(self.env)
        check = self.env["legal.aid.conflict.check"].sudo().search([("case_id", "=", case.id)], limit=1)
        said = consultation.sudo()._message_log(body="来电补充")
        said.author_id = self.a_officer.partner_id
        told = (consultation, consultation.sudo().private_ids, question, check, said)
        for record in told:
            self.assertTrue(record.with_user(self.a_officer).has_access("read"), record._name)
        case.sudo()._do_seal()
        self.env.flush_all()
        self.env.invalidate_all()
        for record in told:
            with self.subTest(record._name):
                records = self.env[record._name].with_user(self.a_officer)
                self.assertFalse(records.search([("id", "in", record.ids)]))
                with self.assertRaises(AccessError):
                    records.browse(record.ids).read(["display_name"])
        self.assertTrue(other.with_user(self.a_officer).read(["question"]))
        self._ask(case).with_user(self.a_manager).action_approve()
        self.assertTrue(consultation.with_user(self.a_officer).read(["question"]))

    def test_nothing_is_written(self):
        """X3: a sealed file takes no facts that come to light later either, also from the superuser's code."""
        case = self._create_sealed()
        with self.assertRaises(UserError):
            case.sudo().write({"government_office": "x"})
        with self.assertRaises(AccessError):
            case.write({"sealed_date": False})

    def test_statistics_count_it(self):
        """X3, V4: its figures are counted as before."""
        domain = [("organization_id", "=", self.county_a.id)]
        case = self._create_file()
        before = self.env["legal.aid.statistic"].with_user(self.a_officer).search_count(domain)
        case.sudo()._do_seal()
        self.env.flush_all()
        self.assertEqual(self.env["legal.aid.statistic"].with_user(self.a_officer).search_count(domain), before)

    def test_register(self):
        """X3: its line stays in the register, with nothing personal; other counties do not see it."""
        case = self._create_sealed()
        lines = self.env["legal.aid.archive.register"]
        line = lines.with_user(self.a_officer).browse(case.id)
        self.assertRecordValues(line, [{"name": case.sudo().name, "condition": "sealed", "can_read_file": False}])
        self.assertFalse(lines.with_user(self.b_officer).search([("id", "=", case.id)]))


@tagged("post_install", "-at_install")
class TestReading(LegalAidArchiveCommon):
    """X3: a sealed file is read by grant of a leader, for some days, by one reader."""

    def test_reading(self):
        """X3, X2: asked for with a reason, granted by another, on record; over by itself on the day after the last."""
        case = self._create_sealed()
        reading = self._ask(case, days=3)
        for user in (self.a_officer, self.a_manager, self.auditor):
            # Who decides on it opens its page, which names the file that he cannot read.
            self.env.invalidate_all()
            shown = reading.with_user(user).web_read({"display_name": {}, "case_id": {"fields": {"display_name": {}}}})
            self.assertIn(case.sudo().name, shown[0]["display_name"])
        with self.assertRaises(UserError):
            reading.action_approve()
        self.assertFalse(self._find(case, self.a_officer))
        reading.with_user(self.a_manager).action_approve()
        self.assertRecordValues(reading, [{"state": "granted", "granted_by_id": self.a_manager.id}])
        self.assertEqual((str(reading.date_from), str(reading.date_until)), ("2026-03-02", "2026-03-04"))
        self.assertEqual(case.applicant_name, "王小明")
        # The button that opens the file is there for its reader, not for who granted it.
        self.assertTrue(reading.is_open_to_me)
        self.assertFalse(reading.with_user(self.a_manager).is_open_to_me)
        case.web_read({"applicant_name": {}})
        self.assertTrue(
            self.env["legal.aid.access.log"]
            .sudo()
            .search([("user_id", "=", self.a_officer.id), ("res_id", "=", case.id)])
        )
        # Nobody else reads by it, not even who granted it.
        self.assertFalse(self._find(case, self.a_manager))
        for day, is_open in (("2026-03-04", True), ("2026-03-05", False)):
            with self.subTest(day), freeze_time(f"{day} 02:00:00"):
                self.env.invalidate_all()
                self.assertEqual(bool(self._find(case, self.a_officer)), is_open)
                self.assertEqual(
                    bool(
                        self.env["legal.aid.case.private"].with_user(self.a_officer).search([("case_id", "=", case.id)])
                    ),
                    is_open,
                )

    def test_log_of_the_reading(self):
        """X2: the auditor sees from the request what its reader opened in these days, and nothing that others opened."""
        case = self._create_sealed()
        reading = self._ask(case)
        reading.with_user(self.a_manager).action_approve()
        case.web_read({"applicant_name": {}})
        action = reading.with_user(self.auditor).action_open_log()
        seen = self.env["legal.aid.access.log"].with_user(self.auditor).search(action["domain"])
        self.assertEqual(seen.user_id, self.a_officer)

    def test_logs_of_other_records(self):
        """X2: on a consultation and on a lawyer, too, the leader sees who opened it."""
        consultation = self._create_consultation()
        for record in (consultation.with_user(self.a_officer), self.lawyer1.with_user(self.city_officer)):
            record.web_read({"display_name": {}, "organization_id": {}})
            action = record.with_user(self.city_manager).action_open_access_log()
            self.assertIn(record.env.user, self.env["legal.aid.access.log"].sudo().search(action["domain"]).user_id)

    def test_reading_writes_nothing(self):
        """X3: who reads a sealed file changes nothing in it."""
        case = self._create_sealed()
        self._ask(case).with_user(self.a_manager).action_approve()
        for vals in ({"description": "x"}, {"government_office": "x"}, {"is_permanent": True}):
            with self.subTest(vals), self.assertRaises(UserError):
                case.write(vals)

    def test_ended(self):
        """X3: a reader who is done closes the file before the last day."""
        case = self._create_sealed()
        reading = self._ask(case)
        reading.with_user(self.a_manager).action_approve()
        self.assertTrue(self._find(case, self.a_officer))
        reading.action_end()
        self.assertFalse(self._find(case, self.a_officer))

    def test_refused(self):
        """X3: a refused request opens nothing."""
        case = self._create_sealed()
        reading = self._ask(case)
        reading.with_user(self.a_manager).action_reject(note="无必要")
        self.assertEqual(reading.state, "refused")
        self.assertFalse(self._find(case, self.a_officer))

    def test_not_to_oneself(self):
        """X3: a leader grants no reading to himself, whoever asks for him."""
        case = self._create_sealed()
        reading = self._ask(case, reader_id=self.a_manager.id)
        with self.assertRaisesRegex(AccessError, "nobody opens a sealed file to himself"):
            reading.with_user(self.a_manager).action_approve()

    def test_back_doors(self):
        """X3: state, days and last day change through the steps only; another county neither asks nor reads."""
        case = self._create_sealed()
        reading = self._ask(case)
        for vals in ({"state": "granted"}, {"date_until": "2099-01-01"}, {"granted_by_id": self.a_manager.id}):
            with self.subTest(vals), self.assertRaises(AccessError):
                reading.write(vals)
        with self.assertRaises(UserError):
            reading.days = 30
        with self.assertRaises(AccessError):
            self._ask(case, user=self.b_officer)
        with self.assertRaises(AccessError):
            self.env["legal.aid.file.reading"].with_user(self.a_officer).create(
                {"case_id": case.id, "reason_id": reading.reason_id.id, "state": "granted", "date_until": "2099-01-01"}
            )
        with self.assertRaises(AccessError):
            reading.with_user(self.b_officer).read(["state"])

    def test_open_file_needs_no_request(self):
        """X3: a file that is not sealed is not asked for."""
        with self.assertRaisesRegex(UserError, "is not sealed"):
            self._ask(self._create_file())

    def test_reopened(self):
        """X3, C13: a case that is taken up again by decision is sealed no more."""
        case = self._create_sealed()
        self._ask(case).with_user(self.a_manager).action_approve()
        case.action_reopen(reason_code="correction", note="再审")
        self.env["legal.aid.case.correction"].with_user(self.a_manager).search(
            [("case_id", "=", case.id)]
        ).action_approve()
        self.assertFalse(case.sudo().sealed_date)
        self.assertTrue(self._find(case, self.a_manager))


@tagged("post_install", "-at_install")
class TestRetention(LegalAidArchiveCommon):
    """X3: until when a file is kept."""

    def test_term(self):
        """X3, C8: the years of the policy from the archiving; the last day is still in the term."""
        case = self._create_file()
        line = self.env["legal.aid.archive.register"].with_user(self.a_officer).browse(case.id)
        self.assertEqual(str(line.keep_until), "2056-03-02")
        cases = self.env["legal.aid.case"]
        for day, is_over in (("2056-03-02", False), ("2056-03-03", True)):
            with self.subTest(day), freeze_time(f"{day} 02:00:00"):
                self.env.invalidate_all()
                self.assertEqual(case.sudo() in cases.sudo().search(cases._domain_term_over()), is_over)
                self.assertEqual(line.condition == "over", is_over)

    def test_permanent(self):
        """X3: with 0 years, or by the mark on the case, a file is kept for ever."""
        case = self._create_file()
        case.is_permanent = True
        self.assertFalse(case.keep_until)
        self._create_policy(retention_years=0)
        self.assertFalse(self._create_file().keep_until)

    def test_hold(self):
        """X3: an audit or a lawsuit keeps the file on; when it is over the term counts again."""
        case = self._create_file()
        line = self.env["legal.aid.archive.register"].with_user(self.a_officer).browse(case.id)
        with self.assertRaises(AccessError):
            line.with_user(self.auditor).action_hold(reason_code="audit")
        with self.assertRaises(AccessError):
            line.with_user(self.b_officer).action_hold(reason_code="audit")
        with self.assertRaises(AccessError):
            case.write({"hold_reason_id": False})
        line.action_hold(reason_code="audit", note="2056年审计")
        with freeze_time("2056-03-03 02:00:00"):
            self.env.invalidate_all()
            self.assertEqual(line.condition, "held")
            line.action_release()
            self.assertEqual(line.condition, "over")

    def test_office_is_told_once(self):
        """X3, V6: on the day after the last day the office is told that files can be appraised, once."""
        case = self._create_file()
        job = self.env.ref("union_legal_aid.ir_cron_terms_over")
        told = []
        for day in ("2056-03-02", "2056-03-03", "2056-03-04"):
            with freeze_time(f"{day} 02:00:00"), self.enter_registry_test_mode():
                job.method_direct_trigger()
            self.env.invalidate_all()
            told.append(case.sudo().term_told_on and str(case.sudo().term_told_on))
        self.assertEqual(told, [False, "2056-03-03", "2056-03-03"])
