from . import legal_aid_verdict_mixin  # isort: skip
from . import (
    legal_aid_complaint,
    legal_aid_complaint_private,
    legal_aid_policy,
    legal_aid_removal,
    legal_aid_volunteer,
)
