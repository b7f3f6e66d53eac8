from . import legal_aid_verdict_mixin  # isort: skip
from . import legal_aid_assessment_facts_mixin  # isort: skip
from . import legal_aid_assessment_signature_mixin  # isort: skip
from . import legal_aid_assessment_sheet_mixin  # isort: skip
from . import (
    legal_aid_assessment,
    legal_aid_assessment_line,
    legal_aid_assessment_policy,
    legal_aid_assessment_volunteer,
    legal_aid_assessment_voice,
    legal_aid_complaint,
    legal_aid_complaint_private,
    legal_aid_contract,
    legal_aid_policy,
    legal_aid_removal,
    legal_aid_volunteer,
    union_organization,
)
