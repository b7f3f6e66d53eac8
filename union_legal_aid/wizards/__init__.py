from . import legal_aid_approval_reject
