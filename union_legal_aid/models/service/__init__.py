# Mixins first: a model can be built only after what it inherits from.
from . import (
    legal_aid_activity_report_mixin,
    legal_aid_ledger_content_mixin,
    legal_aid_ledger_workbook_mixin,
)

# isort: split
from . import (
    legal_aid_activity,
    legal_aid_activity_attendance,
    legal_aid_contract,
    legal_aid_ledger,
    legal_aid_policy,
    legal_aid_ledger_detail,
    legal_aid_ledger_line,
    legal_aid_service_certificate,
    legal_aid_membership_mixin,
    legal_aid_notification,
    legal_aid_volunteer,
)
