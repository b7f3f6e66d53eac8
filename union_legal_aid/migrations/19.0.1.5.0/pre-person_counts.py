"""Sex and age of the workers on record follow from their identity numbers, and the cases count them (V4).

Odoo would compute the new columns itself, record by record: minutes where there are 100,000 cases. Here the same function fills them
before the update, so that nothing is left to compute.
"""

from psycopg2.extensions import AsIs

from odoo.addons.union_legal_aid.tools import ids

BATCH = 10_000
PARTY_COLUMNS = {
    "sex": "varchar",
    "age_band": "varchar",
    "is_foreign": "boolean",
    "is_disabled": "boolean",
    "is_minority": "boolean",
    "is_military": "boolean",
}
COUNTS = {
    "women_count": "party.sex = 'female'",
    "minor_count": "party.age_band = 'minor'",
    "senior_count": "party.age_band = 'senior'",
    "disabled_count": "party.is_disabled",
    "minority_count": "party.is_minority",
    "military_count": "party.is_military",
    "foreign_count": "party.is_foreign",
}


def migrate(cr, version):
    if not version:
        return
    _add_columns(cr, "legal_aid_case_party", PARTY_COLUMNS)
    _add_columns(cr, "legal_aid_case", dict.fromkeys((*COUNTS, "unknown_sex_count"), "integer"))
    _fill_parties(cr)
    _count(cr)


def _add_columns(cr, table, columns):
    added = ", ".join(f"ADD COLUMN IF NOT EXISTS {name} {kind}" for name, kind in columns.items())
    cr.execute("ALTER TABLE %s %s", (AsIs(table), AsIs(added)))


def _fill_parties(cr):
    cr.execute(
        """
        SELECT party.id, party.id_number, application.application_date
          FROM legal_aid_case_party AS party
          JOIN legal_aid_case AS application ON application.id = party.case_id
         WHERE party.role = 'applicant' AND party.kind = 'person' AND party.id_number IS NOT NULL AND party.sex IS NULL
        """
    )
    found = []
    for party_id, number, day in cr.fetchall():
        facts = ids.statistical_facts(number, day)
        if facts:
            found.append((party_id, facts["sex"], facts["age_band"], facts["is_foreign"]))
    for start in range(0, len(found), BATCH):
        cr.execute_values(
            """
            UPDATE legal_aid_case_party AS party
               SET sex = facts.sex, age_band = facts.age_band, is_foreign = facts.is_foreign
              FROM (VALUES %s) AS facts (id, sex, age_band, is_foreign)
             WHERE party.id = facts.id
            """,
            found[start : start + BATCH],
        )


def _count(cr):
    counts = ", ".join(f"count(*) FILTER (WHERE {condition}) AS {name}" for name, condition in COUNTS.items())
    kept = ", ".join(f"{name} = COALESCE(counted.{name}, 0)" for name in COUNTS)
    cr.execute(
        """
        UPDATE legal_aid_case AS application
           SET %(kept)s,
               unknown_sex_count = CASE WHEN application.applicant_kind = 'union_organization' THEN 0
                                        ELSE GREATEST(application.headcount - COALESCE(counted.known, 0), 0) END
          FROM legal_aid_case AS source
     LEFT JOIN (
                SELECT party.case_id, count(party.sex) AS known, %(counts)s
                  FROM legal_aid_case_party AS party
                 WHERE party.role = 'applicant' AND party.kind = 'person'
              GROUP BY party.case_id
               ) AS counted ON counted.case_id = source.id
         WHERE source.id = application.id
        """,
        {"kept": AsIs(kept), "counts": AsIs(counts)},
    )
