# Mixins first: a model can be built only after what it inherits from.
from . import legal_aid_fee_part_mixin

# isort: split
from . import (
    legal_aid_computed_row_mixin,
    legal_aid_expense_approval_mixin,
    legal_aid_expense_rate_mixin,
    legal_aid_expense_receipt_mixin,
    legal_aid_expense_share_mixin,
    legal_aid_file_format_column_mixin,
    legal_aid_file_format_mixin,
    legal_aid_payout_budget_mixin,
    legal_aid_payout_ledger_mixin,
    legal_aid_payout_payment_mixin,
    legal_aid_payout_rehearsal_mixin,
    legal_aid_payout_return_mixin,
    legal_aid_payout_tax_mixin,
    legal_aid_tax_list_content_mixin,
    legal_aid_membership_mixin,
    legal_aid_share_dispute_mixin,
    legal_aid_statement_figures_mixin,
)

# isort: split
from . import (
    account_journal,
    account_move,
    account_partial_reconcile,
    legal_aid_bank_format,
    legal_aid_bank_format_column,
    legal_aid_bank_return,
    legal_aid_budget,
    legal_aid_case,
    legal_aid_expense,
    legal_aid_expense_allocation,
    legal_aid_expense_line,
    legal_aid_fee_modifier,
    legal_aid_fee_rate,
    legal_aid_fee_schedule,
    legal_aid_payout,
    legal_aid_payout_line,
    legal_aid_payout_run,
    legal_aid_policy,
    legal_aid_tax_list,
    legal_aid_reason,
    legal_aid_statement,
    legal_aid_statement_line,
    legal_aid_voucher_export,
    legal_aid_voucher_format,
    legal_aid_voucher_format_column,
    res_company,
    union_organization,
)
