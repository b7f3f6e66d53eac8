from . import legal_aid_verdict_mixin  # isort: skip
from . import (
    legal_aid_complaint_intake_mixin,
    legal_aid_complaint_hearing_mixin,
    legal_aid_complaint_justice_mixin,
    legal_aid_complaint_closing_mixin,
)  # isort: skip
from . import (
    legal_aid_case,
    legal_aid_complaint,
    legal_aid_complaint_extract,
    legal_aid_complaint_private,
    legal_aid_complaint_step,
    legal_aid_policy,
    legal_aid_reason,
    legal_aid_removal,
    legal_aid_volunteer,
)
