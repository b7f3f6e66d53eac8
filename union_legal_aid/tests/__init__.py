# tools
from . import (
    test_tools_deadlines,
    test_tools_ids,
    test_tools_limitation,
    test_tools_masking,
    test_tools_money,
    test_tools_rmb,
    test_tools_tax,
)

# house, organization, approval
from . import (
    test_approval,
    test_house,
    test_main_job,
    test_main_job_tour,
    test_organization,
)

# team
from . import (
    test_team_contract,
    test_team_notice,
    test_team_volunteer,
)

# casework
from . import (
    test_casework_flow,
    test_casework_intake,
    test_casework_reports,
    test_casework_security,
)

# service
from . import test_service_ledger

# conduct
from . import test_conduct_complaint, test_conduct_removal

# money
from . import (
    test_money_documents,
    test_money_expense,
    test_money_ledger,
    test_money_payout,
    test_money_security,
    test_tools_workbook,
)

# portal
from . import (
    test_portal_access,
    test_portal_account,
    test_portal_case,
    test_portal_consultation,
    test_portal_lawyer_first,
    test_portal_payment,
)
