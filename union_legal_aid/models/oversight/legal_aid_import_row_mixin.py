import re
from collections import defaultdict

from odoo import api, models

from ...tools import closing, ids, import_columns, import_table, union_names
from ...tools.i18n import Sentence

RECORDS = {
    "lawyer": "legal.aid.volunteer",
    "contract": "legal.aid.contract",
    "case": "legal.aid.case",
    "consultation": "legal.aid.consultation",
}


class LegalAidImportRowMixin(models.AbstractModel):
    """How rows of a table become records (X1): under the rights of whoever imports, through the checks of the records themselves.

    A step reads what its rows name at once, prepares them one by one, and creates them together, so that the statements do not grow with
    the rows beyond what the records themselves need.
    """

    _name = "legal.aid.import.row.mixin"
    _description = "Rows of an Imported Table"

    # Business

    def _create_records(self, rows):
        """Create what ``rows`` say; a row that names what is not there gets a problem and is left out.

        :return: ``[(row, record)]``
        """
        look_up = self._prepare_look_up(rows)
        prepare = getattr(self, f"_prepare_{self.kind}")
        ready = []
        for row in rows:
            # All that is wrong with a row is told at once, not one thing after each check.
            look_up["problems"] = row.problems
            vals = prepare(row.values, look_up)
            if not row.problems:
                ready.append((row, vals))
        if not ready:
            return []
        if self.kind == "lawyer":
            self._create_cards(ready)
        # Whose past is brought in needs no history of how it came about; one line in the log says where from.
        model = self.env[RECORDS[self.kind]].with_context(tracking_disable=True)
        records = model.create([vals for _row, vals in ready])
        self._put_into_the_past(records, [row.values for row, _vals in ready])
        records._message_log_batch(
            {
                record.id: self.env._("Brought in from the table “%(table)s”.", table=self.file_name or "")
                for record in records
            }
        )
        return [(row, record) for (row, _vals), record in zip(ready, records, strict=True)]

    def _note_problem(self, look_up, reason):
        """Note why the row that is being prepared cannot be taken."""
        look_up["problems"].append(self._as_sentence(reason))

    def _as_sentence(self, text):
        return Sentence(str(text).replace("%", "%%").replace("\n", " "))

    def _put_into_the_past(self, records, values_list):
        """Contracts and cases were decided on paper; they go to where they stood."""
        if self.kind == "contract":
            records._record_history([values.get("number") for values in values_list])
        elif self.kind == "case":
            records._record_history([self._prepare_history(values) for values in values_list])

    def _prepare_look_up(self, rows):
        """What names in the rows stand for."""
        env = self.env
        city = self.organization_id._get_city()
        return {
            "unions": self._find_unions(city),
            "matters": self._find_matters(),
            "specialties": self._find_specialties(),
            "firms": self._find_firms(rows),
            "lawyers": self._find_lawyers(rows, city),
            "choices": {},
            "city": city,
            # Its default would be looked up for each row.
            "currency": env.ref("base.CNY"),
        }

    def _find_unions(self, city):
        """``{name: unions}``: the whole names, also those of the address cards; then the short ones that no union has as its whole name."""
        whole, short = (defaultdict(self.env["union.organization"].browse) for _number in range(2))
        # A name on an address card is no secret to whoever may see the union.
        for union in self.env["union.organization"].search([("id", "child_of", city.ids)]):
            for name in filter(None, {union.name, union.code, union.sudo().partner_id.name}):
                whole[union_names.full_name(name)] |= union
                for word in union_names.short_names(name, city.name):
                    short[word] |= union
        for word in union_names.CITY:
            short[word] |= city
        return {**short, **whole}

    def _find_matters(self):
        """``{name: matter}``, by their names in Chinese and as the user reads them, their codes, and the words of the offices."""
        matters = self.env["legal.aid.matter"].search([])
        by_code = {matter.code: matter for matter in matters}
        words = {
            word: by_code[code]
            for code, all_of in import_columns.MATTER_WORDS.items()
            if code in by_code
            for word in all_of
        }
        return {
            ids.normalise_name(name): matter
            for name, matter in [*words.items(), *by_code.items(), *self._each_name(matters)]
        }

    def _find_specialties(self):
        return {
            ids.normalise_name(name): specialty
            for name, specialty in self._each_name(self.env["legal.aid.specialty"].search([]))
        }

    def _each_name(self, records):
        """``(name, record)`` in Chinese and as the user reads it."""
        for lang in {"zh_CN", self.env.lang or "en_US"}:
            for record in records.with_context(lang=lang):
                yield record.name, record.with_context(lang=self.env.lang)

    def _find_firms(self, rows):
        """The cards of the firms, new ones included."""
        names = {row.values["law_firm"] for row in rows if "law_firm" in row.values}
        if not names:
            return {}
        # A firm's and a person's card are made with the rights of the system: officers of the team need not manage contacts.
        partners_sudo = self.env["res.partner"].sudo()
        found = partners_sudo.search([("name", "in", list(names)), ("is_company", "=", True)], order="id desc")
        firms = {partner.name: partner for partner in found}
        missing = sorted(names - firms.keys())
        created = partners_sudo.create([{"name": name, "is_company": True} for name in missing])
        return {**firms, **dict(zip(missing, created, strict=True))}

    def _create_cards(self, ready):
        """The lawyers' own address cards; see ``_find_firms`` for the rights."""
        names = [{"name": row.values["name"]} for row, _vals in ready]
        for (_row, vals), partner_sudo in zip(ready, self.env["res.partner"].sudo().create(names), strict=True):
            vals["partner_id"] = partner_sudo.id

    def _find_lawyers(self, rows, city):
        """The lawyers of the team by licence number and by name, as far as the rows name any."""
        named = [row.values for row in rows if "lawyer" in row.values]
        lawyers = self.env["legal.aid.volunteer"]
        if not named:
            return {}
        numbers = [values["license_number"] for values in named if "license_number" in values]
        names = [values["lawyer"] for values in named]
        found = lawyers.search(
            [("organization_id", "=", city.id), "|", ("license_number", "in", numbers), ("name", "in", names)]
        )
        return {**found.grouped("license_number"), **found.grouped("name")}

    def _prepare_lawyer(self, values, look_up):
        taken = ("resident_id_number", "mobile", "bank_name", "bank_account_number", "bank_account_holder")
        dated = ("license_number", "license_valid_until", "application_date", "consent_date")
        return {
            "organization_id": look_up["city"].id,
            "kind": self._choose(values, "kind", look_up) or "lawyer",
            "law_firm_id": look_up["firms"][values["law_firm"]].id if "law_firm" in values else False,
            "contact_point_ids": [(6, 0, self._find_all("unions", values, "contact_points", look_up).ids)],
            "specialty_ids": [(6, 0, self._find_all("specialties", values, "specialties", look_up).ids)],
            **{name: values[name] for name in (*taken, *dated) if name in values},
        }

    def _prepare_contract(self, values, look_up):
        return {
            "volunteer_id": self._find_lawyer(values, look_up).id,
            "organization_id": look_up["city"].id,
            "currency_id": look_up["currency"].id,
            **{name: values[name] for name in ("date_start", "date_end", "annual_subsidy") if name in values},
        }

    def _prepare_case(self, values, look_up):
        self._check_order(values, look_up, "application_date", "granted_date", "closed_date", "archived_date")
        service_form = self._choose(values, "service_form", look_up)
        self._check_outcome(values, service_form, look_up)
        taken = ("application_date", "applicant_name", "applicant_id_number", "applicant_phone", "headcount")
        return {
            "organization_id": self.organization_id.id,
            "currency_id": look_up["currency"].id,
            "jurisdiction_override_reason": self.env._("Case of the past, handled by this union."),
            "matter_id": self._find_matter(values, look_up).id,
            "service_form": service_form,
            "applicant_kind": self._choose(values, "applicant_kind", look_up),
            "employer_place_id": self._find_all("unions", values, "employer_place", look_up)[:1].id,
            "volunteer_id": self._find_lawyer(values, look_up).id if "lawyer" in values else False,
            **{name: values[name] for name in (*taken, "employer_name", "amount_claimed") if name in values},
        }

    def _prepare_history(self, values):
        return {
            "granted_date": values["granted_date"],
            "closed_date": values["closed_date"],
            "archived_date": values.get("archived_date"),
            "outcome": self._choose(values, "outcome", {"choices": {}}),
            "amount_recovered": values.get("amount_recovered", 0),
            "former_number": values.get("old_number"),
        }

    def _prepare_consultation(self, values, look_up):
        taken = ("date", "caller_name", "caller_phone", "employer_name", "question", "answer")
        return {
            "organization_id": self.organization_id.id,
            "matter_id": self._find_matter(values, look_up).id,
            "channel": self._choose(values, "channel", look_up) or "other",
            "caller_kind": self._choose(values, "caller_kind", look_up),
            "volunteer_id": self._find_lawyer(values, look_up).id if "lawyer" in values else False,
            **{name: values[name] for name in taken if name in values},
        }

    def _get_title(self, name):
        return next(column.title for column in import_table.TABLES[self.kind][1] if column.name == name)

    def _choose(self, values, name, look_up):
        """The value of a choice by its label, in Chinese or as the user reads it, or by its code."""
        label = values.get(name)
        if not label:
            return False
        known = look_up["choices"]
        if name not in known:
            known[name] = self._get_choices(name)
        if ids.normalise_name(label) in known[name]:
            return known[name][ids.normalise_name(label)]
        self._note_none_of(look_up, name)
        return False

    def _note_none_of(self, look_up, name, field_name=None):
        title, labels = self._get_title(name), self._get_labels(field_name or name)
        self._note_problem(look_up, self.env._("“%(field)s” is none of: %(choices)s.", field=title, choices=labels))

    @api.model
    def _get_template_choices(self, kind):
        """What can be chosen in the columns of an empty table: ``{column name: labels}``."""
        table = self.new({"kind": kind})
        named = {"matter": "matter_id", "specialties": "specialty_ids"}
        return {
            column.name: table._get_labels(named.get(column.name, column.name))
            for column in import_table.TABLES[kind][1]
            if column.kind == "choice" or column.name in named
        }

    def _get_labels(self, name):
        """What can be chosen in a column, as the user reads it."""
        field = self.env[RECORDS[self.kind]]._fields[name]
        if field.relational:
            return "；".join(self.env[field.comodel_name].search([]).mapped("name"))
        return "；".join(str(text) for _value, text in field._description_selection(self.env))

    def _get_choices(self, name):
        field = self.env[RECORDS[self.kind]]._fields[name]
        choices = {}
        for lang in {"zh_CN", self.env.lang or "en_US", "en_US"}:
            for value, shown in field._description_selection(self.env(context={**self.env.context, "lang": lang})):
                choices.update({ids.normalise_name(value): value, ids.normalise_name(shown): value})
        return choices

    def _find_matter(self, values, look_up):
        found = look_up["matters"].get(ids.normalise_name(values["matter"]))
        if not found:
            self._note_none_of(look_up, "matter", "matter_id")
        return found or self.env["legal.aid.matter"]

    def _find(self, what, name, column, look_up):
        """The one union or specialty of this name; none, and a note, where there is not one."""
        model = {"unions": "union.organization", "specialties": "legal.aid.specialty"}[what]
        found = look_up[what].get(ids.normalise_name(name))
        if not found and what == "unions":
            found = self._find_union(name, look_up)
        if len(found or ()) == 1:
            return found
        labels = {
            "unions": self.env._("“%(title)s”: there is no union of this name in the city."),
            "specialties": self.env._("“%(title)s”: there is no specialty of this name."),
        }
        several = self.env._("“%(title)s”: several unions are called so. Give the whole name of the one that is meant.")
        self._note_problem(look_up, (several if found else labels[what]) % {"title": self._get_title(column)})
        return self.env[model]

    def _find_all(self, what, values, column, look_up):
        model = {"unions": "union.organization", "specialties": "legal.aid.specialty"}[what]
        parts = [part.strip() for part in re.split("[、，,；;/]", values.get(column) or "") if part.strip()]
        names = [name for part in parts for name in self._split_lines(what, part, look_up)]
        return self.env[model].union(*(self._find(what, name, column, look_up) for name in names))

    def _split_lines(self, what, text, look_up):
        """Names that stood below each other in a cell come with a space between them, and so does 新 华 区."""
        parts = text.split()
        one = {ids.normalise_name(text)} | (
            union_names.short_names(text, look_up["city"].name) if what == "unions" else set()
        )
        return [text] if len(parts) == 1 or one & look_up[what].keys() else parts

    def _find_union(self, name, look_up):
        """A union by a name that is written shorter or longer than its own."""
        words = union_names.short_names(name, look_up["city"].name) & look_up["unions"].keys()
        return self.env["union.organization"].union(*(look_up["unions"][word] for word in words))

    def _find_lawyer(self, values, look_up):
        none = self.env["legal.aid.volunteer"]
        name, number = values["lawyer"], values.get("license_number")
        lawyers = look_up["lawyers"].get(number or name, none)
        titles = {"title": self._get_title("lawyer")}
        if number and lawyers and name not in lawyers.mapped("name"):
            titles["number"] = self._get_title("license_number")
            two = self.env._("“%(title)s” and “%(number)s” are of two lawyers. Compare both with the licence.")
            self._note_problem(look_up, two % titles)
            return none
        if number and not lawyers:
            # Whose number is not on record yet is known by name.
            lawyers = look_up["lawyers"].get(name, none).filtered(lambda lawyer: not lawyer.license_number)
        if len(lawyers) == 1:
            return lawyers
        if not lawyers:
            titles["title"] = self._get_title("license_number" if number else "lawyer")
        no_one = self.env._("“%(title)s”: there is no such lawyer in the team. Bring in the lawyers first.")
        several = self.env._(
            "“%(title)s”: several lawyers have this name. Give the licence number, or enter this row by hand."
        )
        self._note_problem(look_up, (several if lawyers else no_one) % titles)
        return none

    def _check_outcome(self, values, form, look_up):
        """As at the closing of a case here: advice is not won, a lawsuit is not delivered."""
        outcome = self._choose(values, "outcome", look_up)
        fitting = (*closing.outcomes_of(form), "terminated")
        # What is no outcome or no form at all has been noted.
        if outcome and form and outcome not in fitting:
            labels = dict(self.env["legal.aid.case"]._fields["outcome"]._description_selection(self.env))
            self._note_problem(
                look_up,
                self.env._(
                    "“%(outcome)s” does not go with “%(form)s”. Choose one of: %(choices)s.",
                    outcome=self._get_title("outcome"),
                    form=self._get_title("service_form"),
                    choices="、".join(labels[value] for value in fitting),
                ),
            )

    def _check_order(self, values, look_up, *names):
        days = [values[name] for name in names if values.get(name)]
        if days != sorted(days):
            self._note_problem(
                look_up, self.env._("The days of application, grant, closing and archive are not in this order.")
            )
