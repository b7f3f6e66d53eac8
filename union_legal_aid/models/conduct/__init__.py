from . import (  # isort: skip
    legal_aid_verdict_mixin,
    legal_aid_removal_opening_mixin,
    legal_aid_removal_reply_mixin,
    legal_aid_removal_withdrawal_mixin,
    legal_aid_removal_decision_mixin,
)
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
    legal_aid_contract,
    legal_aid_no_service,
    legal_aid_complaint_step,
    legal_aid_policy,
    legal_aid_reason,
    legal_aid_removal,
    legal_aid_removal_element,
    legal_aid_sanction,
    legal_aid_volunteer,
    legal_aid_volunteer_grounds,
)
