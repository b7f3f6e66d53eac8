# organization
from . import legal_aid_unmask

# approval
from . import (
    union_new_county_user,
    union_new_county_check_mixin,
    union_new_county,
    union_first_access,
    union_readiness,
    union_set_up_books,
)
from . import legal_aid_approval_preview, legal_aid_approval_reject

# team
from . import legal_aid_portal_access, legal_aid_publication_dialog, legal_aid_reason_dialog

# casework
from . import (
    legal_aid_case_assign,
    legal_aid_case_close,
    legal_aid_case_transfer,
    legal_aid_file_receive_dialog,
    legal_aid_file_review_dialog,
    legal_aid_quality_sample,
    legal_aid_objection_decision,
    legal_aid_form_choice,
    legal_aid_house_consent,
    legal_aid_letter_step,
    legal_aid_party_import,
)

# conduct
from . import legal_aid_assessment_opinion, legal_aid_assessment_paper, legal_aid_assessment_year
from . import legal_aid_award_dialog
from . import legal_aid_sanction_dialog

# money
from . import (
    legal_aid_audit_chain,
    legal_aid_audit_pack,
    legal_aid_bank_return_dialog,
    legal_aid_payout_confirm,
    legal_aid_payout_post,
    legal_aid_voucher_export_dialog,
)
