"""Many cases for a benchmark: the cases of the demo, each copied thousands of times in the database itself, with what hangs on them."""

# What is copied with a case, and the column that points to it. Clocks point by number, as they hang on any record.
PARTS = {
    "legal_aid_case_private": "case_id",
    "legal_aid_case_party": "case_id",
    "legal_aid_work_log": "case_id",
    "legal_aid_deadline": "res_id",
}
# What has to differ from copy to copy, as SQL on the number of the copy.
DIFFERENT = {
    ("legal_aid_case", "name"): "'测速〔2026〕' || lpad(number::text, 7, '0') || '号'",
    ("legal_aid_case_private", "applicant_name"): "'测速职工' || number",
    ("legal_aid_case_private", "applicant_phone"): "'138' || lpad(number::text, 8, '0')",
    ("legal_aid_case_party", "name"): "'测速当事人' || number",
    ("legal_aid_case_party", "name_key"): "'测速当事人' || number",
}
# What belongs to one case only and is not copied.
DROPPED = {("legal_aid_case", "mandate_id"), ("legal_aid_case", "approval_request_id")}


def fill(env, count):
    """Bring the number of cases to ``count``; returns how many there were before.

    :raises ValueError: when the database has no case to copy
    """
    cr = env.cr
    cr.execute("SELECT count(*) FROM legal_aid_case")
    (before,) = cr.fetchone()
    patterns = env["legal.aid.case"].sudo().search([("name", "not like", "测速")])
    if not patterns:
        raise ValueError("There is no case to copy: the benchmark wants a database with demo data.")
    env.flush_all()
    missing = count - before
    for position, pattern in enumerate(patterns):
        share = missing // len(patterns) + (position < missing % len(patterns))
        if share > 0:
            _copy_case(cr, pattern.id, share)
    cr.commit()
    for table in ("legal_aid_case", *PARTS):
        cr.execute(f"ANALYZE {table}")
    cr.commit()
    return before


def _copy_case(cr, pattern_id, share):
    cr.execute("SELECT max(id) + 1 FROM legal_aid_case")
    (first_number,) = cr.fetchone()
    names, values = columns(cr, "legal_aid_case")
    cr.execute(
        f"INSERT INTO legal_aid_case ({names}) SELECT {values} FROM legal_aid_case,"
        " generate_series(%s, %s) AS number WHERE id = %s RETURNING id",
        (first_number, first_number + share - 1, pattern_id),
    )
    case_ids = [case_id for (case_id,) in cr.fetchall()]
    for table, column in PARTS.items():
        names, values = columns(cr, table, {column: "copied.case_id"})
        condition = " AND res_model = 'legal.aid.case'" if column == "res_id" else ""
        cr.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {table},"
            f" unnest(%s) WITH ORDINALITY AS copied (case_id, position), LATERAL (SELECT %s + position AS number) AS n"
            f" WHERE {table}.{column} = %s{condition}",
            (case_ids, first_number, pattern_id),
        )


def columns(cr, table, given=None):
    """``(names, values)`` of the columns of a table, for an insert that copies it."""
    cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name != 'id'"
        " AND table_schema = current_schema ORDER BY ordinal_position",
        (table,),
    )
    columns = [name for (name,) in cr.fetchall() if (table, name) not in DROPPED]
    values = [(given or {}).get(name) or DIFFERENT.get((table, name)) or f'{table}."{name}"' for name in columns]
    return ", ".join(f'"{name}"' for name in columns), ", ".join(values)
