"""Matters and cases that were there before get their scope of 工会法律援助办法; the basis of hardship they have stays as it was."""

import json

SCOPES = {
    "union_officer_rights": "union_officer",
    "union_rights": "union_organization",
    "female_protection": "worker_rights",
    "other": "other",
}
KINDS = ("union_officer", "union_organization")


def migrate(cr, version):
    if not version:
        return
    cr.execute(
        """
        UPDATE legal_aid_matter AS matter
           SET scope_id = scope.id
          FROM legal_aid_scope AS scope
         WHERE matter.scope_id IS NULL
           AND scope.code = COALESCE(%s::jsonb ->> matter.code, 'labour_dispute')
        """,
        [json.dumps(SCOPES)],
    )
    cr.execute(
        """
        UPDATE legal_aid_case AS aid
           SET scope_id = COALESCE(own.id, matter.scope_id)
          FROM legal_aid_case AS same
     LEFT JOIN legal_aid_scope AS own ON own.code = same.applicant_kind AND own.code IN %s
     LEFT JOIN legal_aid_matter AS matter ON matter.id = same.matter_id
         WHERE same.id = aid.id
           AND aid.scope_id IS NULL
        """,
        [KINDS],
    )
