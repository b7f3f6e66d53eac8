"""The figures of a statistical return (V4, F§8) and how each is counted from the rows of `legal.aid.statistic`.

A row is something that happened on a day: a call, an application, a decision, a closed case, an hour of work, a payment. An indicator says
which rows it takes and what it adds up; the same condition opens the records behind a figure, so a figure and its records cannot differ.
The wording is that of the justice administration's and the federation's forms, so it is Chinese in the source and is not translated.
"""

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

RECORDS, PERSONS, AMOUNT, HOURS = "records", "persons", "amount", "hours"
WOMEN, MINORS, SENIORS, DISABLED = "women_count", "minor_count", "senior_count", "disabled_count"
MINORITY, MILITARY, FOREIGN, UNKNOWN_SEX = "minority_count", "military_count", "foreign_count", "unknown_sex_count"
# People by kind: read by officers only.
PERSONAL = frozenset({WOMEN, MINORS, SENIORS, DISABLED, MINORITY, MILITARY, FOREIGN, UNKNOWN_SEX})
PIECES, HEADS, YUAN, TEN_THOUSAND, HOUR, PERCENT, TIMES = "件", "人次", "元", "万元", "小时", "%", "场次"


@dataclass(frozen=True)
class Indicator:
    """One figure: the sum of `measure` over the rows whose dimensions have one of the values in `where`.

    A standing figure (`stands`) takes everything up to the last day of the period: what was granted by then and has not ended.
    `minus` names the rows that are taken off.
    """

    code: str
    label: str
    unit: str
    measure: str = RECORDS
    where: dict = field(default_factory=dict, hash=False)
    minus: dict = field(default_factory=dict, hash=False)
    stands: bool = False


@dataclass(frozen=True)
class Share:
    """One figure in per cent: the figure `part` of the figure `whole`, with one decimal; nothing where there is no whole."""

    code: str
    label: str
    part: str
    whole: str
    unit: str = PERCENT


@dataclass(frozen=True)
class Section:
    label: str
    figures: tuple


def matches(row, where):
    """Whether a row, `{dimension: value}`, has one of the wanted values in each dimension."""
    return all(row[dimension] in values for dimension, values in where.items())


def _sum(measure, where, rows_by_kind):
    rows = (row for kind in where["kind"] for row in rows_by_kind.get(kind, ()))
    return sum((row[measure] for row in rows if matches(row, where)), Decimal(0))


def count(figure, rows, standing_rows):
    """Return the figure as a `Decimal`: `rows` are those of the period, `standing_rows` those up to its last day, each `{kind: rows}`."""
    source = standing_rows if figure.stands else rows
    total = _sum(figure.measure, figure.where, source)
    return total - _sum(figure.measure, figure.minus, source) if figure.minus else total


def share(part, whole):
    """Return `part` of `whole` in per cent with one decimal, or None without a whole."""
    if not whole:
        return None
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def count_all(sections, rows, standing_rows):
    """Return `{code: figure}` of all sections; a `Share` may name any figure that stands before it."""
    rows, standing_rows = _by_kind(rows), _by_kind(standing_rows)
    figures = {}
    for section in sections:
        for figure in section.figures:
            if isinstance(figure, Share):
                figures[figure.code] = share(figures[figure.part], figures[figure.whole])
            else:
                figures[figure.code] = count(figure, rows, standing_rows)
    return figures


def _by_kind(rows):
    kinds = {}
    for row in rows:
        kinds.setdefault(row["kind"], []).append(row)
    return kinds


def plan(sections, stands=False):
    """Return `[(kinds, dimensions, measures)]`: what has to be read for the figures of a period, or for the standing ones.

    Kinds of rows that are told apart by the same dimensions are read together, each by no more than its figures ask for: a column that
    nobody asks for is not read, nor the table that it stands in.
    """
    asked = {}
    for section in sections:
        for figure in section.figures:
            if isinstance(figure, Share) or figure.stands != stands:
                continue
            for where in filter(None, (figure.where, figure.minus)):
                for name in where["kind"]:
                    dimensions, measures = asked.setdefault(name, (set(), set()))
                    dimensions |= where.keys() - {"kind"}
                    measures.add(figure.measure)
    reads = {}
    for name, (dimensions, measures) in asked.items():
        kinds, wanted = reads.setdefault(tuple(sorted(dimensions)), ([], set()))
        kinds.append(name)
        wanted |= measures
    return [(kinds, dimensions, sorted(measures)) for dimensions, (kinds, measures) in reads.items()]


DECIMALS = {YUAN: 2, TEN_THOUSAND: 2, HOUR: 1, PERCENT: 1}


def in_unit(value, unit):
    """Return a counted value as a number in its unit: amounts are counted in yuan, and 万元 has two decimals (F§8)."""
    number = Decimal(str(value)) / 10000 if unit == TEN_THOUSAND else Decimal(str(value))
    return number.quantize(Decimal(1).scaleb(-DECIMALS.get(unit, 0)), ROUND_HALF_UP)


def show(value, unit):
    """Return a figure as it is read: amounts with two decimals, hours and per cent with one, all else whole."""
    return f"{in_unit(value, unit):,.{DECIMALS.get(unit, 0)}f}"


def kind(*kinds, **dimensions):
    """The condition on rows of these kinds, with one of the given values in each further dimension."""
    return {"kind": kinds, **dimensions}


LITIGATION = ("litigation",)
NO_LITIGATION = ("advice", "drafting", "mediation", "arbitration")
WON = ("won", "partly_won", "mediated", "settled")
ENDED = kind("closed", "terminated")
MIGRANT = ("migrant_worker",)

CONSULTATIONS = (
    Indicator("consultation", "解答咨询", HEADS, RECORDS, kind("consultation")),
    Indicator("consultation_phone", "　来电", HEADS, RECORDS, kind("consultation", channel=("phone",))),
    Indicator(
        "consultation_visit", "　来访", HEADS, RECORDS, kind("consultation", channel=("visit", "station", "door"))
    ),
    Indicator("consultation_letter", "　来信", HEADS, RECORDS, kind("consultation", channel=("letter",))),
    Indicator("consultation_online", "　网络", HEADS, RECORDS, kind("consultation", channel=("online",))),
    Indicator("consultation_other", "　其他", HEADS, RECORDS, kind("consultation", channel=("other",))),
    Indicator("consultation_migrant", "　其中：农民工", HEADS, RECORDS, kind("consultation", applicant_kind=MIGRANT)),
)
RECIPIENTS = (
    Indicator("persons", "受援人数", HEADS, PERSONS, kind("granted")),
    Indicator("persons_migrant", "　农民工", HEADS, PERSONS, kind("granted", applicant_kind=MIGRANT)),
    Indicator("persons_hardship", "　困难职工", HEADS, PERSONS, kind("granted", applicant_kind=("hardship_worker",))),
    Indicator("persons_model", "　劳模", HEADS, PERSONS, kind("granted", applicant_kind=("model_worker",))),
    Indicator("persons_officer", "　工会干部", HEADS, PERSONS, kind("granted", applicant_kind=("union_officer",))),
    Indicator(
        "persons_organization", "　工会组织", HEADS, PERSONS, kind("granted", applicant_kind=("union_organization",))
    ),
    Indicator("persons_worker", "　其他职工", HEADS, PERSONS, kind("granted", applicant_kind=("worker",))),
    Indicator("persons_member", "　其中：工会会员", HEADS, PERSONS, kind("granted", is_union_member=(True,))),
)
GROUP_CASES = (
    Indicator("group", "群体性案件", PIECES, RECORDS, kind("granted", is_group=(True,))),
    Indicator("group_persons", "群体性案件涉及人数", HEADS, PERSONS, kind("granted", is_group=(True,))),
)
# 人群类别 of the bureau's form; whose sex is not on record stands beside them, so that a gap is not taken for a nought.
PERSON_GROUPS = (
    Indicator("persons_women", "　其中：女性", HEADS, WOMEN, kind("granted")),
    Indicator("persons_disabled", "　其中：残疾人", HEADS, DISABLED, kind("granted")),
    Indicator("persons_minor", "　其中：未成年人", HEADS, MINORS, kind("granted")),
    Indicator("persons_senior", "　其中：老年人", HEADS, SENIORS, kind("granted")),
    Indicator("persons_minority", "　其中：少数民族", HEADS, MINORITY, kind("granted")),
    Indicator("persons_military", "　其中：军人军属", HEADS, MILITARY, kind("granted")),
    Indicator("persons_foreign", "　其中：外国籍", HEADS, FOREIGN, kind("granted")),
    Indicator("persons_unknown_sex", "　性别未登记", HEADS, UNKNOWN_SEX, kind("granted")),
)


def money(unit):
    """The figures of money, each counted in yuan and shown in `unit`."""
    return (
        Indicator("recovered", "挽回经济损失或取得利益", unit, AMOUNT, kind("closed")),
        Indicator(
            "recovered_migrant_wage",
            "　其中：为农民工讨薪",
            unit,
            AMOUNT,
            kind("closed", applicant_kind=MIGRANT, is_wage=(True,)),
        ),
        Indicator("fees", "办案补贴及直接费用", unit, AMOUNT, kind("fee")),
        Indicator("subsidies", "志愿律师工作补贴", unit, AMOUNT, kind("subsidy")),
    )


ACTIVITIES = (
    Indicator("publicity", "普法宣传活动", TIMES, RECORDS, kind("activity", activity_kind=("publicity",))),
    Indicator("publicity_persons", "普法宣传受众", HEADS, PERSONS, kind("activity", activity_kind=("publicity",))),
    Indicator("media", "媒体宣传", TIMES, RECORDS, kind("activity", activity_kind=("media",))),
    Indicator(
        "training", "培训", TIMES, RECORDS, kind("activity", activity_kind=("lawyer_training", "staff_training"))
    ),
    Indicator("joint_meeting", "联席会议", TIMES, RECORDS, kind("activity", activity_kind=("joint_meeting",))),
)

JUSTICE = (
    Section("一、咨询", CONSULTATIONS),
    Section(
        "二、申请与审批",
        (
            Indicator("application", "申请", PIECES, RECORDS, kind("application")),
            Indicator("granted", "批准", PIECES, RECORDS, kind("granted")),
            Indicator("granted_wage", "　劳动报酬", PIECES, RECORDS, kind("granted", is_wage=(True,))),
            Indicator(
                "granted_wage_migrant",
                "　　农民工",
                PIECES,
                RECORDS,
                kind("granted", is_wage=(True,), applicant_kind=MIGRANT),
            ),
            Indicator("granted_injury", "　工伤", PIECES, RECORDS, kind("granted", is_injury=(True,))),
            Indicator(
                "granted_injury_migrant",
                "　　农民工",
                PIECES,
                RECORDS,
                kind("granted", is_injury=(True,), applicant_kind=MIGRANT),
            ),
            Indicator(
                "granted_other",
                "　其他劳动纠纷",
                PIECES,
                RECORDS,
                kind("granted", is_wage=(False,), is_injury=(False,)),
            ),
            Indicator("refused", "未批准", PIECES, RECORDS, kind("refused")),
            Indicator("refused_scope", "　不属于范围", PIECES, RECORDS, kind("refused", reason_id=("not_in_scope",))),
            Indicator(
                "refused_hardship", "　不符合经济困难", PIECES, RECORDS, kind("refused", reason_id=("not_in_hardship",))
            ),
            Indicator("withdrawn", "撤回申请", PIECES, RECORDS, kind("withdrawn")),
        ),
    ),
    Section("三、受援人", (*RECIPIENTS, *PERSON_GROUPS, *GROUP_CASES)),
    Section(
        "四、结案",
        (
            Indicator("closed", "已结", PIECES, RECORDS, kind("closed", "terminated")),
            Indicator(
                "closed_litigation", "　诉讼", PIECES, RECORDS, kind("closed", "terminated", service_form=LITIGATION)
            ),
            Indicator(
                "litigation_won",
                "　　胜诉",
                PIECES,
                RECORDS,
                kind("closed", service_form=LITIGATION, outcome=("won", "partly_won")),
            ),
            Indicator(
                "litigation_lost",
                "　　败诉",
                PIECES,
                RECORDS,
                kind("closed", service_form=LITIGATION, outcome=("lost",)),
            ),
            Indicator(
                "litigation_mediated",
                "　　调解",
                PIECES,
                RECORDS,
                kind("closed", service_form=LITIGATION, outcome=("mediated", "settled")),
            ),
            Indicator(
                "litigation_withdrawn",
                "　　撤诉",
                PIECES,
                RECORDS,
                kind("closed", service_form=LITIGATION, outcome=("withdrawn",)),
            ),
            Indicator(
                "litigation_terminated", "　　终止提供", PIECES, RECORDS, kind("terminated", service_form=LITIGATION)
            ),
            Indicator(
                "closed_other", "　非诉讼", PIECES, RECORDS, kind("closed", "terminated", service_form=NO_LITIGATION)
            ),
            Indicator("other_mediated", "　　调解", PIECES, RECORDS, kind("closed", service_form=("mediation",))),
            Indicator(
                "other_arbitration", "　　劳动仲裁", PIECES, RECORDS, kind("closed", service_form=("arbitration",))
            ),
            Indicator("other_drafting", "　　代书", PIECES, RECORDS, kind("closed", service_form=("drafting",))),
            Indicator("other_advice", "　　咨询意见", PIECES, RECORDS, kind("closed", service_form=("advice",))),
            Indicator(
                "other_terminated", "　　终止提供", PIECES, RECORDS, kind("terminated", service_form=NO_LITIGATION)
            ),
            Indicator("open", "未结（期末）", PIECES, RECORDS, kind("granted"), minus=ENDED, stands=True),
        ),
    ),
    Section("五、成效与经费", money(TEN_THOUSAND)),
    Section(
        "六、投诉",
        (
            Indicator("complaint", "投诉", PIECES, RECORDS, kind("complaint")),
            Indicator(
                "complaint_neglect",
                "　懈怠或擅自停止",
                PIECES,
                RECORDS,
                kind("complaint", complaint_category=("neglect",)),
            ),
            Indicator(
                "complaint_property", "　收取财物", PIECES, RECORDS, kind("complaint", complaint_category=("property",))
            ),
            Indicator("complaint_verified", "　查证属实", PIECES, RECORDS, kind("complaint", verdict=("verified",))),
            Indicator("complaint_unfounded", "　查证不实", PIECES, RECORDS, kind("complaint", verdict=("unfounded",))),
        ),
    ),
)

UNION = (
    Section("一、接待咨询", CONSULTATIONS),
    Section(
        "二、受理案件",
        (
            Indicator("application", "收到申请", PIECES, RECORDS, kind("application")),
            Indicator("granted", "受理案件", PIECES, RECORDS, kind("granted")),
            Indicator("granted_drafting", "　代书", PIECES, RECORDS, kind("granted", service_form=("drafting",))),
            Indicator("granted_mediation", "　调解", PIECES, RECORDS, kind("granted", service_form=("mediation",))),
            Indicator("granted_arbitration", "　仲裁", PIECES, RECORDS, kind("granted", service_form=("arbitration",))),
            Indicator("granted_litigation", "　诉讼", PIECES, RECORDS, kind("granted", service_form=LITIGATION)),
            Indicator("granted_wage", "　其中：拖欠工资", PIECES, RECORDS, kind("granted", is_wage=(True,))),
            Indicator("granted_injury", "　其中：工伤", PIECES, RECORDS, kind("granted", is_injury=(True,))),
            Indicator("granted_green", "　其中：绿色通道", PIECES, RECORDS, kind("granted", is_green=(True,))),
            *RECIPIENTS,
            *GROUP_CASES,
        ),
    ),
    Section(
        "三、办理结果",
        (
            Indicator("closed", "办结案件", PIECES, RECORDS, kind("closed")),
            Indicator("won", "　胜诉或调解成功", PIECES, RECORDS, kind("closed", outcome=WON)),
            Share("won_share", "　胜诉及调解成功率", "won", "closed"),
            Indicator("terminated", "终止援助", PIECES, RECORDS, kind("terminated")),
            Indicator("open", "在办案件（期末）", PIECES, RECORDS, kind("granted"), minus=ENDED, stands=True),
            Indicator("clocks", "到期期限", PIECES, RECORDS, kind("clock")),
            Indicator("clocks_kept", "　按期办结", PIECES, RECORDS, kind("clock", is_on_time=(True,))),
            Share("clocks_share", "　按期率", "clocks_kept", "clocks"),
            Indicator("hours", "律师服务时数", HOUR, HOURS, kind("work")),
        ),
    ),
    Section("四、成效与经费", money(YUAN)),
    Section("五、宣传与活动", ACTIVITIES),
)

LAYOUTS = {"justice": JUSTICE, "union": UNION}
OVERLAP = "注：一件案件可同时属于多个受援人类别或事项，各分类行之和不等于合计。申请、批准、结案、支付各按当日计入，期限按届满日计入。"
NOTES = {
    "justice": OVERLAP + "金额单位为万元，保留两位小数，各单位四舍五入后之和与合计可能略有出入。",
    "union": OVERLAP + "金额单位为元。",
}
