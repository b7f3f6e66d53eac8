"""The rooms, in the order of the house: a room names only models of its own and of earlier rooms."""

from . import organization  # isort: skip
from . import approval  # isort: skip
from . import team  # isort: skip
from . import casework  # isort: skip
from . import service  # isort: skip
from . import conduct  # isort: skip
from . import money  # isort: skip
from . import oversight  # isort: skip
