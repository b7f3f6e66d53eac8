from . import legal_aid_import_row_mixin  # isort: skip
from . import (
    ir_ui_menu,
    legal_aid_policy,
    legal_aid_home,
    legal_aid_import,
    legal_aid_statistic,
    legal_aid_statistic_gap,
    legal_aid_statistical_figure,
    legal_aid_statistical_return,
    legal_aid_yearly_round,
    legal_aid_summary,
    union_organization,
)
