from . import (
    portal,
    portal_consultation,
    portal_case,
    portal_case_steps,
    portal_account,
)
