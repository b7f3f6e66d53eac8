from . import account_analytic_plan
from . import account_payment
from . import template_cn_union
