"""The official forms, by their code, in the order of the Ministry's set (C9)."""

from . import assignment, complaint, decision, intake, leaving, removal, supervision, work
from .form import SHELVES, Form

FORMS = {
    one.code: one()
    for one in sorted(
        (
            *(
                cls
                for module in (intake, decision, assignment, work, supervision, removal, leaving, complaint)
                for cls in vars(module).values()
                if isinstance(cls, type) and issubclass(cls, Form) and cls.code
            ),
        ),
        key=lambda cls: cls.number,
    )
}
