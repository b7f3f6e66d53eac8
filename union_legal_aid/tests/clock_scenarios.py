"""Dated scenarios of every clock; the expected days were counted by hand, on the calendars of 2025 and 2026.

Each row: id, facts (a function of the calendar that gives the `Limit`), last day (None where there is none for now),
source. The year 2027 has not been announced: only its weekends are known.
"""

import re
from datetime import date

from ..tools import clocks, limitation
from ..tools.limitation import ArbitrationFacts, CivilFacts, EnforcementFacts, Interruption


def dated(value):
    """Return `value` with every ISO date in it, however deep, made a date."""
    if isinstance(value, str):
        return date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else value
    if isinstance(value, (list, tuple)):
        return tuple(dated(item) for item in value)
    if isinstance(value, dict):
        return {key: dated(item) for key, item in value.items()}
    return value


def clock(kind, trigger, **events):
    return lambda calendar: clocks.reckon(kind, dated(trigger), calendar, **dated(events))


def arbitrate(known=None, **facts):
    return lambda calendar: limitation.arbitration_limit(ArbitrationFacts(dated(known), **dated(facts)), calendar)


def wages(ended=None, **facts):
    return arbitrate(is_wage_arrears=True, employment_ended=ended, **facts)


def enforce(performance_ended=None, **facts):
    return lambda calendar: limitation.enforcement_limit(
        EnforcementFacts(dated(performance_ended), **dated(facts)), calendar
    )


def civil(known, **facts):
    return lambda calendar: limitation.civil_limit(CivilFacts(dated(known), **dated(facts)), calendar)


def procedure(begun, ended=None):
    return Interruption(dated(begun), "relief", dated(ended))


AID = [
    ("decide-spring-festival", clock("decide", "2026-02-10"), "2026-02-24", "F§12 worked example; LAA §43"),
    ("assign-labour-day", clock("assign", "2026-04-30"), "2026-05-06", "F§12 worked example; LAA §43"),
    ("file-national-day", clock("file_submit", "2026-09-01"), "2026-10-08", "F§12 worked example"),
    ("replace-make-up-sunday", clock("replace_decide", "2026-09-17"), "2026-09-23", "F§12 worked example"),
    ("decide-plain", clock("decide", "2026-03-02"), "2026-03-09", "LAA §43; 民法典 §201"),
    ("decide-ends-on-sunday", clock("decide", "2026-03-01"), "2026-03-09", "民法典 §203"),
    ("decide-ends-on-make-up-saturday", clock("decide", "2026-02-07"), "2026-02-14", "F§12: no rest day"),
    ("decide-first-day-of-festival", clock("decide", "2026-02-08"), "2026-02-24", "民法典 §203"),
    ("decide-new-year-make-up-sunday", clock("decide", "2025-12-25"), "2026-01-04", "F§12: 1/1-3 off, 1/4 made up"),
    ("decide-over-year-end", clock("decide", "2025-12-28"), "2026-01-04", "F§12"),
    ("decide-green", clock("decide", "2026-03-02", variant="green"), "2026-03-05", "I8, default 3"),
    (
        "decide-green-by-policy",
        clock("decide", "2026-03-02", variant="green", figures={"decide_days": 6, "green_decide_days": 2}),
        "2026-03-04",
        "I8, O6",
    ),
    ("decide-by-policy", clock("decide", "2026-03-02", figures={"decide_days": 5}), "2026-03-09", "O6; Sat 7 moves"),
    ("decide-figure-unset", clock("decide", "2026-03-02", figures={"decide_days": 0}), "2026-03-09", "O6: default"),
    ("decide-paused", clock("decide", "2026-03-02", pauses=[("2026-03-04", "2026-03-10")]), "2026-03-16", "I7, R2"),
    (
        "decide-restarted",
        clock("decide", "2026-03-02", pauses=[("2026-03-04", "2026-03-10")], after_pause="restart"),
        "2026-03-17",
        "F§1.3: counted from the complete application",
    ),
    (
        "decide-paused-on-the-last-day",
        clock("decide", "2026-03-02", pauses=[("2026-03-09", "2026-03-12")]),
        "2026-03-12",
        "R2",
    ),
    (
        "decide-paused-too-late",
        clock("decide", "2026-03-02", pauses=[("2026-03-10", "2026-03-12")]),
        "2026-03-09",
        "R2",
    ),
    ("decide-papers-awaited", clock("decide", "2026-03-02", pauses=[("2026-03-04", None)]), None, "R2"),
    (
        "decide-papers-awaited-but-limitation-ends",
        clock("decide", "2026-03-02", pauses=[("2026-03-04", None)], cut="2026-03-12"),
        "2026-03-12",
        "I9",
    ),
    (
        "decide-two-pauses-overlap",
        clock("decide", "2026-03-02", pauses=[("2026-03-06", "2026-03-12"), ("2026-03-04", "2026-03-10")]),
        "2026-03-17",
        "8 days once",
    ),
    ("decide-cut", clock("decide", "2026-03-02", cut="2026-03-07"), "2026-03-07", "I9: a cut does not move"),
    ("decide-cut-after-the-end", clock("decide", "2026-03-02", cut="2026-03-20"), "2026-03-09", "I9"),
    ("supplement-festival", clock("supplement", "2026-02-09"), "2026-02-24", "I7"),
    (
        "supplement-by-policy",
        clock("supplement", "2026-03-04", figures={"supplement_days": 10}),
        "2026-03-16",
        "I7: the law names no number",
    ),
    ("assign-mid-autumn", clock("assign", "2026-09-22"), "2026-09-28", "LAA §43"),
    ("assign-friday", clock("assign", "2026-03-06"), "2026-03-09", "LAA §43"),
    ("assign-national-day", clock("assign", "2026-09-30"), "2026-10-08", "LAA §43"),
    ("agency-saturday", clock("agency", "2026-03-02"), "2026-03-09", "C1; 程序规定 §27"),
    ("agency-make-up-saturday", clock("agency", "2026-02-23"), "2026-02-28", "C1; F§12"),
    ("agency-extended", clock("agency", "2026-03-02", extensions=[("2026-03-06", 5)]), "2026-03-12", "程序规定 §27"),
    (
        "agency-extended-on-the-moved-day",
        clock("agency", "2026-03-02", extensions=[("2026-03-09", 5)]),
        "2026-03-12",
        "民法典 §203",
    ),
    ("agency-extended-late", clock("agency", "2026-03-02", extensions=[("2026-03-10", 5)]), "2026-03-09", "over"),
    ("objection-dragon-boat", clock("objection_review", "2026-06-14"), "2026-06-22", "LAA §49(2)"),
    ("terminate-notify-unknown-year", clock("terminate_notify", "2026-12-30"), "2027-01-04", "C7; F§12"),
    ("major-report-qingming", clock("major_report", "2026-04-02"), "2026-04-07", "C4"),
    ("silence-stays-on-sunday", clock("silence", "2026-03-01"), "2026-03-15", "C3: no period of the Civil Code"),
    ("file-review-festival", clock("file_review", "2026-01-20"), "2026-02-24", "C8"),
    ("file-leap-day", clock("file_submit", "2024-01-30"), "2024-02-29", "C8"),
    ("file-no-leap-day", clock("file_submit", "2025-01-30"), "2025-03-03", "C8; March 1 is a Saturday"),
    ("pay-plain", clock("pay", "2026-03-02"), "2026-04-01", "LAA §52: 及时"),
    ("pay-by-policy", clock("pay", "2026-03-02", figures={"pay_days": 60}), "2026-05-06", "O6"),
    ("ledger-from-january", clock("ledger", "2026-01-01"), "2026-05-20", "V1"),
    ("ledger-on-the-day", clock("ledger", "2026-05-20"), "2026-05-20", "V1: the 20th is on time"),
    ("ledger-next-year", clock("ledger", "2026-05-21"), "2027-05-20", "V1"),
    ("summary-december-sunday", clock("county_report", "2026-05-21"), "2026-12-21", "V2"),
    ("summary-december-stays", clock("county_report", "2026-05-21", rest_day="stay"), "2026-12-20", "V2"),
    ("reply-plain", clock("reply", "2026-03-02"), "2026-03-09", "T6"),
    ("complaint-acknowledge", clock("complaint_acknowledge", "2026-03-02"), "2026-03-09", "T7"),
    ("complaint-reply", clock("complaint_reply", "2026-03-02"), "2026-03-09", "T7"),
    ("complaint-decide", clock("complaint_decide", "2026-03-02"), "2026-05-06", "T7; 5/1–5/5 are holidays"),
    ("complaint-inform", clock("complaint_inform", "2026-03-02"), "2026-03-09", "T7"),
    ("formalities-labour-day", clock("formalities", "2026-04-24"), "2026-05-06", "I9; LAA §44(2)"),
    ("exit-working-days", clock("exit_settle", "2026-09-17"), "2026-10-14", "R15; 9/20 and 10/10 made up"),
    ("publish-plain", clock("publish", "2026-06-15"), "2026-06-22", "T13; 办法 §6"),
    ("roster-update-dragon-boat", clock("roster_update", "2026-06-12"), "2026-06-22", "T13; 6/19 to 6/21 are off"),
    ("take-down-next-working-day", clock("take_down", "2026-06-18"), "2026-06-22", "T13; PIPL §15"),
    ("supervision-working-days", clock("supervision_reply", "2026-02-09"), "2026-03-06", "C14; 2/14, 2/28 made up"),
]
PROCEDURE = [
    ("mediation", clock("mediation", "2026-03-02"), "2026-03-17", "调解仲裁法 §14"),
    ("acceptance-festival", clock("arbitration_acceptance", "2026-02-10"), "2026-02-24", "§29"),
    ("copy", clock("application_copy", "2026-03-02"), "2026-03-09", "§30"),
    ("answer", clock("answer", "2026-03-02"), "2026-03-12", "§30"),
    ("hearing-notice-moves-back", clock("hearing_notice", "2026-03-20"), "2026-03-13", "§35; Sunday 15"),
    ("hearing-notice-festival", clock("hearing_notice", "2026-02-26"), "2026-02-14", "§35; made-up Saturday"),
    ("hearing-postponement", clock("hearing_postponement", "2026-03-20"), "2026-03-17", "§35"),
    ("award", clock("award", "2026-03-02"), "2026-04-16", "§43"),
    ("award-extended", clock("award", "2026-03-02", extensions=[("2026-04-10", 15)]), "2026-05-06", "§43; May 1"),
    ("award-extended-late", clock("award", "2026-03-02", extensions=[("2026-04-17", 15)]), "2026-04-16", "§43"),
    (
        "award-paused",
        clock("award", "2026-03-02", pauses=[("2026-03-10", "2026-03-20")]),
        "2026-04-27",
        "办案规则 §46(6)",
    ),
    ("sue-non-acceptance", clock("sue_non_acceptance", "2026-03-02"), "2026-03-17", "§29, practice"),
    ("sue-award-national-day", clock("sue_award", "2026-09-20"), "2026-10-08", "§50"),
    ("sue-award-saturday", clock("sue_award", "2026-03-06"), "2026-03-23", "§50"),
    ("sue-final-award-festival", clock("sue_final_award", "2026-01-31"), "2026-02-24", "§48"),
    ("annul-final-award", clock("annul_final_award", "2026-01-31"), "2026-03-02", "§49(1)"),
    ("annul-after-festival", clock("annul_final_award", "2026-01-25"), "2026-02-24", "§49(1)"),
    ("sue-after-annulment", clock("sue_after_annulment", "2026-03-02"), "2026-03-17", "§49(3)"),
    ("annul-after-dismissal", clock("annul_after_dismissal", "2026-03-02"), "2026-04-01", "法释〔2020〕26号 §21"),
    ("sue-after-non-enforcement", clock("sue_after_non_enforcement", "2026-03-05"), "2026-04-07", "同上 §24; 4/4 off"),
    ("appeal-judgment-festival", clock("appeal_judgment", "2026-02-02"), "2026-02-24", "民诉法 §171"),
    ("appeal-ruling", clock("appeal_ruling", "2026-03-03"), "2026-03-13", "民诉法 §171"),
    ("retrial-no-such-day", clock("retrial", "2025-08-31"), "2026-02-28", "民诉法 §216; 民法典 §202; made up"),
    ("retrial-festival", clock("retrial", "2025-08-15"), "2026-02-24", "民诉法 §216"),
    ("enforce-preserved", clock("enforce_preserved", "2025-11-30"), "2026-02-28", "法释〔2020〕26号 §49"),
    ("preservation", clock("preservation_sue", "2026-03-02"), "2026-04-01", "民诉法 §104"),
    ("confirm-mediation", clock("confirm_mediation", "2026-03-02"), "2026-04-01", "民诉法 §205"),
    ("payment-order-notice", clock("payment_order_notice", "2026-03-02"), "2026-03-09", "民诉法 §226"),
    ("payment-order", clock("payment_order", "2026-03-02"), "2026-03-17", "民诉法 §227"),
    ("payment-order-objection", clock("payment_order_objection", "2026-04-20"), "2026-05-06", "民诉法 §227"),
    ("court-docket", clock("court_docket", "2026-03-02"), "2026-03-09", "民诉法 §126"),
    ("defence", clock("defence", "2026-03-02"), "2026-03-17", "民诉法 §128"),
    ("injury-employer", clock("injury_employer", "2026-03-02"), "2026-04-01", "工伤保险条例 §17"),
    ("injury-worker", clock("injury_worker", "2025-02-28"), "2026-02-28", "工伤保险条例 §17; made up"),
    ("injury-worker-leap-day", clock("injury_worker", "2024-02-29"), "2025-02-28", "民法典 §202"),
    (
        "injury-worker-not-his-fault",
        clock("injury_worker", "2025-03-10", pauses=[("2025-06-01", "2025-09-01")]),
        "2026-06-10",
        "法释〔2014〕9号 §7: 92 days",
    ),
    ("injury-decision", clock("injury_decision", "2026-03-02"), "2026-05-06", "工伤保险条例 §20"),
    ("injury-decision-waits", clock("injury_decision", "2026-03-02", pauses=[("2026-03-09", None)]), None, "§20(3)"),
    ("injury-decision-simple", clock("injury_decision_simple", "2026-03-02"), "2026-03-17", "§20(2)"),
    ("appraisal-extended", clock("appraisal", "2026-03-02", extensions=[("2026-04-20", 30)]), "2026-06-01", "§25"),
    ("reappraisal", clock("reappraisal", "2026-03-02"), "2026-03-17", "§26"),
    (
        "appraisal-review-stays",
        clock("appraisal_review", "2025-03-08"),
        "2026-03-08",
        "§28: a wait, no last day to act",
    ),
    ("reconsideration", clock("reconsideration", "2026-03-02"), "2026-05-06", "行政复议法 §20, §88"),
    ("administrative-suit", clock("administrative_suit", "2025-08-31"), "2026-02-28", "行政诉讼法 §46"),
    ("suit-after-reconsideration", clock("suit_after_reconsideration", "2026-03-02"), "2026-03-17", "行政诉讼法 §45"),
    ("inspection-report-stays", clock("inspection_report", "2024-03-01"), "2026-03-01", "劳动保障监察条例 §20"),
    ("inspection-working-days", clock("inspection", "2026-03-02"), "2026-05-28", "劳动保障监察条例 §17"),
]
JUNE = ("2025-06-01", "2025-07-01")  # 30 days
LIMITATION = [
    ("year", arbitrate("2025-03-10"), "2026-03-10", "调解仲裁法 §27(1)"),
    ("year-from-leap-day", arbitrate("2024-02-29"), "2025-02-28", "民法典 §202"),
    ("year-into-leap-year", arbitrate("2023-02-28"), "2024-02-28", "民法典 §202"),
    ("year-festival", arbitrate("2025-02-17"), "2026-02-24", "民法典 §203"),
    ("year-make-up-saturday", arbitrate("2025-02-14"), "2026-02-14", "F§12"),
    ("year-last-of-december", arbitrate("2024-12-31"), "2025-12-31", "§27(1)"),
    ("year-new-year", arbitrate("2025-01-01"), "2026-01-04", "F§12"),
    (
        "year-end-of-employment-plays-no-part",
        arbitrate("2025-03-10", employment_ended="2025-06-30"),
        "2026-03-10",
        "§27",
    ),
    ("wages-employed", wages(), None, "§27(4)"),
    ("wages-ended", wages("2025-06-30"), "2026-06-30", "§27(4)"),
    ("wages-ended-old-arrears", wages("2025-02-20", known="2019-01-01"), "2026-02-24", "§27(4)"),
    ("wages-claim-while-employed", wages("2025-06-30", interruptions=["2025-05-01"]), "2026-06-30", "§27(4)"),
    ("claim", arbitrate("2025-03-10", interruptions=["2025-12-01"]), "2026-12-01", "§27(2)"),
    ("claim-on-the-moved-last-day", arbitrate("2025-02-17", interruptions=["2026-02-24"]), "2027-02-24", "§27(2)"),
    ("claim-a-day-late", arbitrate("2025-02-17", interruptions=["2026-02-25"]), "2026-02-24", "no revival"),
    (
        "claim-relief-promise",
        arbitrate(
            "2025-03-10",
            interruptions=[Interruption(date(2027, 5, 28), "promise"), procedure("2026-05-30"), "2025-06-01"],
        ),
        "2028-05-29",
        "§27(2); 办案规则 §27; Sunday 28",
    ),
    (
        "chain-broken",
        arbitrate("2025-03-10", interruptions=["2025-06-01", "2026-06-02", "2026-07-01"]),
        "2026-06-01",
        "the second claim is a day late, so is the third",
    ),
    (
        "relief-from-the-interruption",
        arbitrate("2025-03-10", interruptions=[procedure("2025-12-01", "2026-03-01")]),
        "2026-12-01",
        "§27(2) 从中断时起",
    ),
    (
        "relief-held",
        arbitrate("2025-03-10", interruptions=[procedure("2025-12-01", "2026-03-01")], procedures_hold=True),
        "2027-03-01",
        "民法典 §195 有关程序终结时起",
    ),
    ("relief-pending", arbitrate("2025-03-10", interruptions=[procedure("2025-12-01")]), "2026-12-01", "§27(2)"),
    (
        "relief-pending-held",
        arbitrate("2025-03-10", interruptions=[procedure("2025-12-01")], procedures_hold=True),
        None,
        "民法典 §195",
    ),
    (
        "relief-held-one-inside-the-other",
        arbitrate(
            "2025-03-10",
            interruptions=[procedure("2025-08-01", "2025-10-01"), procedure("2025-06-01", "2026-01-10")],
            procedures_hold=True,
        ),
        "2027-01-11",
        "民法典 §195; Sunday 10",
    ),
    ("suspension-early", arbitrate("2025-03-10", suspensions=[JUNE]), "2026-04-09", "§27(3): at any time of the year"),
    (
        "suspensions-overlap",
        arbitrate("2025-03-10", suspensions=[("2025-06-10", "2025-07-01"), ("2025-06-01", "2025-06-20")]),
        "2026-04-09",
        "30 days once",
    ),
    (
        "suspension-on-the-last-day",
        arbitrate("2025-03-10", suspensions=[("2026-03-10", "2026-03-15")]),
        "2026-03-16",
        "§27(3); Sunday 15",
    ),
    (
        "suspension-on-the-moved-day",
        arbitrate("2025-03-08", suspensions=[("2026-03-09", "2026-03-12")]),
        "2026-03-12",
        "民法典 §203: Monday 9 was the last day",
    ),
    (
        "suspension-after-the-end",
        arbitrate("2025-03-10", suspensions=[("2026-03-11", "2026-05-01")]),
        "2026-03-10",
        "no revival",
    ),
    ("suspension-lasts", arbitrate("2025-03-10", suspensions=[("2025-06-01", None)]), None, "§27(3)"),
    (
        "suspension-over-the-start",
        arbitrate("2025-03-10", suspensions=[("2025-03-01", "2025-03-20")]),
        "2026-03-20",
        "counted from the start: 10 days",
    ),
    (
        "claim-during-suspension",
        arbitrate("2025-03-10", suspensions=[JUNE], interruptions=["2025-06-20"]),
        "2026-07-01",
        "11 of the 30 days follow the claim",
    ),
    (
        "claim-in-the-lengthened-time",
        arbitrate("2025-03-10", suspensions=[JUNE], interruptions=["2026-04-09"]),
        "2027-04-09",
        "§27(2), (3)",
    ),
    (
        "claim-after-the-lengthened-time",
        arbitrate("2025-03-10", suspensions=[JUNE], interruptions=["2026-04-10"]),
        "2026-04-09",
        "no revival",
    ),
    ("enforce", enforce("2024-03-10"), "2026-03-10", "民诉法 §250"),
    ("enforce-from-effect", enforce(date_effective="2024-02-29"), "2026-02-28", "民诉法 §250(2)"),
    ("enforce-obstacle-early", enforce("2024-03-10", suspensions=[("2024-06-01", "2024-07-01")]), "2026-03-10", "§19"),
    (
        "enforce-obstacle-in-last-half-year",
        enforce("2024-03-10", suspensions=[("2026-01-01", "2026-01-31")]),
        "2026-04-09",
        "执行程序解释 §19: the rest runs on",
    ),
    (
        "enforce-obstacle-into-last-half-year",
        enforce("2024-03-10", suspensions=[("2025-08-01", "2025-09-20")]),
        "2026-03-20",
        "only the 10 days from 2025-09-10",
    ),
    (
        "enforce-half-year-after",
        enforce("2024-03-10", suspensions=[("2026-01-01", "2026-01-31")], after_pause="half_year_after"),
        "2026-07-31",
        "民法典 §194(2)",
    ),
    (
        "enforce-counted-as-a-plain-clock",
        clock("enforcement", "2024-03-10", pauses=[("2024-06-01", "2024-07-01")]),
        "2026-03-10",
        "执行程序解释 §19",
    ),
    ("enforce-claim", enforce("2024-03-10", interruptions=["2025-06-02"]), "2027-06-02", "执行程序解释 §20"),
    ("civil", civil("2023-03-10"), "2026-03-10", "民法典 §188"),
    ("civil-obstacle-early", civil("2023-03-10", suspensions=[("2024-01-01", "2025-01-01")]), "2026-03-10", "§194"),
    (
        "civil-obstacle-in-last-half-year",
        civil("2023-03-10", suspensions=[("2026-01-01", "2026-01-31")]),
        "2026-07-31",
        "民法典 §194(2)",
    ),
    (
        "civil-obstacle-into-last-half-year",
        civil("2023-03-10", suspensions=[("2025-01-01", "2025-09-20")]),
        "2026-03-20",
        "民法典 §194(2)",
    ),
    (
        "civil-obstacle-just-before",
        civil("2023-03-10", suspensions=[("2025-01-01", "2025-09-10")]),
        "2026-03-10",
        "§194",
    ),
    ("civil-obstacle-lasts", civil("2023-03-10", suspensions=[("2026-01-01", None)]), None, "民法典 §194"),
    (
        "civil-lawsuit",
        civil("2023-03-10", interruptions=[procedure("2025-05-01", "2025-11-05")]),
        "2028-11-06",
        "民法典 §195; Sunday 5",
    ),
    ("civil-lawsuit-pending", civil("2023-03-10", interruptions=[procedure("2025-05-01")]), None, "民法典 §195"),
    ("civil-twenty-years", civil("2025-01-01", date_infringed="2006-01-09"), "2026-01-09", "民法典 §188(2)"),
    (
        "civil-twenty-years-in-any-case",
        civil("2025-01-01", date_infringed="2006-01-09", interruptions=[procedure("2025-05-01")]),
        "2026-01-09",
        "总则编解释 §35",
    ),
]
SCENARIOS = AID + PROCEDURE + LIMITATION
