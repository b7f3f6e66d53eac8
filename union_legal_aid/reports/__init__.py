# casework; mixins first: a model can be built only after what it inherits from
from . import legal_aid_print_mixin

# team
from . import report_appointment_card

# isort: split
from . import legal_aid_form

# isort: split
from . import legal_aid_archive_file, report_case_form_mixin

# isort: split
from . import report_roster

# isort: split
from . import report_card, report_case_closing, report_case_grant, report_case_refusal, report_mandate

# conduct
from . import report_assessment

# money
from . import money_print_mixin

# isort: split
from . import (
    report_award_nomination,
    report_audit_pack,
    report_expense_sheet,
    report_payment_notice,
    report_payout_approval,
    report_payout_list,
    report_payout_receipt,
    report_statement,
    report_statistical_return,
    report_tax_list,
    report_voucher,
)

# service
from . import report_ledger, report_service_certificate
