from . import (
    export,
    forms,
    first_password,
    portal,
    portal_consultation,
    portal_case,
    portal_case_steps,
    portal_hand_over,
    portal_firm_client,
    portal_account,
    portal_enterprise,
    party_list,
)
