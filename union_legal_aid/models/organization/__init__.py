from . import (
    legal_aid_calendar_day,
    legal_aid_deadline,
    legal_aid_deadline_mixin,
    legal_aid_policy,
    legal_aid_reason,
    legal_aid_workflow_mixin,
    res_currency,
    res_users,
    union_organization,
)
