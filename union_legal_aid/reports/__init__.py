# casework
from . import legal_aid_print_mixin, report_case_closing, report_case_grant, report_case_refusal, report_mandate
