from . import (
    legal_aid_activity_report_mixin,
    legal_aid_activity,
    legal_aid_activity_attendance,
    legal_aid_contract,
    legal_aid_ledger,
    legal_aid_policy,
    legal_aid_membership_mixin,
    legal_aid_volunteer,
)
