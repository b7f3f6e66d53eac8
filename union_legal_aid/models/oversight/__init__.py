from . import (
    legal_aid_statistic,
    union_organization,
)
