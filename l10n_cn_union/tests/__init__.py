from . import test_analytic
from . import test_bookkeeping
from . import test_chart
from . import test_grassroots
from . import test_loading
