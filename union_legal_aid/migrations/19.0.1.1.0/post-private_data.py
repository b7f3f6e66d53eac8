"""Who the worker or the caller is moves to the twin that keeps private data, and leaves the record that more people read.

Odoo keeps the column of a field that is no longer stored; here that would be the very data the twin was made to protect.
"""

from psycopg2.extensions import AsIs

MOVED = {
    "legal_aid_case": (
        "case_id",
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
    "legal_aid_consultation": ("consultation_id", ("caller_name", "caller_phone")),
}


def migrate(cr, version):
    for table, (parent, columns) in MOVED.items():
        old = [column for column in columns if _has_column(cr, table, column)]
        if not old:
            continue
        names = AsIs(", ".join(old))
        cr.execute(
            """
            INSERT INTO %(twin)s (%(parent)s, organization_id, create_uid, create_date, write_uid, write_date, %(names)s)
            SELECT id, organization_id, create_uid, create_date, write_uid, write_date, %(names)s
              FROM %(table)s AS record
             WHERE COALESCE(%(names)s) IS NOT NULL
               AND NOT EXISTS (SELECT FROM %(twin)s AS twin WHERE twin.%(parent)s = record.id)
            """,
            {"twin": AsIs(f"{table}_private"), "table": AsIs(table), "parent": AsIs(parent), "names": names},
        )
        for column in old:
            cr.execute("ALTER TABLE %s DROP COLUMN %s", (AsIs(table), AsIs(column)))


def _has_column(cr, table, column):
    cr.execute(
        "SELECT FROM information_schema.columns WHERE table_schema = current_schema AND table_name = %s AND column_name = %s",
        (table, column),
    )
    return bool(cr.rowcount)
