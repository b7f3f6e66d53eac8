# Mixins first: a model can be built only after what it inherits from.
from . import (
    legal_aid_case_assignment_mixin,
    legal_aid_case_cron_mixin,
    legal_aid_case_card_mixin,
    legal_aid_case_decision_mixin,
    legal_aid_case_dispute_mixin,
    legal_aid_case_house_mixin,
    legal_aid_case_intake_mixin,
    legal_aid_case_issue_mixin,
    legal_aid_case_mandate_mixin,
    legal_aid_case_manner_mixin,
    legal_aid_case_next_step_mixin,
    legal_aid_case_reader_mixin,
    legal_aid_case_report_mixin,
    legal_aid_case_transfer_mixin,
    legal_aid_case_work_mixin,
    legal_aid_consultation_answer_mixin,
    legal_aid_consultation_report_mixin,
    legal_aid_employer_suggestion_mixin,
    legal_aid_followed_mixin,
    legal_aid_jurisdiction_mixin,
    legal_aid_service_request_content_mixin,
)

# isort: split
from . import legal_aid_case_archive_mixin

# isort: split
from . import (
    ir_attachment,
    ir_ui_menu,
    legal_aid_assignment,
    legal_aid_card,
    legal_aid_card_private,
    legal_aid_case,
    legal_aid_case_document,
    legal_aid_case_fact,
    legal_aid_case_party,
    legal_aid_case_private,
    legal_aid_consultation,
    legal_aid_consultation_private,
    legal_aid_issued_document,
    legal_aid_mandate,
    legal_aid_matter,
    legal_aid_policy,
    legal_aid_service_request,
    legal_aid_service_request_private,
    legal_aid_transfer,
    legal_aid_volunteer,
    legal_aid_work_log,
    res_partner,
    union_organization,
)
