from . import legal_aid_verdict_mixin  # isort: skip
from . import (
    legal_aid_award,
    legal_aid_award_candidate,
    legal_aid_award_kind,
    legal_aid_award_round,
    legal_aid_complaint,
    legal_aid_complaint_private,
    legal_aid_policy,
    legal_aid_removal,
    legal_aid_volunteer,
    legal_aid_volunteer_award,
)
