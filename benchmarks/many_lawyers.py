"""Many lawyers for a benchmark: one lawyer of the demo, copied in the database itself with address card, account, contract and ledger.

Nothing is committed: the benchmark rolls back what it made.
"""

from many_cases import columns

# What has to differ from copy to copy, as SQL; ``copied`` counts the copies and holds what they hang on.
TABLES = {
    "res_partner": {"name": "'测速律师' || copied.number", "complete_name": "'测速律师' || copied.number"},
    "legal_aid_volunteer": {
        "name": "'测速律师' || copied.number",
        "partner_id": "copied.partner_id",
        "user_id": "NULL",
        "license_number": "'114109' || lpad(copied.number::text, 11, '0')",
    },
    "legal_aid_volunteer_private": {
        "volunteer_id": "copied.volunteer_id",
        "bank_account_number": "'6222029' || lpad(copied.number::text, 12, '0')",
        "bank_account_holder": "'测速律师' || copied.number",
        "bank_name": "'示例银行平顶山分行'",
        "bank_code": "'102495000018'",
    },
    "legal_aid_contract": {
        "volunteer_id": "copied.volunteer_id",
        "number": "'测速聘字第' || copied.number || '号'",
        "approval_request_id": "NULL",
        "renewal_of_id": "NULL",
    },
    "legal_aid_ledger": {"volunteer_id": "copied.volunteer_id", "state": "'accepted'"},
}


def fill(env, count, year):
    """Give the city ``count`` more lawyers who are due the subsidy of ``year``; returns their ids.

    :raises ValueError: when no lawyer of the demo has a contract and a ledger of that year
    """
    cr = env.cr
    env.flush_all()
    pattern = _get_pattern(env, year)
    partners = _copy(cr, "res_partner", pattern.partner_id.id, "generate_series(1, %s) AS copied (number)", count)
    lawyers = _copy(
        cr, "legal_aid_volunteer", pattern.id, "unnest(%s) WITH ORDINALITY AS copied (partner_id, number)", partners
    )
    for name, record in (
        ("legal_aid_volunteer_private", pattern.private_ids),
        ("legal_aid_contract", _get_contract(pattern, year)),
        ("legal_aid_ledger", _get_ledger(pattern, year)),
    ):
        _copy(cr, name, record.id, "unnest(%s) WITH ORDINALITY AS copied (volunteer_id, number)", lawyers)
    # The budget of the demo is for its own few lawyers.
    env["legal.aid.budget"].search([("year", "=", year)]).amount = 1000 * 1000 * 1000
    env.flush_all()
    for table in TABLES:
        cr.execute(f"ANALYZE {table}")
    env.invalidate_all()
    return lawyers


def add_consultations(env, lawyers, count):
    """Each lawyer took ``count`` calls in the year; copies of one of the demo, made in the database itself."""
    pattern = env["legal.aid.consultation"].search([("volunteer_id", "!=", False)], limit=1)
    columns = [
        name
        for name, field in env["legal.aid.consultation"]._fields.items()
        if field.store and field.column_type and name not in ("id", "volunteer_id", "name", "case_id", "date")
    ]
    names = ", ".join(f'"{name}"' for name in columns)
    env.cr.execute(
        f"INSERT INTO legal_aid_consultation (volunteer_id, name, date, {names})"
        f" SELECT lawyer, '测速' || lawyer || '-' || number, (now() - interval '30 days')::date, {names}"
        " FROM legal_aid_consultation, unnest(%s) AS lawyer, generate_series(1, %s) AS number"
        " WHERE legal_aid_consultation.id = %s",
        [list(lawyers), count, pattern.id],
    )


def _get_pattern(env, year):
    lawyers = env["legal.aid.volunteer"].search([("kind", "=", "lawyer"), ("state", "=", "active")])
    for lawyer in lawyers:
        if lawyer.private_ids and _get_contract(lawyer, year) and _get_ledger(lawyer, year):
            return lawyer
    raise ValueError(f"No lawyer to copy, with a contract and a ledger of {year}: the benchmark wants demo data.")


def _get_contract(lawyer, year):
    contracts = lawyer.contract_ids.filtered(lambda contract: contract.service_year == year)
    return contracts.filtered(lambda contract: contract.state == "active")[:1]


def _get_ledger(lawyer, year):
    return lawyer.env["legal.aid.ledger"].search([("volunteer_id", "=", lawyer.id), ("year", "=", year)], limit=1)


def _copy(cr, table, pattern_id, source, argument):
    """Copy a row once for each row of ``source``; returns the new ids in that order."""
    names, values = columns(cr, table, TABLES[table])
    cr.execute(
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {table}, {source}"
        f" WHERE {table}.id = %s ORDER BY copied.number RETURNING id",
        (argument, pattern_id),
    )
    return [row_id for (row_id,) in cr.fetchall()]
