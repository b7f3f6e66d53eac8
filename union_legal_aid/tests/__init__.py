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
# portal
