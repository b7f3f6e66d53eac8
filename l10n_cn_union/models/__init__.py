from . import account_account
from . import account_analytic_plan
from . import account_journal
from . import account_payment
from . import res_company
from . import template_cn_union
