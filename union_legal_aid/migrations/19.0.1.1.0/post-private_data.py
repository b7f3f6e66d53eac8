"""Who the worker, the caller or the complainant is moves to the twin that keeps private data, and leaves the record that more people
read.

Odoo keeps the column of a field that is no longer stored; here that would be the very data the twin was made to protect.
"""

from psycopg2.extensions import AsIs

# {table: (the twin's link to it, what the twin's record rules look at, what moves)}
MOVED = {
    "legal_aid_case": (
        "case_id",
        ("organization_id",),
        (
            "applicant_name",
            "applicant_id_number",
            "applicant_phone",
            "applicant_address",
            "description",
            "hardship_note",
            "decision_note",
            "closing_summary",
        ),
    ),
    "legal_aid_consultation": ("consultation_id", ("organization_id",), ("caller_name", "caller_phone")),
    "legal_aid_complaint": ("complaint_id", ("organization_id", "city_id"), ("findings",)),
}


def migrate(cr, version):
    for table, (parent, scope, columns) in MOVED.items():
        old = [column for column in columns if _has_column(cr, table, column)]
        if not old:
            continue
        terms = {
            "twin": AsIs(f"{table}_private"),
            "table": AsIs(table),
            "parent": AsIs(parent),
            "scope": AsIs(", ".join(scope)),
            "old": AsIs(", ".join(f"record.{column}" for column in old)),
            "kept": AsIs(", ".join(f"{column} = COALESCE(twin.{column}, record.{column})" for column in old)),
        }
        cr.execute(
            """
            INSERT INTO %(twin)s (%(parent)s, %(scope)s, create_uid, create_date, write_uid, write_date)
            SELECT id, %(scope)s, create_uid, create_date, write_uid, write_date
              FROM %(table)s AS record
             WHERE COALESCE(%(old)s) IS NOT NULL
               AND NOT EXISTS (SELECT FROM %(twin)s AS twin WHERE twin.%(parent)s = record.id)
            """,
            terms,
        )
        cr.execute(
            "UPDATE %(twin)s AS twin SET %(kept)s FROM %(table)s AS record WHERE twin.%(parent)s = record.id", terms
        )
        for column in old:
            cr.execute("ALTER TABLE %s DROP COLUMN %s", (AsIs(table), AsIs(column)))


def _has_column(cr, table, column):
    cr.execute(
        "SELECT FROM information_schema.columns WHERE table_schema = current_schema AND table_name = %s AND column_name = %s",
        (table, column),
    )
    return bool(cr.rowcount)
