from odoo import fields, models
from odoo.exceptions import UserError

from ...tools import ids


class LegalAidImportRowMixin(models.AbstractModel):
    """How one row of a table becomes a record (X1): under the rights of whoever imports, through the checks of the record itself."""

    _name = "legal.aid.import.row.mixin"
    _description = "Rows of an Imported Table"

    refused = fields.Json(
        readonly=True, copy=False, help="Numbers and reasons of the rows that the steps so far did not take."
    )

    # Business

    def _remember_refused(self, rows):
        """Keep what was refused in a step, so that the table that comes back is whole however often the job was interrupted."""
        found = [
            [str(row.number), " ".join(problem.text(self.env._) for problem in row.problems)]
            for row in rows
            if row.problems
        ]
        self._workflow_write({"refused": [*(self.refused or []), *found]})

    def _prepare_look_up(self):
        """What names in a table stand for; read once for the whole table."""
        env = self.env
        city = self.organization_id._get_city()
        return {
            "unions": {union.name: union for union in env["union.organization"].search([("id", "child_of", city.ids)])},
            "matters": {
                key: matter for matter in env["legal.aid.matter"].search([]) for key in (matter.name, matter.code)
            },
            "specialties": {specialty.name: specialty for specialty in env["legal.aid.specialty"].search([])},
            "city": city,
        }

    def _take_row(self, row, look_up):
        getattr(self, f"_take_{self.kind}")(row.values, look_up)

    def _take_lawyer(self, values, look_up):
        # A firm and a person's card are made with the rights of the system: officers of the team need not manage contacts.
        partners_sudo = self.env["res.partner"].sudo()
        firm_sudo = partners_sudo
        if values.get("law_firm"):
            firm_sudo = partners_sudo.search([("name", "=", values["law_firm"]), ("is_company", "=", True)], limit=1)
            firm_sudo = firm_sudo or partners_sudo.create({"name": values["law_firm"], "is_company": True})
        copied = (
            "license_number",
            "license_valid_until",
            "mobile",
            "resident_id_number",
            "bank_name",
            "bank_account_number",
        )
        self.env["legal.aid.volunteer"].create(
            {
                "partner_id": partners_sudo.create({"name": values["name"]}).id,
                "organization_id": look_up["city"].id,
                "kind": self._choose("legal.aid.volunteer", "kind", values.get("kind")) or "lawyer",
                "law_firm_id": firm_sudo.id,
                "contact_point_ids": [(6, 0, self._find_all("unions", values.get("contact_points"), look_up).ids)],
                "specialty_ids": [(6, 0, self._find_all("specialties", values.get("specialties"), look_up).ids)],
                **{
                    name: values[name]
                    for name in (*copied, "bank_account_holder", "application_date", "consent_date")
                    if name in values
                },
            }
        )

    def _take_contract(self, values, look_up):
        lawyer = self._find_lawyer(values["lawyer"], look_up, values.get("license_number"))
        contract = self.env["legal.aid.contract"].create(
            {
                "volunteer_id": lawyer.id,
                "organization_id": look_up["city"].id,
                **{name: values[name] for name in ("date_start", "date_end") if name in values},
            }
        )
        if "annual_subsidy" in values:
            contract.annual_subsidy = values["annual_subsidy"]
        contract._record_history(values.get("number"))

    def _take_case(self, values, look_up):
        self._check_order(values, "application_date", "granted_date", "closed_date", "archived_date")
        note = self.env._("Number before: %(number)s", number=values["old_number"]) if "old_number" in values else False
        case = self.env["legal.aid.case"].create(
            {
                "organization_id": self.organization_id.id,
                "jurisdiction_override_reason": self.env._("Case of the past, handled by this union."),
                "matter_id": self._find("matters", values["matter"], look_up).id,
                "service_form": self._choose("legal.aid.case", "service_form", values["service_form"]),
                "applicant_kind": self._choose("legal.aid.case", "applicant_kind", values["applicant_kind"]),
                "employer_place_id": self._find_all("unions", values.get("employer_place"), look_up)[:1].id,
                "volunteer_id": self._find_lawyer(values["lawyer"], look_up).id if "lawyer" in values else False,
                **{
                    name: values[name]
                    for name in (
                        "application_date",
                        "applicant_name",
                        "applicant_id_number",
                        "applicant_phone",
                        "headcount",
                        "employer_name",
                        "amount_claimed",
                    )
                    if name in values
                },
            }
        )
        case._record_history(
            {
                "granted_date": values["granted_date"],
                "closed_date": values["closed_date"],
                "archived_date": values.get("archived_date"),
                "outcome": self._choose("legal.aid.case", "outcome", values["outcome"]),
                "amount_recovered": values.get("amount_recovered", 0),
            }
        )
        if note:
            case._message_log(body=note)

    def _take_consultation(self, values, look_up):
        lawyer = self._find_lawyer(values["lawyer"], look_up) if "lawyer" in values else self.env["legal.aid.volunteer"]
        self.env["legal.aid.consultation"].create(
            {
                "organization_id": self.organization_id.id,
                "matter_id": self._find("matters", values["matter"], look_up).id,
                "channel": self._choose("legal.aid.consultation", "channel", values.get("channel")) or "other",
                "caller_kind": self._choose("legal.aid.consultation", "caller_kind", values.get("caller_kind")),
                "volunteer_id": lawyer.id,
                **{
                    name: values[name]
                    for name in ("date", "caller_name", "caller_phone", "employer_name", "question", "answer")
                    if name in values
                },
            }
        )

    def _choose(self, model, name, label):
        """The value of a choice by its label, in Chinese or as the user reads it, or by its code."""
        if not label:
            return False
        field = self.env[model]._fields[name]
        for lang in {"zh_CN", self.env.lang or "en_US", "en_US"}:
            for value, shown in field._description_selection(self.env(context={**self.env.context, "lang": lang})):
                if label in (value, shown):
                    return value
        shown = "、".join(str(text) for _value, text in field._description_selection(self.env))
        raise UserError(
            self.env._("“%(field)s” is none of: %(choices)s.", field=field._description_string(self.env), choices=shown)
        )

    def _find(self, what, name, look_up):
        found = look_up[what].get(name)
        if not found:
            labels = {
                "unions": self.env._("There is no union of this name in the city."),
                "matters": self.env._("There is no matter of this name. Look it up under Matters."),
                "specialties": self.env._("There is no specialty of this name."),
            }
            raise UserError(labels[what])
        return found

    def _find_all(self, what, names, look_up):
        model = {"unions": "union.organization", "specialties": "legal.aid.specialty"}[what]
        parts = (names or "").replace("，", "、").replace(",", "、").replace("；", "、").split("、")
        return self.env[model].union(*(self._find(what, part.strip(), look_up) for part in parts if part.strip()))

    def _find_lawyer(self, name, look_up, license_number=None):
        domain = [("organization_id", "=", look_up["city"].id)]
        if license_number:
            domain.append(("license_number", "=", ids.normalise_id(license_number)))
        else:
            domain.append(("name", "=", name))
        lawyers = self.env["legal.aid.volunteer"].search(domain)
        if len(lawyers) != 1:
            raise UserError(
                self.env._("There is no lawyer of this name in the team. Bring in the lawyers first.")
                if not lawyers
                else self.env._("Several lawyers have this name. Give the licence number, or enter this row by hand.")
            )
        return lawyers

    def _check_order(self, values, *names):
        days = [values[name] for name in names if values.get(name)]
        if days != sorted(days):
            raise UserError(self.env._("The days of application, grant, closing and archive are not in this order."))
