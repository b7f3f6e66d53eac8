"""The seven grounds on which a lawyer loses his place in the team, and what has to be shown for each (requirement T6).

Six stand in 管理办法 §5, the seventh, “no service”, in §4. A ground that `opens_by_fact` is opened by what is on record; the others
are opened by an officer of the city who has evidence of every element.
"""

from dataclasses import dataclass

from .i18n import _lt


@dataclass(frozen=True)
class Element:
    """One thing that has to be shown."""

    code: str
    label: str


@dataclass(frozen=True)
class Ground:
    """`article` is the place in 管理办法, `law` its words in Chinese, as a decision quotes them."""

    code: str
    article: str
    law: str
    elements: tuple
    opens_by_fact: bool = False

    @property
    def codes(self):
        return tuple(element.code for element in self.elements)

    def get_missing(self, shown):
        """The elements of which nothing is `shown`, in their order."""
        return tuple(element for element in self.elements if element.code not in shown)


GROUNDS = (
    Ground(
        "sanction",
        "第五条第（一）项",
        "律师受到行业行政处分或行业纪律惩戒处分的",
        (
            Element(
                "sanction_decision", _lt("The punishment by the authority, or the sanction of the bar association")
            ),
            Element("sanction_final", _lt("The punishment is final")),
        ),
        opens_by_fact=True,
    ),
    Ground(
        "delegation",
        "第五条第（二）项",
        "未经允许，委托或指派非志愿团队成员代为提供法律服务的",
        (
            Element("substitute", _lt("Somebody else gave the legal service in his place")),
            Element("not_member", _lt("Whoever served instead is no member of the team")),
            Element("no_leave", _lt("Nobody gave permission")),
        ),
    ),
    Ground(
        "reputation",
        "第五条第（三）项",
        "在法律服务工作中，有损害市总工会形象或声誉的行为的",
        (
            Element("act", _lt("The act itself")),
            Element("in_service", _lt("It was done in the legal service")),
            Element("damage", _lt("The image or the reputation of the city union was damaged")),
        ),
    ),
    Ground(
        "failure",
        "第五条第（四）项",
        "由于工作失误，未能维护职工合法权益的",
        (
            Element("error", _lt("The error in the work")),
            Element("right_lost", _lt("The worker's right that was lost")),
            Element("cause", _lt("The right was lost through the error")),
        ),
    ),
    Ground(
        "major_case",
        "第五条第（五）项",
        "对于重大、群体性案件，未按规定汇报且处理不当，造成严重后果的",
        (
            Element("major", _lt("The case was a major or a group case")),
            Element("not_reported", _lt("It was not reported as required")),
            Element("mishandled", _lt("It was mishandled")),
            Element("consequence", _lt("The consequence was serious")),
        ),
    ),
    Ground(
        "complaints",
        "第五条第（六）项",
        "被职工投诉2次（含2次）以上经核实投诉内容属实的",
        (Element("complaints", _lt("Workers' complaints, verified as true, up to the limit")),),
        opens_by_fact=True,
    ),
    Ground(
        "no_service",
        "第四条",
        "没有开展职工法律志愿服务的",
        (
            Element("year_over", _lt("The service year is over")),
            Element("no_record", _lt("Nothing at all is on record in it")),
            Element("could_serve", _lt("He was not suspended for the whole of it")),
        ),
        opens_by_fact=True,
    ),
)
BY_CODE = {ground.code: ground for ground in GROUNDS}
ELEMENTS = {element.code: element for ground in GROUNDS for element in ground.elements}


def get_ground_of(element):
    """The ground to which the element of this code belongs."""
    return next(ground for ground in GROUNDS if element in ground.codes)
