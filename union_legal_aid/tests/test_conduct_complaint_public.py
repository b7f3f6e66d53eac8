import secrets

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .conduct_common import ConductCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15")
class TestComplaintPublic(ConductCommon):
    """P3, T7: what a visitor enters on a public page, without an account; he gets a number and a code to follow it with."""

    def setUp(self):
        super().setUp()
        self.complaints = self.env["legal.aid.complaint"].with_user(self.env.ref("base.public_user"))

    def _enter(self, **vals):
        number, code = self.complaints._receive_public(
            {
                "volunteer_id": str(self.lawyer1.id),
                "complainant_kind": "worker",
                "complainant_name": "张小明",
                "complainant_phone": "13812345678",
                "category": "neglect",
                "text": "一个月未联系",
                **vals,
            },
            self.complaints._derive_code(secrets.token_hex()),
        )
        return number, code, self.env["legal.aid.complaint"].search([("name", "=", number)])

    def test_number_and_code(self):
        """P3: taken down for the city with its clocks, by the public; its office is told by number."""
        before = self.env["mail.message"].search([], order="id desc", limit=1).id
        number, code, complaint = self._enter()
        self.assertRecordValues(
            complaint,
            [
                {
                    "channel": "online",
                    "organization_id": self.city.id,
                    "volunteer_id": self.lawyer1.id,
                    "registered_by_id": self.env.ref("base.public_user").id,
                    "state": "received",
                }
            ],
        )
        self.assertEqual(complaint.with_user(self.city_officer).complainant_name, "张小明")
        self.assertEqual(str(complaint.next_deadline), "2026-06-22")
        self.assertRegex(code, r"^[2-9A-Z]{10}$")
        self.assertNotIn(code, str(complaint.sudo().read()))
        notices = self.env["mail.message"].search(
            [("id", ">", before), ("partner_ids", "in", self.city_officer.partner_id.ids)]
        )
        self.assertIn(number, str(notices.mapped("subject")))
        self.assertNotIn("张小明", str(notices.mapped("subject")) + str(notices.mapped("body")))

    def test_followed_with_the_code_only(self):
        """P3, F§11: days and outcome for whoever has number and code, nothing for a guess, and nothing of the facts ever."""
        number, code, complaint = self._enter()
        complaint.with_user(self.city_officer).action_acknowledge()
        status = self.complaints._get_public_status(number, code.lower())
        self.assertEqual((status["state"], str(status["acknowledged_date"])), ("received", "2026-06-15"))
        self.assertFalse({"text", "volunteer_id", "complainant_name"} & status.keys())
        taken_down = self._complain()
        for guess in (
            (number, "2222222222"),
            (number, ""),
            (taken_down.name, code),
            (taken_down.name, ""),
            ("", ""),
            (None, None),
        ):
            self.assertIsNone(self.complaints._get_public_status(*guess))
        other, other_code, _complaint = self._enter()
        self.assertIsNone(self.complaints._get_public_status(other, code))
        self.assertNotEqual(code, other_code)
        complaint.with_user(self.city_manager).action_verify()
        self.assertEqual(self.complaints._get_public_status(number, code)["state"], "verified")

    def test_anonymous(self):
        """P3: whoever chooses “anonymous” leaves no name, whatever the form still held."""
        _number, _code, complaint = self._enter(complainant_kind="anonymous")
        self.assertFalse(complaint.complainant_name or complaint.complainant_phone)

    def test_what_a_visitor_may_say(self):
        """O2: only the fields of the form; state, count, registrar and channel are not his."""
        _number, _code, complaint = self._enter(
            state="verified", counts=True, decided_by_id=self.city_manager.id, channel="phone", date="2020-01-01"
        )
        self.assertEqual((complaint.state, complaint.counts, str(complaint.date)), ("received", False, "2026-06-15"))
        for vals in (
            {"text": " "},
            {"text": "很" * 4001},
            {"complainant_kind": "union"},
            {"complainant_kind": ""},
            {"volunteer_id": "999999999"},
            {"volunteer_id": "x"},
            {"volunteer_id": ""},
            {"volunteer_id": str(self.lawyer2.id)},
        ):
            with self.assertRaises(UserError, msg=vals):
                self._enter(**vals)

    def test_lawyer_by_name(self):
        """P3: a name that one lawyer has finds him; of two of the same name neither is guessed."""
        self.lawyer1.partner_id.name = "王伟"
        _number, _code, complaint = self._enter(volunteer_id="", lawyer_name="王伟")
        self.assertEqual(complaint.volunteer_id, self.lawyer1)
        self._appoint(self.lawyer2)
        self.lawyer2.partner_id.name = "王伟"
        with self.assertRefused(UserError, "could not find that lawyer"):
            self._enter(volunteer_id="", lawyer_name="王伟")
        with self.assertRefused(UserError, "could not find that lawyer"):
            self._enter(volunteer_id="", case_number="甲援〔2026〕9999号")

    def test_no_door_for_the_public(self):
        """O2: the methods cannot be called from outside, and the public has no right to anything of a complaint."""
        for model in (
            "legal.aid.complaint",
            "legal.aid.complaint.extract",
            "legal.aid.complaint.step",
            "legal.aid.complaint.private",
        ):
            for operation in ("read", "write", "create", "unlink"):
                self.assertFalse(self.env[model].with_user(self.env.ref("base.public_user")).has_access(operation))
