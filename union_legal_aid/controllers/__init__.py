from . import (
    export,
    first_password,
    forms,
    portal,
    portal_account,
    portal_case,
    portal_case_steps,
    portal_consultation,
    portal_enterprise,
)
