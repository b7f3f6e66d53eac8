from . import (
    legal_aid_contract,
    legal_aid_ledger,
    legal_aid_membership_mixin,
    legal_aid_volunteer,
)
