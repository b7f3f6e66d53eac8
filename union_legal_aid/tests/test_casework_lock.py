import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .casework_common import TODAY, LegalAidCaseworkCommon

LEAVES = {
    "legal.aid.case.party",
    "legal.aid.case.fact",
    "legal.aid.case.family",
    "legal.aid.case.paper",
    "legal.aid.case.document",
    "legal.aid.work.log",
    "legal.aid.mediation",
    "legal.aid.major.report",
}
# What has a life of its own after the archive, or is written by steps of the case only, so that nobody has a right to write it.
BESIDE_THE_FILE = {
    "legal.aid.assignment": "written by steps",
    "legal.aid.call.back": "the recipient is asked after the end",
    "legal.aid.case.correction": "the one door into a closed file",
    "legal.aid.case.private": "written through the case",
    "legal.aid.complaint": "may come years later",
    "legal.aid.conflict.check": "written by steps",
    "legal.aid.consultation": "has its own workflow",
    "legal.aid.expense": "the fee follows the archive",
    "legal.aid.file.disposal.line": "the entry of the destruction",
    "legal.aid.file.reading": "who reads the sealed file",
    "legal.aid.file.review": "written by steps, and signed later",
    "legal.aid.issued.document": "its delivery is noted when the receipt comes back",
    "legal.aid.lawyer.change": "asked for on a running case",
    "legal.aid.leaving.line": "plans running cases",
    "legal.aid.mandate": "written by steps",
    "legal.aid.objection": "against refusals and terminations",
    "legal.aid.quality.check": "archived files are what is checked",
    "legal.aid.question": "may come later",
    "legal.aid.removal.element": "evidence about the lawyer",
    "legal.aid.service.request": "has its own workflow",
    "legal.aid.substitute.leave": "asked for on a running case",
    "legal.aid.supervision.letter": "may follow an award that is not obeyed",
    "legal.aid.termination.notice": "its delivery is noted when the receipt comes back",
    "legal.aid.transfer": "written by steps",
}


@tagged("post_install", "-at_install")
class TestCaseLock(LegalAidCaseworkCommon):
    """X3: an archived file is closed, to everybody and by every door, but for a correction."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.people = (cls.a_officer, cls.a_manager, cls.city_manager, cls.lawyer1_user)

    def _assert_locked(self, step):
        with self.assertRaises(UserError), self.cr.savepoint():
            step()

    def _create_full_file(self):
        case = self._create_closed()
        case.action_add_document(kind="evidence", filename="a.txt", content=b"proof")
        committee = self.env["union.institution"].create(
            {"organization_id": self.enterprise_a.id, "name": "测试调解委员会", "kind": "committee"}
        )
        self.env["legal.aid.mediation"].create(
            {"case_id": case.id, "institution_id": committee.id, "offered_date": TODAY}
        )
        case.action_archive(file_received_date=TODAY)
        return case

    def test_facts(self):
        """X3: no fact of an archived case is written, one by one, as officer, leader and lawyer."""
        case = self._create_full_file()
        values = {
            name: case.with_user(self.a_officer)[name]
            for name, field in case._fields.items()
            if field.store
            and not field.compute
            and field.type in ("char", "text", "boolean", "date", "selection", "float")
        }
        is_open = {
            "is_permanent",
            *(name for name, states in case._workflow_facts.items() if "archived" in states),
        }
        for name in values.keys() - is_open - {"create_date", "write_date"}:
            if name.startswith(("activity_", "message_", "my_activity_")):
                continue
            for user in self.people:
                with self.subTest(name, user=user.login):
                    self._assert_locked(lambda name=name, user=user: case.with_user(user).write({name: False}))

    def test_private_facts(self):
        """X3: nor what the worker told, which stands beside the case."""
        case = self._create_full_file().with_user(self.a_officer)
        for name in case._get_private_names():
            with self.subTest(name):
                self._assert_locked(lambda name=name: case.write({name: False}))

    def test_leaves(self):
        """X3: no leaf is changed, taken away, added or copied; neither on its own nor in the lines of the case."""
        case = self._create_full_file()
        found = set()
        for model in LEAVES:
            for user in self.people:
                rows = self.env[model].with_user(user)
                leaf = rows.sudo().search([("case_id", "=", case.id)], limit=1).with_user(user)
                if not leaf:
                    continue
                found.add(model)
                for step in (
                    lambda leaf=leaf: leaf.write({"case_id": case.id}),
                    lambda leaf=leaf: leaf.unlink(),
                    lambda leaf=leaf: leaf.copy(),
                ):
                    with self.subTest(model, user=user.login):
                        self._assert_locked(step)
        self.assertGreaterEqual(
            found, {"legal.aid.case.party", "legal.aid.case.document", "legal.aid.work.log", "legal.aid.mediation"}
        )
        party = case.party_ids[0]
        for commands in ([(0, 0, {"role": "third", "name": "某"})], [(1, party.id, {"headcount": 3})], [(2, party.id)]):
            self._assert_locked(lambda commands=commands: case.write({"party_ids": commands}))

    def test_import(self):
        """X3: a table that is imported into lists opens no file."""
        case = self._create_full_file().with_user(self.a_officer)
        parties = self.env["legal.aid.case.party"].with_user(self.a_officer)
        result = parties.load(["case_id/.id", "role", "kind", "name"], [[str(case.id), "third", "person", "张三"]])
        self.assertFalse(result["ids"])
        result = case.load([".id", "description"], [[str(case.id), "x"]])
        self.assertFalse(result["ids"])

    def test_chatter(self):
        """X3: nobody writes under an archived file, changes what he wrote, or takes it away; the system goes on."""
        case = self._create_closed()
        message = case.with_user(self.a_officer).message_post(body="已电话告知")
        case.action_archive(file_received_date=TODAY)
        case.message_subscribe(self.a_officer.partner_id.ids)
        case = case.with_user(self.a_officer)
        message = message.with_user(self.a_officer)
        content = {"model": case._name, "res_id": case.id, "body": "x", "message_type": "comment"}
        for step in (
            lambda: case.message_post(body="x"),
            lambda: case.message_post(body="x", attachments=[("a.txt", b"x")]),
            lambda: case.message_post(body="x", message_type="notification"),
            lambda: self.env["mail.message"].with_user(self.a_officer).create(content),
            lambda: (
                self.env["mail.message"].with_user(self.a_officer).create({**content, "message_type": "notification"})
            ),
            lambda: message.write({"body": "y"}),
            lambda: message.unlink(),
            lambda: case._message_update_content(message, body="y"),
        ):
            self._assert_locked(step)
        count = len(case.message_ids)
        case.sudo()._message_log(body="x")
        self.assertEqual(len(case.message_ids), count + 1)

    def test_attachments(self):
        """X3: files that hang on the case or on its papers stay; none is added, also not by an upload that runs as superuser."""
        case = self._create_full_file()
        document = case.document_ids[:1]
        attachments = self.env["ir.attachment"]
        self.assertTrue(document.attachment_id)
        for record in (case, document):
            vals = {"name": "a", "raw": b"x", "res_model": record._name, "res_id": record.id}
            for creator in (
                attachments.with_user(self.a_officer),
                attachments.with_user(self.city_manager),
                attachments.sudo(),
            ):
                self._assert_locked(lambda creator=creator, vals=vals: creator.create(vals))
        loose = attachments.with_user(self.a_officer).create({"name": "a", "raw": b"x"})
        self._assert_locked(lambda: loose.write({"res_model": case._name, "res_id": case.id}))
        for attachment in (document.attachment_id.with_user(self.a_officer), document.attachment_id.sudo()):
            self._assert_locked(lambda attachment=attachment: attachment.write({"datas": base64.b64encode(b"y")}))
            self._assert_locked(lambda attachment=attachment: attachment.write({"name": "y"}))
            self._assert_locked(lambda attachment=attachment: attachment.unlink())

    def test_context_is_no_key(self):
        """X3: what a client may put into its context opens nothing."""
        case = (
            self._create_full_file().with_user(self.a_officer).with_context(legal_aid_workflow=True, install_mode=True)
        )
        self._assert_locked(lambda: case.write({"description": "x"}))
        self._assert_locked(lambda: case.message_post(body="x"))
        parties = self.env["legal.aid.case.party"].with_env(case.env)
        self._assert_locked(lambda: parties.create({"case_id": case.id, "role": "third", "name": "张三"}))

    def test_correction_is_the_door(self):
        """X3, C13: the leader's approval of a correction changes the fact; the file is closed again behind it."""
        case = self._create_full_file()
        correction = (
            self.env["legal.aid.case.correction"]
            .with_user(self.a_officer)
            .create({"case_id": case.id, "field_name": "applicant_name", "reason": "录入有误", "new_text": "王晓明"})
        )
        correction.action_submit()
        with self.assertRaises(UserError):
            correction.action_approve()
        correction.with_user(self.a_manager).action_approve()
        self.assertEqual(case.applicant_name, "王晓明")
        self._assert_locked(lambda: case.with_user(self.a_manager).write({"applicant_name": "王"}))

    def test_reopened(self):
        """X3: a file that is taken up again by decision is open."""
        case = self._create_full_file()
        case.with_user(self.a_manager).action_reopen(reason_code="correction", note="补充")
        case.with_user(self.a_officer).write({"description": "补充"})
        case.with_user(self.a_officer).message_post(body="x")

    def test_permanence(self):
        """X3: an officer may keep an archived file for ever; that it ends after all, a leader says."""
        case = self._create_full_file().with_user(self.a_officer)
        case.is_permanent = True
        with self.assertRaises(AccessError):
            case.is_permanent = False
        case.with_user(self.a_manager).is_permanent = False

    def test_no_leaf_is_forgotten(self):
        """X3: each model that names a case is a leaf of its file, or stands here with the reason why not."""
        naming = {
            model
            for model, records in self.env.items()
            if not records._abstract
            and not records._transient
            and records._auto
            and (field := records._fields.get("case_id"))
            and field.comodel_name == "legal.aid.case"
            and field.store
        }
        self.assertEqual(naming, LEAVES | BESIDE_THE_FILE.keys())
        leaf = self.registry["legal.aid.case.leaf.mixin"]
        self.assertEqual({model for model in naming if isinstance(self.env[model], leaf)}, LEAVES)
