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
    test_organization,
)
# team
# casework
# service
# conduct
# money
# portal
