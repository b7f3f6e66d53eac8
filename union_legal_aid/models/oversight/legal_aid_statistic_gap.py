from odoo import fields, models
from odoo.tools import SQL

from ..organization.personal_fields import OFFICER

MISSING = [
    ("matter", "Matter"),
    ("service_form", "Form of aid"),
    ("applicant_kind", "Kind of recipient"),
    ("sex", "Sex of a recipient"),
    ("outcome", "Outcome"),
    ("amount_recovered", "Amount recovered"),
    ("hours", "Work log"),
    ("caller_kind", "Kind of caller"),
]


class LegalAidStatisticGap(models.Model):
    """What is missing on record so that statistics count it in the wrong line or not at all: one row for each record and gap (V4)."""

    _name = "legal.aid.statistic.gap"
    _description = "Missing for Statistics"
    _inherit = ["legal.aid.counted.row.mixin"]
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "missing"
    _depends = {
        "union.organization": ["reporting_union_id"],
        "legal.aid.case": [
            "organization_id",
            "granted_date",
            "closed_date",
            "matter_id",
            "service_form",
            "applicant_kind",
            "outcome",
            "amount_claimed",
            "amount_recovered",
            "hours_total",
            "unknown_sex_count",
        ],
        "legal.aid.consultation": ["organization_id", "date", "caller_kind"],
    }

    missing = fields.Selection(selection=MISSING, readonly=True)
    date = fields.Date(readonly=True, help="The day on which the record is counted.")
    organization_id = fields.Many2one(comodel_name="union.organization", string="Union", readonly=True)
    reporting_union_id = fields.Many2one(comodel_name="union.organization", string="County or Zone", readonly=True)
    case_id = fields.Many2one(comodel_name="legal.aid.case", readonly=True)
    consultation_id = fields.Many2one(comodel_name="legal.aid.consultation", readonly=True)

    @property
    def _table_query(self):
        case_gaps = [
            ("matter", "granted_date", SQL("matter_id IS NULL")),
            ("service_form", "granted_date", SQL("service_form IS NULL")),
            ("applicant_kind", "granted_date", SQL("applicant_kind IS NULL")),
            ("sex", "granted_date", SQL("unknown_sex_count > 0")),
            ("outcome", "closed_date", SQL("outcome IS NULL")),
            (
                "amount_recovered",
                "closed_date",
                SQL(
                    "outcome IN ('won', 'partly_won', 'mediated', 'settled') AND COALESCE(amount_claimed, 0) > 0"
                    " AND COALESCE(amount_recovered, 0) = 0"
                ),
            ),
            ("hours", "closed_date", SQL("outcome <> 'terminated' AND COALESCE(hours_total, 0) = 0")),
        ]
        numbers = {name: number for number, (name, _label) in enumerate(MISSING)}
        # One pass over the cases, whatever is looked for.
        values = SQL(", ").join(
            SQL("(%s, %s::varchar, source.%s, %s)", numbers[name], name, SQL.identifier(day), condition)
            for name, day, condition in case_gaps
        )
        rows = SQL(
            """
            SELECT source.id::bigint * 16 + looked.number AS id, looked.missing, looked.date, source.organization_id,
                   source.id AS case_id, NULL::int AS consultation_id
              FROM legal_aid_case AS source
        CROSS JOIN LATERAL (VALUES %s) AS looked (number, missing, date, is_missing)
             WHERE source.granted_date IS NOT NULL AND looked.is_missing AND looked.date IS NOT NULL
         UNION ALL
            SELECT id::bigint * 16 + %s, 'caller_kind'::varchar, date, organization_id, NULL::int, id
              FROM legal_aid_consultation
             WHERE caller_kind IS NULL
            """,
            values,
            numbers["caller_kind"],
        )
        return SQL(
            "SELECT gap.*, place.reporting_union_id FROM (%s) AS gap"
            " JOIN union_organization AS place ON place.id = gap.organization_id",
            rows,
        )

    # Actions

    def action_open_record(self):
        """Open the case or consultation in which something is missing, or the workers whose sex is."""
        self.ensure_one()
        if self.missing == "sex" and self.env.user.has_group(OFFICER):
            return self._open_workers()
        record = self.case_id or self.consultation_id
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    # Business

    def _open_workers(self):
        """The list of the workers, in which it can be entered after the case has ended, too."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Workers of %(case)s", case=self.case_id.display_name),
            "res_model": "legal.aid.case.party",
            "views": [(self.env.ref("union_legal_aid.legal_aid_case_party_view_list_persons").id, "list")],
            "domain": [("case_id", "=", self.case_id.id), ("role", "=", "applicant"), ("kind", "=", "person")],
        }
