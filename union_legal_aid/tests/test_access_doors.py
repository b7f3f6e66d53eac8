from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .access_common import LegalAidAccessCommon, Person

# How deep a dotted path may reach from what one may open.
DEPTH = 3
# How many closed records of a model each person tries at each door; the matrix tries them all at the first.
ENOUGH = 2


class LegalAidDoorsCommon(LegalAidAccessCommon):
    """For each person and model: what he may open, and what stays closed to him."""

    def _get_specimens(self, model, person, readable):
        records = self.env[model].browse([specimen.record.id for specimen in self.specimens.get(model, ())])
        open_records = records.with_user(person.user)._filtered_access("read").with_env(self.env)
        return open_records if readable else records - open_records

    def _each_closed(self):
        """``(person, model, records of it that are closed to him)``; dialogs have the matrix only, since nothing leads to them."""
        for model in self.specimens:
            if self.env[model]._transient:
                continue
            for person in self.people:
                closed = self._get_specimens(model, person, readable=False)[:ENOUGH]
                if closed:
                    yield person, model, closed.with_user(person.user)

    def _find_unoffered(self, person, model, closed):
        """One of the closed records that the model does not offer: a sealed file is asked for from the register that one reads (X3)."""
        if model == "legal.aid.file.reading":
            register = self.env["legal.aid.archive.register"].with_user(person.user)
            closed -= closed.browse(register.search([]).ids)
        return closed[:1].id

    def _get_readable_fields(self, records):
        return [
            name
            for name, description in records.fields_get(attributes=["type"]).items()
            if description["type"] != "binary"
        ]

    def _read(self, records, name):
        """The values of one field as text; a field that is closed by itself tells nothing."""
        try:
            return str(records.read([name]))
        except AccessError:
            return ""

    def _find_shown(self, text, person, kinds=None):
        """The secrets that stand in ``text`` though ``person`` may not know them."""
        return [
            f"{secret.kind} {secret.text}"
            for secret in self.secrets
            if secret.text in text and not secret.allowed(person) and (not kinds or secret.kind in kinds)
        ]


@tagged("post_install", "-at_install")
class TestDoors(LegalAidDoorsCommon):
    """O2: no door inside the ORM shows what the record rules close: each door, each role, each model."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Whoever may export at all gets no more by it.
        cls.env.ref("base.group_user").implied_ids += cls.env.ref("base.group_allow_export")

    def test_read_by_guessed_id(self):
        """Whoever guesses a number gets an error: read, web_read, names, export, metadata."""
        for person, model, closed in self._each_closed():
            for record in closed:
                where = f"{person.user.login} {model}"
                with self.assertRaises(AccessError, msg=where):
                    record.read(["id"])
                with self.assertRaises(AccessError, msg=where):
                    record.web_read({"display_name": {}})
                with self.assertRaises(UserError, msg=where):  # also for want of the right to export at all
                    record.export_data(["display_name"])
                with self.assertRaises(AccessError, msg=where):
                    record.copy()

    def test_counts_and_groups(self):
        """Count and group-by count no more than the list shows."""
        for person, model, closed in self._each_closed():
            if not closed.has_access("read") and not self.env[model].with_user(person.user).has_access("read"):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(person.user).search_count([])
                with self.assertRaises(AccessError):
                    self.env[model].with_user(person.user).formatted_read_group([], [], ["__count"])
                continue
            records = self.env[model].with_user(person.user)
            domain = [("id", "in", closed.ids)]
            self.assertFalse(records.search(domain), f"{person.user.login} {model}")
            self.assertEqual(records.search_count(domain), 0)
            self.assertFalse(records.search_fetch(domain, ["display_name"]))
            self.assertEqual(records.web_search_read(domain, {"display_name": {}})["length"], 0)
            self.assertEqual(records._read_group(domain, [], ["__count"])[0][0], 0)
            self.assertEqual(records.formatted_read_group(domain, [], ["__count"])[0]["__count"], 0)
            for field in ("organization_id", "state", "volunteer_id"):
                if field in records.fields_get([field], ["type"]) and records._fields[field].store:
                    self.assertFalse(records.formatted_read_group(domain, [field], ["__count"]))

    def test_name_search(self):
        """Typing a name in a box offers nobody who may not be opened."""
        for person, model, closed in self._each_closed():
            records = self.env[model].with_user(person.user)
            if not records.has_access("read"):
                with self.assertRaises(AccessError):
                    records.name_search("")
                continue
            for record_sudo in closed.sudo():
                found = records.name_search(record_sudo.display_name, limit=None)
                self.assertNotIn(
                    record_sudo.id, [record_id for record_id, _name in found], f"{person.user.login} {model}"
                )

    def test_nothing_shows_secrets(self):
        """Everything a person can read on what he may open, names of linked records included, holds no secret of others."""
        shown = []
        for model in self.specimens:
            for person in self.people:
                records = self._get_specimens(model, person, readable=True).with_user(person.user)
                if not records or records._transient:
                    continue
                text = str(records.mapped("display_name"))
                for name in self._get_readable_fields(records):
                    text += self._read(records, name)
                shown += [f"{person.user.login} reads in {model}: {found}" for found in self._find_shown(text, person)]
        self.assertFalse(shown, f"{len(shown)}:\n" + "\n".join(shown[:60]))

    def test_dotted_search(self):
        """A search by a dotted path tells nothing of what lies behind it: no digits can be tried out by counting."""
        told = []
        probes = [(secret.kind, secret.text) for secret in self.secrets]
        for model in self.specimens:
            for role in dict.fromkeys(person.role for person in self.people):
                people = [person for person in self.people if person.role == role]
                records = self.env[model].with_user(people[0].user)
                if records._transient or not records.has_access("read"):
                    continue
                for path in self._find_paths(records, {kind for kind, _text in probes}):
                    told += self._probe(model, path, people)
        self.assertFalse(told, f"{len(told)}:\n" + "\n".join(told[:60]))

    def _find_paths(self, records, kinds, depth=DEPTH, visited=()):
        """Dotted paths from a model to fields that hold secrets, through whatever fields this user may name."""
        paths = []
        for name, description in records.fields_get(attributes=["type", "relation", "searchable"]).items():
            if not description["searchable"]:
                continue
            if name in kinds:
                paths.append(name)
            comodel = description.get("relation")
            if depth > 1 and comodel in self.specimens and comodel not in visited and comodel != records._name:
                deeper = self._find_paths(records.env[comodel], kinds, depth - 1, (*visited, records._name))
                paths += [f"{name}.{path}" for path in deeper]
        return paths

    def _probe(self, model, path, people):
        for person in people:
            kind = path.rsplit(".", 1)[-1]
            hidden = [secret.text for secret in self.secrets if secret.kind == kind and not secret.allowed(person)]
            records = self.env[model].with_user(person.user)
            try:
                count = records.search_count([(path, "in", hidden)], limit=1)
            except AccessError:
                continue  # the path is closed as such
            if count:
                yield f"{person.user.login} counts {model} by {path}"

    def test_new_records_that_name_closed_ones(self):
        """A form that is filled in with a guessed number shows nothing of that record, by whatever field, saved or not."""
        tried = set()
        for person, comodel, closed in self._each_closed():
            for model in self.specimens:
                links = getattr(self.env.registry[model], "_checked_links", ())
                records = self.env[model].with_user(person.user)
                for link in links:
                    if self.env[model]._fields[link].comodel_name != comodel or not records.has_access("create"):
                        continue
                    number = self._find_unoffered(person, model, closed)
                    if not number:
                        continue
                    where = f"{person.user.login} {model}.{link}"
                    spec = {name: {} for name in self._get_readable_fields(records)}
                    with self.assertRaises(AccessError, msg=where):
                        records.onchange({link: number}, [link], spec)
                    with self.assertRaises(AccessError, msg=where):
                        records.onchange({link: number}, [], spec)
                    with self.assertRaises(AccessError, msg=where):
                        records.with_context(**{f"default_{link}": number}).onchange({}, [], spec)
                    with self.assertRaises(AccessError, msg=where):
                        records.create({link: number})
                    tried.add((model, link))
        self.assertLessEqual(
            {
                ("legal.aid.case.assign", "case_id"),
                ("legal.aid.case.document", "case_id"),
                ("legal.aid.expense", "case_id"),
                ("legal.aid.house.consent", "case_id"),
                ("legal.aid.payout.post", "payout_id"),
            },
            tried,
        )

    def test_new_records_show_nothing_of_closed_ones(self):
        """Whatever model a form belongs to: what it shows by itself of a case that is named by a guessed number is nothing."""
        shown = []
        for person, comodel, closed in self._each_closed():
            if comodel not in ("legal.aid.case", "legal.aid.payout", "legal.aid.expense"):
                continue
            for model in self.specimens:
                records = self.env[model].with_user(person.user)
                if not records.has_access("create"):
                    continue
                names = self._get_readable_fields(records)
                for link in names:
                    field = records._fields[link]
                    if field.type != "many2one" or field.comodel_name != comodel:
                        continue
                    number = self._find_unoffered(person, model, closed)
                    if not number:
                        continue
                    spec = {name: {} for name in names if name not in (link, "display_name", "currency_id")}
                    try:
                        before = records.onchange({}, [], spec).get("value", {})
                        after = records.onchange({link: number}, [link], spec).get("value", {})
                    except AccessError:
                        continue
                    shown += [
                        f"{person.user.login} {model}.{link}: {name}"
                        for name, value in after.items()
                        if value and value != before.get(name)
                    ]
        self.assertFalse(shown, f"{len(shown)}:\n" + "\n".join(shown[:60]))

    def test_partners_and_accounts(self):
        """Workers are no partners, payees' accounts no partner banks: both are open to every user of the ERP."""
        partners = self.env["res.partner"].with_user(self.a_officer).search([])
        banks = self.env["res.partner.bank"].with_user(self.a_officer).search([])
        fields = ["name", "phone", "email", "street", "comment", "ref", "vat"]
        text = str(partners.read(fields)) + str(banks.read(["acc_number", "acc_holder_name"]))
        stranger = Person(self.env["res.users"], "", ())
        self.assertFalse(self._find_shown(text, stranger))

    def test_followers_get_no_more(self):
        """Somebody who was made a follower reads neither the case nor its messages, and his mail names nobody."""
        person = self._get_person("officer", "county_b")
        case_sudo = self.case_a.sudo()
        case_sudo.message_subscribe(partner_ids=person.user.partner_id.ids)
        case_sudo.message_post(body="进展", message_type="comment", subtype_xmlid="mail.mt_comment")
        case = self.case_a.with_user(person.user)
        with self.assertRaises(AccessError):
            case.read(["name"])
        messages = self.env["mail.message"].with_user(person.user)
        found = messages.search([("model", "=", case._name), ("res_id", "=", case.id)])
        self.assertFalse(self._find_shown(str(found.sudo().mapped("body")) + str(found.mapped("record_name")), person))
        with self.assertRaises(AccessError):
            case.message_ids.read(["body"])

    def test_messages_hold_no_secrets(self):
        """Chatter, tracking and mail of the whole fixture name nobody: they go where the record's rules do not reach."""
        messages = self.env["mail.message"].sudo().search([("model", "in", list(self.specimens))])
        self.assertTrue(messages)
        text = str(messages.read(["body", "subject", "record_name", "preview"]))
        trackings = self.env["mail.tracking.value"].sudo().search([("mail_message_id", "in", messages.ids)])
        text += str(trackings.read())
        activities = self.env["mail.activity"].sudo().search([("res_model", "in", list(self.specimens))])
        text += str(activities.read(["summary", "note", "res_name"]))
        text += str(self.env["mail.mail"].sudo().search([]).read(["subject", "body"]))
        stranger = Person(self.env["res.users"], "", ())
        self.assertFalse(self._find_shown(text, stranger))
