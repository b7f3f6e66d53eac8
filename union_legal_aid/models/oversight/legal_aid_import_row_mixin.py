from odoo import api, models

from ...tools import ids, import_table
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
            "unions": {union.name: union for union in env["union.organization"].search([("id", "child_of", city.ids)])},
            "matters": {
                key: matter for matter in env["legal.aid.matter"].search([]) for key in (matter.name, matter.code)
            },
            "specialties": {specialty.name: specialty for specialty in env["legal.aid.specialty"].search([])},
            "firms": self._find_firms(rows),
            "lawyers": self._find_lawyers(rows, city),
            "choices": {},
            "city": city,
        }

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
            **{name: values[name] for name in ("date_start", "date_end", "annual_subsidy") if name in values},
        }

    def _prepare_case(self, values, look_up):
        self._check_order(values, look_up, "application_date", "granted_date", "closed_date", "archived_date")
        self._choose(values, "outcome", look_up)
        taken = ("application_date", "applicant_name", "applicant_id_number", "applicant_phone", "headcount")
        return {
            "organization_id": self.organization_id.id,
            "jurisdiction_override_reason": self.env._("Case of the past, handled by this union."),
            "matter_id": self._find_matter(values, look_up).id,
            "service_form": self._choose(values, "service_form", look_up),
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
        self._note_problem(
            look_up,
            self.env._(
                "“%(field)s” is none of: %(choices)s.", field=self._get_title(name), choices=self._get_labels(name)
            ),
        )
        return False

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

    def _note_problem(self, look_up, reason):
        """Note why the row that is being prepared cannot be taken."""
        look_up["problems"].append(self._as_sentence(reason))

    def _get_choices(self, name):
        field = self.env[RECORDS[self.kind]]._fields[name]
        choices = {}
        for lang in {"zh_CN", self.env.lang or "en_US", "en_US"}:
            for value, shown in field._description_selection(self.env(context={**self.env.context, "lang": lang})):
                choices.update({ids.normalise_name(value): value, ids.normalise_name(shown): value})
        return choices

    def _find_matter(self, values, look_up):
        found = look_up["matters"].get(values["matter"])
        if not found:
            title, labels = self._get_title("matter"), self._get_labels("matter_id")
            self._note_problem(look_up, self.env._("“%(field)s” is none of: %(choices)s.", field=title, choices=labels))
        return found or self.env["legal.aid.matter"]

    def _find_all(self, what, values, column, look_up):
        text = values.get(column) or ""
        for sign in "，,；;/\n":
            text = text.replace(sign, "、")
        names = [part.strip() for part in text.split("、") if part.strip()]
        if any(name not in look_up[what] for name in names):
            labels = {
                "unions": self.env._("“%(title)s”: there is no union of this name in the city."),
                "specialties": self.env._("“%(title)s”: there is no specialty of this name."),
            }
            self._note_problem(look_up, labels[what] % {"title": self._get_title(column)})
        model = {"unions": "union.organization", "specialties": "legal.aid.specialty"}[what]
        return self.env[model].union(*(look_up[what][name] for name in names if name in look_up[what]))

    def _find_lawyer(self, values, look_up):
        name, number = values["lawyer"], values.get("license_number")
        lawyers = look_up["lawyers"].get(number or name, self.env["legal.aid.volunteer"])
        if not lawyers:
            self._note_problem(
                look_up,
                self.env._(
                    "“%(title)s”: there is no such lawyer in the team. Bring in the lawyers first.",
                    title=self._get_title("license_number" if number else "lawyer"),
                ),
            )
        elif len(lawyers) > 1:
            self._note_problem(
                look_up,
                self.env._(
                    "“%(title)s”: several lawyers have this name. Give the licence number, or enter this row by hand.",
                    title=self._get_title("lawyer"),
                ),
            )
        return lawyers[:1]

    def _check_order(self, values, look_up, *names):
        days = [values[name] for name in names if values.get(name)]
        if days != sorted(days):
            self._note_problem(
                look_up, self.env._("The days of application, grant, closing and archive are not in this order.")
            )
