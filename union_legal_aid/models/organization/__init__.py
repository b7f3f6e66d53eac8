# Mixins first: a model can be built only after what it inherits from.
from . import (
    legal_aid_append_only_mixin,
    legal_aid_dated_mixin,
    legal_aid_link_mixin,
    legal_aid_deadline_reminder_mixin,
    legal_aid_editable_mixin,
    legal_aid_logged_mixin,
    legal_aid_workflow_mixin,
    legal_aid_notification_channel_mixin,
    legal_aid_notification_hook_mixin,
    legal_aid_normalised_mixin,
    legal_aid_pointer_mixin,
    legal_aid_todo_mixin,
    legal_aid_ungrouped_mixin,
    legal_aid_workbook_mixin,
)

# isort: split
from . import (
    legal_aid_masked_mixin,
    legal_aid_noted_mixin,
    legal_aid_private_mixin,
    legal_aid_private_twin_mixin,
)

# isort: split
from . import (
    ir_actions_report,
    ir_attachment,
    ir_binary,
    ir_http,
    legal_aid_access_log,
    legal_aid_calendar_day,
    legal_aid_deadline,
    legal_aid_deadline_mixin,
    legal_aid_policy,
    legal_aid_reason,
    mail_mail,
    res_company,
    res_currency,
    res_users,
    res_users_first_password,
    union_institution,
    union_organization,
)

# isort: split
from . import legal_aid_notification_sms_mixin

# isort: split
from . import legal_aid_notification
from . import legal_aid_handed_in_mixin
