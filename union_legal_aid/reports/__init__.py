# casework
from . import (
    legal_aid_print_mixin,
    report_card,
    report_case_closing,
    report_case_grant,
    report_case_refusal,
    report_mandate,
)

# money
from . import money_print_mixin, report_expense_sheet, report_payment_notice, report_payout_list, report_voucher
