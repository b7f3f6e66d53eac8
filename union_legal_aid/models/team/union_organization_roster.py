from datetime import timedelta
from urllib.parse import quote

from lxml import html as lxml_html
from markupsafe import Markup

from odoo import fields, models

from ...tools import roster, workbook
from ..organization.ir_actions_report import CHINESE
from ..organization.legal_day import legal_today

NOTICE_DAYS = 365
MAX_NOTICES = 100
PUBLISH_DAYS = 7
# Widths of the columns of the workbook.
WIDTHS = {"name": 12, "law_firm": 30, "contact_points": 40, "specialties": 30, "awards": 30}


class UnionOrganization(models.Model):
    """The roster of a city's team as everybody may see it (T13): one view, by the consent of each lawyer, that feeds the public
    page, the workbook, the print and the texts for other websites.
    """

    _inherit = "union.organization"

    publishes_roster = fields.Boolean(
        string="Public Roster Page",
        default=True,
        help="Show the consenting lawyers of this city's team on the public page of the roster.",
    )

    # Business: the view

    def _in_roster_language(self):
        """The union in Chinese where that language is installed: the roster has no other."""
        return self.with_context(lang=CHINESE) if self.env["res.lang"]._get_data(code=CHINESE) else self

    def _get_roster_lines(self):
        """The lines of the roster, each with the ``id`` of the member, which is never shown."""
        self.ensure_one()
        # What each agreed to have published is for everybody.
        members_sudo = (
            self._in_roster_language()
            .env["legal.aid.volunteer"]
            .sudo()
            .search([("organization_id", "=", self.id), ("state", "=", "active"), ("consent_date", "!=", False)])
        )
        return [{"id": member.id, **values} for member, values in members_sudo._get_roster_values().items()]

    def _get_roster_labels(self):
        """The names of the published fields."""
        return {
            "name": self.env._("Full Name"),
            "law_firm": self.env._("Law firm"),
            "license_number": self.env._("Licence number"),
            "contact_points": self.env._("Contact points"),
            "specialties": self.env._("Specialties"),
            "office_phone": self.env._("Office phone"),
            "awards": self.env._("Honours"),
        }

    def _get_public_notices(self):
        """``[{date, text}]`` of the changes of the last year, newest first; without reasons, and only of who agreed."""
        self.ensure_one()
        since = legal_today(self) - timedelta(days=NOTICE_DAYS)
        # Public by the consent of the lawyer.
        notices_sudo = (
            self.env["legal.aid.notice"]
            .sudo()
            .search(
                [
                    ("organization_id", "=", self.id),
                    ("volunteer_id.consent_date", "!=", False),
                    ("date", ">=", since),
                ],
                limit=MAX_NOTICES,
            )
        )
        return [{"date": fields.Date.to_string(notice.date), "text": notice.text} for notice in notices_sudo]

    def _get_publish_days(self):
        """Days to publish a change, by the policy in force; a change is published also while none is."""
        self.ensure_one()
        policy_sudo = self.env["legal.aid.policy"]._find(self, legal_today(self)).sudo()
        return policy_sudo.publish_days or PUBLISH_DAYS

    # Business: what is made of it

    def _get_roster_title(self):
        return self.env._("Members of the Workers' Legal-Service Volunteer Team")

    def _get_roster_url(self):
        self.ensure_one()
        return f"/legal-aid/roster/{quote(self.code)}"

    def _get_roster_page_values(self, words="", contact_point="", specialty=""):
        """What the public page shows, as plain values."""
        self.ensure_one()
        lines = self._get_roster_lines()
        found = [line for line in lines if roster.matches(line, words, contact_point, specialty)]
        return {
            "title": self._get_roster_title(),
            "union_name": self.name,
            "page_url": self._get_roster_url(),
            "robots": "index, nofollow",
            "supervision_phones": self._get_supervision_phones(),
            "labels": self._get_roster_labels(),
            "lines": [roster.published(line) for line in found],
            "total": len(lines),
            "summary": self._get_roster_summary(len(found), len(lines)),
            "contact_points": roster.choices(lines, "contact_points"),
            "specialties": roster.choices(lines, "specialties"),
            "words": words,
            "contact_point": contact_point,
            "specialty": specialty,
            "notices": self._get_public_notices(),
        }

    def _get_roster_summary(self, found, total):
        if found == total:
            return self.env._("%(total)s lawyers", total=total)
        return self.env._("%(found)s of %(total)s lawyers", found=found, total=total)

    def _get_page_problems(self):
        """What the public page shows other than the roster, one sentence each; nothing when it shows exactly that."""
        self.ensure_one()
        union = self.sudo()._in_roster_language()  # as the page is made for everybody
        page = str(union.env["ir.qweb"]._render("union_legal_aid.public_roster", union._get_roster_page_values()))
        shown = [
            {node.get("data-field"): node.text_content().strip() for node in card.xpath(".//*[@data-field]")}
            for card in lxml_html.fromstring(page.strip()).xpath("//*[@data-roster-line]")
        ]
        expected = [roster.published(line) for line in union._get_roster_lines()]
        wrong = [values.get("name", "") for values in shown if values not in expected]
        missing = [values["name"] for values in expected if values not in shown]
        problems = []
        if wrong:
            problems.append(
                self.env._("The public page shows otherwise than the roster: %(names)s.", names="、".join(wrong))
            )
        if missing:
            problems.append(self.env._("The public page does not show: %(names)s.", names="、".join(missing)))
        return problems

    def _get_roster_heading(self):
        return self.env._(
            "%(title)s of %(union)s (as of %(date)s, %(count)s people)",
            title=self._get_roster_title(),
            union=self.name,
            date=fields.Date.to_string(legal_today(self)),
            count=len(self._get_roster_lines()),
        )

    def _get_roster_text(self):
        """The roster as plain text, ready to paste."""
        self.ensure_one()
        labels = self._get_roster_labels()
        texts = [self._get_roster_heading(), ""]
        for number, line in enumerate(self._get_roster_lines(), start=1):
            values = roster.published(line)
            name = values.pop("name")
            details = "；".join(f"{labels[field]}：{value}" for field, value in values.items())
            texts.append(f"{number}. {name}" + (f"　{details}" if details else ""))
        texts += ["", self.env._("Supervision phones")]
        texts += [f"{body['name']}：{body['phone']}" for body in self._get_supervision_phones()]
        return "\n".join(texts)

    def _get_roster_html(self):
        """The roster as a table in HTML, ready to paste; whatever stands in it is text."""
        self.ensure_one()
        columns, rows = self._get_roster_table()
        cell = Markup("<td>%s</td>")
        head = Markup("").join(Markup("<th>%s</th>") % label for _field, label in columns)
        body = Markup("\n").join(Markup("<tr>%s</tr>") % Markup("").join(cell % value for value in row) for row in rows)
        phones = Markup("").join(
            Markup("<p>%s：%s</p>") % (phone["name"], phone["phone"]) for phone in self._get_supervision_phones()
        )
        return str(
            Markup('<h2>%s</h2>\n<table border="1">\n<tr>%s</tr>\n%s\n</table>\n<p>%s</p>%s')
            % (self._get_roster_heading(), head, body, self.env._("Supervision phones"), phones)
        )

    def _get_roster_table(self):
        """``(columns, rows)`` of the roster; a column that nobody has anything in is left out."""
        labels = self._get_roster_labels()
        lines = [roster.published(line) for line in self._get_roster_lines()]
        used = [field for field in roster.FIELDS if field == "name" or any(field in line for line in lines)]
        columns = [("number", self.env._("No.")), *((field, labels[field]) for field in used)]
        rows = [[str(number), *(line.get(field, "") for field in used)] for number, line in enumerate(lines, start=1)]
        return columns, rows

    def _build_roster_workbook(self):
        """The roster as a workbook; the helper writes every cell as text, so nothing in it is a formula."""
        self.ensure_one()
        columns, rows = self._get_roster_table()
        return workbook.build(
            self.env._("Roster"), [(label, "text", WIDTHS.get(field, 20)) for field, label in columns], rows
        )
