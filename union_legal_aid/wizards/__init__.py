from . import legal_aid_approval_reject

# team
from . import legal_aid_portal_access, legal_aid_reason_dialog

# casework
from . import legal_aid_case_assign, legal_aid_case_close, legal_aid_case_transfer

# money
from . import legal_aid_payout_confirm, legal_aid_payout_post
