"""What the conflict check of a case costs among 100,000 parties (I11), beside a plain ilike search of the same parties.

The rows are written by SQL, with the keys that the models themselves would store. Both look for the same three parties; the plain
search by three ilike on the names, as a search box does it, finds neither numbers nor other ways of typing.
"""

from statistics import median
from time import perf_counter

PARTIES = 100_000
TURNS = 30
PARTY = "legal.aid.case.party"


def prepare(env):
    """A case of three parties, each with one earlier appearance, among ``PARTIES`` others."""
    case = env["legal.aid.case"].search([("state", "in", ("granted", "assigned", "in_progress"))], limit=1)
    env[PARTY].create(
        [
            {"case_id": case.id, "role": "representative", "side": "respondent", "name": "测速经理77"},
            {"case_id": case.id, "role": "third", "kind": "organization", "name": "测速公司88"},
        ]
    )
    env.flush_all()
    env.cr.execute("SELECT count(*) FROM legal_aid_case_party")
    missing = PARTIES - env.cr.fetchone()[0]
    env.cr.execute("SELECT array_agg(id) FROM legal_aid_case WHERE id != %s", (case.id,))
    others = env.cr.fetchone()[0]
    env.cr.execute(
        """
        INSERT INTO legal_aid_case_party (case_id, role, kind, name, name_key, id_hash, headcount)
        SELECT (%s)[1 + number %% %s], CASE number %% 2 WHEN 0 THEN 'applicant' ELSE 'respondent' END,
               CASE number %% 2 WHEN 0 THEN 'person' ELSE 'organization' END,
               '测速' || CASE number %% 2 WHEN 0 THEN '经理' ELSE '公司' END || number,
               '测速' || CASE number %% 2 WHEN 0 THEN '经理' ELSE '公司' END || number,
               md5('测速' || number), 1
          FROM generate_series(1, %s) AS number
        """,
        (others, len(others), max(missing, 0)),
    )
    env.cr.execute("ANALYZE legal_aid_case_party")
    env.invalidate_all()
    return case


def time_turns(env, act):
    """``(median, worst)`` in milliseconds and the number found; each turn starts without anything in memory."""
    seconds = []
    for _turn in range(TURNS):
        env.invalidate_all()
        started = perf_counter()
        found = act()
        seconds.append(perf_counter() - started)
    return median(seconds) * 1000, max(seconds) * 1000, found


def plain_search(env, names):
    parties = env[PARTY].sudo()
    return len(parties.search(["|"] * (len(names) - 1) + [("name", "ilike", name) for name in names]))


def main(env):
    case = prepare(env)
    names = case.party_ids.mapped("name")
    case._find_conflict_hits()
    results = [
        ("looking for hits", time_turns(env, lambda: len(case._find_conflict_hits()))),
        ("the whole check, result kept", time_turns(env, lambda: case._check_conflict("manual").hit_count)),
        ("plain ilike on the names", time_turns(env, lambda: plain_search(env, names))),
    ]
    env.cr.execute("SELECT count(*) FROM legal_aid_case_party")
    print(f"{env.cr.fetchone()[0]} parties, {len(names)} of them in the case, {TURNS} turns each; median and worst")
    for title, (middle, worst, found) in results:
        print(f"{title:32} {middle:8.2f} ms {worst:8.2f} ms   {found} found")
    env.cr.rollback()


main(env)  # noqa: F821 - Odoo's shell gives it
