from . import (
    legal_aid_approval_line,
    legal_aid_approval_mixin,
    legal_aid_approval_request,
    legal_aid_approval_rule,
    legal_aid_stand_in,
    union_organization,
)
