import base64
import io
from datetime import date

import openpyxl
from freezegun import freeze_time
from lxml import html

from odoo.tests import tagged

from ..tools import ids, indicators
from .casework_common import LegalAidCaseworkCommon

# The periods in which everything is counted, in the order of the columns below. 20 May belongs to the year that begins on it: county
# reports and ledgers are due on that day, which ends the year before (办法 §四), and the service of the team began on 20 May 2016.
PERIODS = (
    {"period_kind": "calendar", "year": 2026},  # 1 January 2026 to 31 December 2026
    {"period_kind": "justice", "year": 2026},  # 1 December 2025 to 30 November 2026
    {"period_kind": "union", "year": 2026},  # 20 May 2026 to 19 May 2027
    {"period_kind": "free", "date_from": "2025-11-30", "date_to": "2025-12-31"},
)
# The fixture: who, what, granted (and handed in) and closed. Every day lies on a boundary.
#  c   union matter     form         recipient        granted     closed      outcome     yuan
#  1   a     wages      arbitration  migrant, woman   2025-11-30  2025-12-31  won         10,000.00
#  2   a     wages      litigation   12 migrants      2025-12-01  2026-01-01  partly won  25,000.50
#            on the list: a man of 40, a woman of 61, a boy of 17; nine are not listed
#  3   a     injury     litigation   other, man of 60 2025-12-31  2026-05-19  lost
#  4   a     insurance  mediation    hardship, woman  2026-01-01  2026-05-20  mediated     3,000.00   a soldier's wife
#  5   b     wages      litigation   migrant, man     2026-05-19  2026-11-30  settled      8,000.00   member, minority, green
#  6   b     injury     drafting     model, woman     2026-05-20  2026-12-01  completed               disabled
#  7   b     wages      advice       migrant, man     2026-11-30  2026-12-31  terminated
#  8   a     wages      arbitration  migrant, man     2026-12-01  –                                   a foreigner
#  9   a     handed in 2026-05-20, refused on 2026-05-21: not in scope
#  10  b     handed in 2026-11-30, withdrawn on 2026-12-01
# Calls: a 2025-11-30 phone, migrant; a 2025-12-01 visit, hardship; b 2026-05-19 letter, other; b 2026-05-20 online, migrant;
# a 2026-12-31 other, other. One complaint: a 2026-05-20, neglect, verified.
#
# Counted by hand, county a + county b in each of the four periods; the city itself has none. A figure that is not named is nought.
BOTH_LAYOUTS = """
consultation            1+2  1+2  1+1  2+0
consultation_phone      0+0  0+0  0+0  1+0
consultation_visit      0+0  1+0  0+0  1+0
consultation_letter     0+1  0+1  0+0  0+0
consultation_online     0+1  0+1  0+1  0+0
consultation_other      1+0  0+0  1+0  0+0
consultation_migrant    0+1  0+1  0+1  1+0
application             3+4  4+4  2+3  3+0
granted                 2+3  3+3  1+2  3+0
granted_wage            1+2  1+2  1+1  2+0
granted_injury          0+1  1+1  0+1  1+0
persons                 2+3  14+3 1+2  14+0
persons_migrant         1+2  12+2 1+1  13+0
persons_hardship        1+0  1+0  0+0  0+0
persons_model           0+1  0+1  0+1  0+0
persons_worker          0+0  1+0  0+0  1+0
persons_member          0+1  0+1  0+0  0+0
group                   0+0  1+0  0+0  1+0
group_persons           0+0  12+0 0+0  12+0
open                    1+0  0+2  1+0  2+0
recovered               28000.5+8000 38000.5+8000 3000+8000 10000+0
recovered_migrant_wage  25000.5+8000 35000.5+8000 0+8000 10000+0
"""
JUSTICE = """
granted_wage_migrant    1+2  1+2  1+1  2+0
granted_other           1+0  1+0  0+0  0+0
refused                 1+0  1+0  1+0  0+0
refused_scope           1+0  1+0  1+0  0+0
withdrawn               0+1  0+0  0+1  0+0
persons_women           1+1  2+1  0+1  2+0
persons_disabled        0+1  0+1  0+1  0+0
persons_minor           0+0  1+0  0+0  1+0
persons_senior          0+0  2+0  0+0  2+0
persons_minority        0+1  0+1  0+0  0+0
persons_military        1+0  1+0  0+0  0+0
persons_foreign         1+0  0+0  1+0  0+0
persons_unknown_sex     0+0  9+0  0+0  9+0
closed                  3+3  4+1  1+3  1+0
closed_litigation       2+1  2+1  0+1  0+0
litigation_won          1+0  1+0  0+0  0+0
litigation_lost         1+0  1+0  0+0  0+0
litigation_mediated     0+1  0+1  0+1  0+0
closed_other            1+2  2+0  1+2  1+0
other_mediated          1+0  1+0  1+0  0+0
other_arbitration       0+0  1+0  0+0  1+0
other_drafting          0+1  0+0  0+1  0+0
other_terminated        0+1  0+0  0+1  0+0
complaint               1+0  1+0  1+0  0+0
complaint_neglect       1+0  1+0  1+0  0+0
complaint_verified      1+0  1+0  1+0  0+0
"""
UNION = """
granted_drafting        0+1  0+1  0+1  0+0
granted_mediation       1+0  1+0  0+0  0+0
granted_arbitration     1+0  0+0  1+0  1+0
granted_litigation      0+1  2+1  0+0  2+0
granted_green           0+1  0+1  0+0  0+0
closed                  3+2  4+1  1+2  1+0
won                     2+1  3+1  1+1  1+0
terminated              0+1  0+0  0+1  0+0
"""
# Of 5, 5, 3 and 1 closed cases were won or settled 3, 4, 2 and 1.
WON_SHARE = ("60.0", "80.0", "66.7", "100.0")
# The cases behind some figures, by their numbers above.
BEHIND = {
    "granted": ((4, 5, 6, 7, 8), (2, 3, 4, 5, 6, 7), (6, 7, 8), (1, 2, 3)),
    "granted_wage": ((5, 7, 8), (2, 5, 7), (7, 8), (1, 2)),
    "persons_women": ((4, 6), (2, 4, 6), (6,), (1, 2)),
    "persons_senior": ((), (2, 3), (), (2, 3)),
    "refused_scope": ((9,), (9,), (9,), ()),
    "closed_litigation": ((2, 3, 5), (2, 3, 5), (5,), ()),
    "open": ((8,), (6, 7), (8,), (2, 3)),
}
# What the pivot shows of granted cases by form and recipient, of closed ones by outcome.
PIVOT = {
    ("granted", "service_form"): (
        {"litigation": 1, "mediation": 1, "drafting": 1, "advice": 1, "arbitration": 1},
        {"litigation": 3, "mediation": 1, "drafting": 1, "advice": 1},
        {"drafting": 1, "advice": 1, "arbitration": 1},
        {"arbitration": 1, "litigation": 2},
    ),
    ("granted", "applicant_kind"): (
        {"migrant_worker": 3, "hardship_worker": 1, "model_worker": 1},
        {"migrant_worker": 3, "worker": 1, "hardship_worker": 1, "model_worker": 1},
        {"migrant_worker": 2, "model_worker": 1},
        {"migrant_worker": 2, "worker": 1},
    ),
    ("closed", "outcome"): (
        {"partly_won": 1, "lost": 1, "mediated": 1, "settled": 1, "completed": 1},
        {"won": 1, "partly_won": 1, "lost": 1, "mediated": 1, "settled": 1},
        {"mediated": 1, "settled": 1, "completed": 1},
        {"won": 1},
    ),
}


def read_table(text):
    """``{code: ((of county a, of county b), …)}`` for the four periods."""
    return {
        code: tuple(tuple(float(part) for part in cell.split("+")) for cell in cells)
        for code, *cells in (line.split() for line in text.strip().splitlines())
    }


BY_HAND = {
    "justice": read_table(BOTH_LAYOUTS + JUSTICE.lstrip("\n")),
    "union": read_table(BOTH_LAYOUTS + UNION.lstrip("\n")),
}


def number(birth, sequence, place="410402"):
    """An identity number; the last digit of the sequence is odd for men."""
    digits = f"{place}{birth:%Y%m%d}{sequence}"
    return digits + ids._resident_check(digits)


@tagged("post_install", "-at_install")
class TestStatisticsByHand(LegalAidCaseworkCommon):
    """V4: figures counted by hand are the same on the page, in the workbook, on paper, in the pivot and behind each figure, in all kinds
    of periods and on their first and last days.
    """

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["legal.aid.consultation"].search([]).sudo().write({"date": "2001-01-01"})
        cls._create_fixture_cases()
        cls._create_fixture_calls()

    @classmethod
    def _create_fixture_cases(cls):
        a, b = (cls.a_officer, cls.county_a), (cls.b_officer, cls.county_b)
        wages, insurance = cls.matter_wages, cls.matter_insurance
        injury = cls.env.ref("union_legal_aid.matter_work_injury")
        woman, man = number(date(1985, 1, 1), "022"), number(date(1985, 1, 1), "011")
        of_60, foreigner = number(date(1965, 12, 31), "031"), number(date(1985, 1, 1), "011", "941840")
        cls.cases = {}
        for key, by, matter, form, kind, id_number, granted, closed, outcome, amount, more in (
            (1, a, wages, "arbitration", "migrant_worker", woman, "2025-11-30", "2025-12-31", "won", 10000, {}),
            (
                2,
                a,
                wages,
                "litigation",
                "migrant_worker",
                man,
                "2025-12-01",
                "2026-01-01",
                "partly_won",
                25000.5,
                {"headcount": 12},
            ),
            (3, a, injury, "litigation", "worker", of_60, "2025-12-31", "2026-05-19", "lost", 0, {}),
            (4, a, insurance, "mediation", "hardship_worker", woman, "2026-01-01", "2026-05-20", "mediated", 3000, {}),
            (
                5,
                b,
                wages,
                "litigation",
                "migrant_worker",
                man,
                "2026-05-19",
                "2026-11-30",
                "settled",
                8000,
                {"is_union_member": True, "priority": "green"},
            ),
            (6, b, injury, "drafting", "model_worker", woman, "2026-05-20", "2026-12-01", "completed", 0, {}),
            (7, b, wages, "advice", "migrant_worker", man, "2026-11-30", "2026-12-31", "terminated", 0, {}),
            (8, a, wages, "arbitration", "migrant_worker", foreigner, "2026-12-01", False, False, 0, {}),
            (9, a, wages, "advice", "worker", man, False, False, False, 0, {"application_date": "2026-05-20"}),
            (10, b, wages, "advice", "worker", man, False, False, False, 0, {"application_date": "2026-11-30"}),
        ):
            user, union = by
            case = (
                cls.env["legal.aid.case"]
                .with_user(user)
                .create(
                    cls._prepare_case(
                        employer_place_id=union.id,
                        matter_id=matter.id,
                        service_form=form,
                        applicant_kind=kind,
                        applicant_id_number=id_number,
                        application_date=more.pop("application_date", granted),
                        **more,
                    )
                )
            )
            case.sudo()._workflow_write(
                {
                    "state": "closed" if closed else "granted" if granted else "draft",
                    "submitted_date": case.application_date,
                    "granted_date": granted,
                    "closed_date": closed,
                    "outcome": outcome,
                    "amount_recovered": amount,
                }
            )
            cls.cases[key] = case.sudo()
        cls._complete_fixture_cases()

    @classmethod
    def _complete_fixture_cases(cls):
        listed = {"case_id": cls.cases[2].id, "role": "applicant", "kind": "person"}
        cls.cases[2]._workflow_env().env["legal.aid.case.party"].create(
            [
                {**listed, "name": "李某", "id_number": number(date(1964, 11, 30), "042")},
                {**listed, "name": "张某", "id_number": number(date(2008, 11, 30), "051")},
            ]
        )
        cls.cases[2]._workflow_write({"is_group": True})
        for key, fact in ((4, "is_military"), (5, "is_minority"), (6, "is_disabled")):
            cls.cases[key].party_ids.filtered(lambda party: party.role == "applicant").write({fact: True})
        scope = cls.env["legal.aid.reason"].search([("usage", "=", "refuse"), ("code", "=", "not_in_scope")])
        cls.cases[9]._workflow_write(
            {"state": "refused", "decision_date": "2026-05-21", "decision_reason_id": scope.id}
        )
        cls.cases[10]._workflow_write({"state": "withdrawn", "decision_date": "2026-12-01"})

    @classmethod
    def _create_fixture_calls(cls):
        consultations = cls.env["legal.aid.consultation"]
        for user, union, day, channel, kind in (
            (cls.a_officer, cls.county_a, "2025-11-30", "phone", "migrant_worker"),
            (cls.a_officer, cls.county_a, "2025-12-01", "visit", "hardship_worker"),
            (cls.b_officer, cls.county_b, "2026-05-19", "letter", "worker"),
            (cls.b_officer, cls.county_b, "2026-05-20", "online", "migrant_worker"),
            (cls.a_officer, cls.county_a, "2026-12-31", "other", "worker"),
        ):
            call = consultations.with_user(user).create(
                {
                    "organization_id": union.id,
                    "matter_id": cls.matter_wages.id,
                    "channel": channel,
                    "caller_kind": kind,
                    "question": "问",
                    "answer": "答",
                }
            )
            call.sudo().write({"date": day})
        with freeze_time("2026-05-20 02:00:00"):
            complaint = (
                cls.env["legal.aid.complaint"]
                .with_user(cls.a_officer)
                .create(
                    {
                        "volunteer_id": cls.lawyer1.id,
                        "organization_id": cls.county_a.id,
                        "complainant_kind": "worker",
                        "category": "neglect",
                        "text": "两个月没有进展",
                    }
                )
            )
            complaint.sudo()._workflow_write({"state": "verified"})

    def _each_return(self):
        """``(layout, position of the period, return of the city)``."""
        returns = self.env["legal.aid.statistical.return"].with_user(self.city_officer)
        for layout in BY_HAND:
            for position, period in enumerate(PERIODS):
                statistics = returns.create({"organization_id": self.city.id, "layout": layout, **period})
                statistics.action_compute()
                yield layout, position, statistics

    def _get_by_hand(self, layout, position, line):
        return BY_HAND[layout].get(line.code, ((0, 0),) * len(PERIODS))[position]

    def _each_counted(self, layout, statistics):
        shares = {
            figure.code
            for section in indicators.LAYOUTS[layout]
            for figure in section.figures
            if isinstance(figure, indicators.Share)
        }
        return [line for line in statistics.line_ids if line.code not in shares]

    def test_page(self):
        """V4: each figure, and its column for each union; the share of what was won."""
        for layout, position, statistics in self._each_return():
            with self.subTest(layout=layout, period=position):
                self._check_page(layout, position, statistics)

    def _check_page(self, layout, position, statistics):
        lines = self._each_counted(layout, statistics)
        expected = {line.code: self._get_by_hand(layout, position, line) for line in lines}
        columns = {line.code: dict(line.by_union) for line in lines}
        a, b = self.county_a.id, self.county_b.id
        self.assertEqual({code: (of[a], of[b]) for code, of in columns.items()}, expected)
        self.assertEqual({line.code: line.value for line in lines}, {c: sum(of) for c, of in expected.items()})
        won = statistics.line_ids.filtered(lambda line: line.code == "won_share")
        self.assertEqual([line.shown for line in won], [WON_SHARE[position]] if layout == "union" else [])

    def _in_unit(self, value, unit):
        return round(value / 10000 + 1e-9, 2) if unit == "万元" else value

    def test_workbook(self):
        """V4, F§8: the workbook says what, whose and when; amounts of the bureau's layout in 万元 with two decimals."""
        for layout, position, statistics in self._each_return():
            with self.subTest(layout=layout, period=position):
                self._check_workbook(layout, position, statistics)

    def _check_workbook(self, layout, position, statistics):
        sheet = openpyxl.load_workbook(io.BytesIO(base64.b64decode(statistics.xlsx_file))).active
        rows = list(sheet.iter_rows())
        text = "\n".join(str(cell.value) for row in rows for cell in row if isinstance(cell.value, str))
        self.assertIn("统计报表", rows[0][0].value)
        for words in (self.city.name, str(statistics.date_from), str(statistics.date_to), "各分类行之和不等于合计"):
            self.assertIn(words, text)
        heads = [cell.value for cell in rows[3]]
        places = [heads.index(name) for name in ("合计", self.county_a.name, self.county_b.name)]
        figures = [row for row in rows[4:] if row[1].value]
        self.assertEqual([row[0].value for row in figures], statistics.line_ids.mapped("name"))
        found = dict(zip(statistics.line_ids, figures, strict=True))
        for line in self._each_counted(layout, statistics):
            of_a, of_b = self._get_by_hand(layout, position, line)
            cells = [found[line][place] for place in places]
            self.assertEqual(
                [cell.value for cell in cells],
                [self._in_unit(value, line.unit) for value in (of_a + of_b, of_a, of_b)],
                line.code,
            )
            form = {"万元": "#,##0.00", "元": "#,##0.00", "小时": "#,##0.0"}.get(line.unit, "#,##0")
            self.assertEqual(cells[0].number_format, form, line.code)

    def test_paper(self):
        """V4: each figure of the printed page, with the column of each union, and that groups overlap."""
        for layout, position, statistics in self._each_return():
            with self.subTest(layout=layout, period=position):
                self._check_paper(layout, position, statistics)

    def _check_paper(self, layout, position, statistics):
        report = self.env["ir.actions.report"].with_user(self.city_officer)
        content, _kind = report._render_qweb_html("union_legal_aid.report_statistical_return", statistics.ids)
        tree = html.fromstring(content)
        self.assertIn("各分类行之和不等于合计", tree.text_content())
        self.assertIn(self.city.name, tree.text_content())
        heads = [" ".join(th.text_content().split()) for th in tree.xpath("(//thead/tr)[1]/th")]
        places = [heads.index(name) for name in ("合计", self.county_a.name, self.county_b.name)]
        rows = [
            [" ".join(td.text_content().split()) for td in tr.findall("td")]
            for tr in tree.xpath("//table[thead]/tbody/tr")
        ]
        self.assertEqual([row[0] for row in rows], [line.name.strip("　 ") for line in statistics.line_ids])
        paper = dict(zip(statistics.line_ids, rows, strict=True))
        for line in self._each_counted(layout, statistics):
            of_a, of_b = self._get_by_hand(layout, position, line)
            decimals = {"万元": 2, "元": 2, "小时": 1}.get(line.unit, 0)
            shown = [f"{self._in_unit(value, line.unit):,.{decimals}f}" for value in (of_a + of_b, of_a, of_b)]
            self.assertEqual([paper[line][place] for place in places], shown, line.code)

    def test_records_behind_each_figure(self):
        """V4: a figure opens what it counts, no more and no less: the very cases, and rows that add up to it."""
        for layout, position, statistics in self._each_return():
            with self.subTest(layout=layout, period=position):
                self._check_records(layout, position, statistics)

    def _check_records(self, layout, position, statistics):
        numbers = {case.id: key for key, case in self.cases.items()}
        figures = {figure.code: figure for section in indicators.LAYOUTS[layout] for figure in section.figures}
        for line in self._each_counted(layout, statistics):
            action = line.action_open_rows()
            rows = self.env[action["res_model"]].with_user(self.city_officer).search(action["domain"])
            self.assertEqual(
                sum(rows.mapped(figures[line.code].measure)), sum(self._get_by_hand(layout, position, line)), line.code
            )
            self.assertTrue(all(row[figures[line.code].measure] for row in rows if line.unit in ("件", "人次")))
            if line.code in BEHIND:
                found = sorted(numbers[case.id] for case in rows.case_id)
                self.assertEqual(found, list(BEHIND[line.code][position]), line.code)

    def test_pivot(self):
        """V4: what the pivot shows in each period by union, form, recipient and outcome."""
        statistic = self.env["legal.aid.statistic"].with_user(self.city_officer)
        for position, statistics in [(at, one) for layout, at, one in self._each_return() if layout == "union"]:
            domain = [*statistics._get_domain(statistics.date_from), ("kind", "in", ("granted", "closed"))]
            groups = statistic.formatted_read_group(domain, ["reporting_union_id", "kind"], ["records:sum"])
            shown = {(group["reporting_union_id"][0], group["kind"]): group["records:sum"] for group in groups}
            for kind in ("granted", "closed"):
                of_a, of_b = BY_HAND["union"][kind][position]
                self.assertEqual(shown.get((self.county_a.id, kind), 0), of_a)
                self.assertEqual(shown.get((self.county_b.id, kind), 0), of_b)
            for (kind, name), expected in PIVOT.items():
                groups = statistic.formatted_read_group([*domain, ("kind", "=", kind)], [name], ["records:sum"])
                self.assertEqual({group[name]: group["records:sum"] for group in groups}, expected[position], name)

    def test_legal_day(self):
        """V4, A: the day is China's: half past four in the afternoon of 30 November in Greenwich is 1 December here."""
        with freeze_time("2026-11-30 16:30:00"):
            case = self._create_submitted(application_date="2026-11-30")
            case.with_user(self.a_manager).action_grant()
        self.assertEqual(str(case.granted_date), "2026-12-01")
        row = self.env["legal.aid.statistic"].search([("case_id", "=", case.id), ("kind", "=", "granted")])
        self.assertEqual(str(row.date), "2026-12-01")
