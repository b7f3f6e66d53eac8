from . import legal_aid_policy, legal_aid_yearly_round
