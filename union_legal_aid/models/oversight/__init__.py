from . import legal_aid_counted_row_mixin  # isort: skip
from . import ir_sequence, legal_aid_import_row_mixin  # isort: skip
from . import legal_aid_import_known_mixin, legal_aid_import_report_mixin  # isort: skip
from . import (
    ir_ui_menu,
    legal_aid_policy,
    legal_aid_archive_register,
    legal_aid_case,
    legal_aid_case_custody,
    legal_aid_conflict_hit,
    legal_aid_erasure,
    legal_aid_file_disposal,
    legal_aid_file_disposal_line,
    legal_aid_file_reading,
    legal_aid_reason,
    legal_aid_deadline,
    legal_aid_work_log,
    legal_aid_home,
    legal_aid_import,
    legal_aid_import_entry,
    legal_aid_statistic,
    legal_aid_statistic_gap,
    legal_aid_statistical_figure,
    legal_aid_statistical_return,
    legal_aid_yearly_round,
    legal_aid_summary,
    mail_message,
    union_organization,
)
