import importlib.util
from pathlib import Path

from odoo.modules import get_module_path
from odoo.tests import tagged

from .casework_common import LegalAidCaseworkCommon
from .money_common import LegalAidMoneyCommon

MIGRATIONS = Path(get_module_path("union_legal_aid")) / "migrations"


@tagged("post_install", "-at_install")
class TestMigration(LegalAidCaseworkCommon):
    """What an older version left behind is put right before or after the update, and a fresh database has nothing to mend."""

    def _migrate(self, version, name):
        path = MIGRATIONS / version / f"{name}.py"
        specification = importlib.util.spec_from_file_location(name.replace("-", "_"), path)
        script = importlib.util.module_from_spec(specification)
        specification.loader.exec_module(script)
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.env.registry.clear_cache()

    def test_old_rules_go(self):
        """19.0.1.0.0: a record rule of the old kind, which the update would keep beside the new ones, is gone before it."""
        old = self.env["ir.rule"].create(
            {
                "name": "Case fee: read by the unions that pay for it",
                "model_id": self.env["ir.model"]._get("legal.aid.expense").id,
                "domain_force": "[]",
                "groups": [(4, self.env.ref("union_legal_aid.group_officer").id)],
            }
        )
        self.env["ir.model.data"].create(
            {
                "module": "union_legal_aid",
                "name": "legal_aid_expense_rule_payer",
                "model": "ir.rule",
                "res_id": old.id,
                "noupdate": True,
            }
        )
        foreign = self.env["ir.rule"].create(
            {"name": "somebody else's", "model_id": old.model_id.id, "domain_force": "[(1, '=', 1)]"}
        )
        self._migrate("19.0.1.1.0", "pre-access_rules")
        self.assertFalse(old.exists())
        self.assertFalse(self.env.ref("union_legal_aid.legal_aid_expense_rule_payer", raise_if_not_found=False))
        self.assertTrue(foreign.exists())

    def _has_column(self, table, column):
        self.env.cr.execute(
            "SELECT FROM information_schema.columns WHERE table_name = %s AND column_name = %s", (table, column)
        )
        return bool(self.env.cr.rowcount)

    def test_private_data_move(self):
        """19.0.1.0.0: name and number of a worker stood on the case; they move to the twin, and their columns go."""
        case = self._create_case()
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM legal_aid_case_private WHERE case_id = %s", (case.id,))
        self.env.cr.execute("ALTER TABLE legal_aid_case ADD COLUMN applicant_name varchar, ADD COLUMN description text")
        self.env.cr.execute("UPDATE legal_aid_case SET applicant_name = %s WHERE id = %s", ("旧案工人", case.id))
        self._migrate("19.0.1.1.0", "post-private_data")
        self.assertEqual(case.with_user(self.a_officer).applicant_name, "旧案工人")
        self.assertEqual(case.sudo().private_ids.organization_id, self.county_a)
        self.assertFalse(self._has_column("legal_aid_case", "applicant_name"))
        self.assertFalse(self._has_column("legal_aid_case", "description"))

    def test_findings_join_the_complainant(self):
        """19.0.1.0.0: findings stood on the complaint, whose twin may be there already; what it holds stays."""
        complaints = (
            self.env["legal.aid.complaint"]
            .with_user(self.city_officer)
            .create(
                [
                    {"volunteer_id": self.lawyer1.id, "text": "x", "complainant_name": "张小明"},
                    {"volunteer_id": self.lawyer2.id, "text": "x"},
                ]
            )
        )
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE legal_aid_complaint ADD COLUMN IF NOT EXISTS findings text")
        self.env.cr.execute("UPDATE legal_aid_complaint SET findings = 'f' WHERE id IN %s", (complaints._ids,))
        self._migrate("19.0.1.1.0", "post-private_data")
        self.assertEqual(complaints.mapped("findings"), ["f", "f"])
        self.assertEqual(complaints[0].complainant_name, "张小明")
        self.assertFalse(self._has_column("legal_aid_complaint", "findings"))

    def test_ended_cases(self):
        """19.0.1.4.0: terminated without a lawyer, a case had no end; taken up again, it kept one, or its outcome."""
        ended, waiting, running, closed = (
            self._create_granted(),
            self._create_in_progress(),
            self._create_in_progress(),
            self._create_closed(),
        )
        for case in (ended, waiting):
            case.with_user(self.a_manager).action_terminate(reason_code="other")
        none = {"outcome": False, "closed_date": False, "closing_recorded_date": False}
        ended.sudo()._workflow_write(none)
        running.sudo()._workflow_write({"outcome": "terminated", "closed_date": "2026-03-02"})
        reopened = self._create_in_progress()
        reopened.sudo()._workflow_write({"outcome": "won", "amount_recovered": 9000})
        before = closed.closed_date
        for _time in range(2):
            self._migrate("19.0.1.5.0", "post-ended_cases")
        self.assertEqual(
            (ended.outcome, ended.closed_date, ended.file_state), ("terminated", ended.decision_date, "due")
        )
        # Its lawyer's firm has not received the decision yet.
        self.assertFalse(waiting.closed_date)
        self.assertFalse(running.closed_date or running.outcome)
        self.assertFalse(reopened.outcome or reopened.amount_recovered)
        self.assertEqual((closed.closed_date, closed.outcome), (before, "won"))

    def test_complaints_get_their_clocks(self):
        """19.0.1.4.0: what runs gets its clocks from the day of the complaint, what was told is closed, twice is once."""
        complaints = (
            self.env["legal.aid.complaint"]
            .with_user(self.city_officer)
            .create([{"volunteer_id": self.lawyer1.id, "text": "x"} for _number in range(2)])
            .with_env(self.env)
        )
        complaints[1].with_user(self.city_manager).action_dismiss(reason_code="unfounded")
        complaints[1].with_user(self.city_officer).action_inform()
        clocks = self.env["legal.aid.deadline"].search(
            [("res_model", "=", complaints._name), ("res_id", "in", complaints.ids)]
        )
        clocks.unlink()
        complaints._workflow_write({"closed_date": False})
        for _time in range(2):
            self._migrate("19.0.1.4.0", "post-complaint_clocks")
            self.assertEqual(
                sorted(complaints[0].deadline_ids.filtered(lambda clock: clock.state == "open").mapped("kind")),
                ["complaint_acknowledge", "complaint_decide"],
            )
            self.assertEqual(complaints[1].closed_date, complaints[1].informed_date)
            self.assertFalse(complaints[0].channel or complaints[0].closed_date)

    def test_persons_are_counted(self):
        """19.0.1.5.0, V4: the workers on record get sex and age from their numbers, the cases their counts, as Odoo would compute them."""
        woman = self._create_case(headcount=3)
        numberless = self._create_case(applicant_id_number=False)
        union = self._create_case(applicant_kind="union_organization", applicant_id_number=False)
        cases = woman | numberless | union
        names = ("women_count", "minor_count", "senior_count", "disabled_count", "unknown_sex_count")
        computed = cases.sudo().read(names)
        parties = cases.sudo().party_ids
        facts = parties.read(["sex", "age_band", "is_foreign"])
        self.assertEqual((computed[0]["women_count"], computed[0]["unknown_sex_count"]), (1, 2))
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE legal_aid_case_party SET sex = NULL, age_band = NULL, is_foreign = NULL WHERE id IN %s",
            (parties._ids,),
        )
        self.env.cr.execute(
            "UPDATE legal_aid_case SET women_count = NULL, unknown_sex_count = NULL WHERE id IN %s", (cases._ids,)
        )
        for _time in range(2):
            self._migrate("19.0.1.5.0", "pre-person_counts")
            self.assertEqual(cases.sudo().read(names), computed)
            self.assertEqual(parties.read(["sex", "age_band", "is_foreign"]), facts)

    def test_yearly_clocks_remind_early(self):
        """V1: the running clock of a ledger, planned for the day before, reminds sixty days before from now on."""
        clock = self.env["legal.aid.ledger"].search([("volunteer_id", "=", self.lawyer1.id)]).deadline_ids
        clock.remind_on = "2027-05-19"
        self._migrate("19.0.1.4.0", "post-yearly_reminders")
        self.assertEqual(str(clock.remind_on), "2027-03-19")

    def test_scope_of_old_cases(self):
        """19.0.1.1.0: matters and cases had no scope; they get it, and the basis of hardship on record stays as it was."""
        wages, officer = self._create_case(), self._create_case(applicant_kind="union_officer")
        officer.hardship_basis = "self_commitment"
        self.env.flush_all()
        self.env.cr.execute("UPDATE legal_aid_case SET scope_id = NULL WHERE id IN %s", ((wages | officer)._ids,))
        self.env.cr.execute("UPDATE legal_aid_matter SET scope_id = NULL")
        self._migrate("19.0.1.2.0", "post-scope_of_cases")
        self.assertEqual([case.scope_id.code for case in (wages, officer)], ["labour_dispute", "union_officer"])
        self.assertEqual(officer.hardship_basis, "self_commitment")
        for code, scope in (
            ("other", "other"),
            ("work_injury", "labour_dispute"),
            ("union_rights", "union_organization"),
        ):
            self.assertEqual(self.env.ref(f"union_legal_aid.matter_{code}").scope_id.code, scope)

    def test_fresh_database_has_nothing_to_move(self):
        case = self._create_case()
        self.assertFalse(self._has_column("legal_aid_case", "applicant_name"))
        before = case.sudo().private_ids
        self._migrate("19.0.1.1.0", "post-private_data")
        self.assertEqual(case.sudo().private_ids, before)
        self.assertEqual(case.with_user(self.a_officer).applicant_name, "王小明")

    def test_renamed_state_of_a_consultation(self):
        """19.0.1.1.0: a state whose name changed loses the translation of the old one, so that the update brings the new one."""
        choice = self.env["ir.model.fields.selection"].search(
            [("field_id.model", "=", "legal.aid.consultation"), ("field_id.name", "=", "state"), ("value", "=", "open")]
        )
        self.env["res.lang"]._activate_lang("zh_CN")
        choice.with_context(lang="zh_CN").name = "已答复"
        self._migrate("19.0.1.2.0", "pre-consultation_states")
        self.assertEqual(choice.with_context(lang="zh_CN").name, choice.with_context(lang="en_US").name)

    def test_voucher_words(self):
        """19.0.1.2.0: journals of the same books could have the same voucher word; each has its own now, and others stay."""
        books = self._give_books(self.county_a)
        first, second, third = self.env["account.journal"].create(
            [
                {"name": f"转账{number}", "code": f"ZZ{number}", "type": "general", "company_id": books.id}
                for number in (1, 2, 3)
            ]
        )
        other = self.env["account.journal"].search([("company_id", "=", books.id), ("type", "=", "bank")], limit=1)
        self.env.flush_all()
        self.env.cr.execute("DROP INDEX account_journal_voucher_word_once")
        self.env.cr.execute(
            "UPDATE account_journal SET voucher_word = '转' WHERE id = ANY(%s)", ([first.id, second.id, third.id],)
        )
        self.env.invalidate_all()
        self._migrate("19.0.1.3.0", "pre-voucher_words")
        self.assertEqual([journal.voucher_word for journal in first | second | third], ["转", "转2", "转3"])
        self.assertEqual(other.voucher_word, "银")
        self.env.cr.execute(
            "CREATE UNIQUE INDEX account_journal_voucher_word_once ON account_journal (company_id, voucher_word)"
        )


@tagged("post_install", "-at_install")
class TestMoneyMigration(LegalAidMoneyCommon):
    def _migrate(self):
        TestMigration._migrate(self, "19.0.1.3.0", "post-payees_and_tax_lists")

    def test_payees_and_tax_lists(self):
        """19.0.1.3.0: lists made before keep the names of their payees, and what was paid is to be reported; twice is once."""
        payout = self._create_paid_payout()
        lists = self.env["legal.aid.tax.list"].search([("organization_id", "=", self.county_a.id)])
        expected = {(record.kind, record.year, record.month, record.date_from, record.date_to) for record in lists}
        self.assertEqual(len(expected), 2)
        self.env.flush_all()
        self.env.cr.execute("DELETE FROM legal_aid_tax_list WHERE organization_id = %s", [self.county_a.id])
        self.env.cr.execute("UPDATE legal_aid_payout_line SET lawyer_name = NULL WHERE payout_id = %s", [payout.id])
        self.env.invalidate_all()
        for _number in range(2):
            self._migrate()
        self.assertEqual(payout.line_ids.lawyer_name, self.lawyer1.name)
        made = self.env["legal.aid.tax.list"].search([("organization_id", "=", self.county_a.id)])
        self.assertEqual(
            {(record.kind, record.year, record.month, record.date_from, record.date_to) for record in made}, expected
        )
        self.assertEqual((set(made.mapped("amount_total")), made.company_id), ({1600}, self.county_a_books))
