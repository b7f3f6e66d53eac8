# What the others inherit from
from . import (  # isort: skip
    legal_aid_city_mixin,
    legal_aid_duty_mixin,
    legal_aid_appointment_mixin,
)
from . import (
    legal_aid_appointment_batch,
    legal_aid_appointment_batch_duty,
    legal_aid_appointment_batched_mixin,
    legal_aid_appointment_document_mixin,
    legal_aid_appointment_expiry_mixin,
    legal_aid_contract,
    legal_aid_contract_duty,
    legal_aid_deadline,
    legal_aid_deadline_mixin,
    legal_aid_membership_mixin,
    legal_aid_notice,
    legal_aid_notice_publication,
    legal_aid_policy,
    legal_aid_portal_access_mixin,
    legal_aid_reason,
    legal_aid_specialty,
    legal_aid_volunteer,
    legal_aid_volunteer_private,
    res_users,
    union_organization,
)
