import math
from datetime import date, timedelta

from werkzeug.exceptions import abort

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.organization.legal_day import legal_today
from .public import NEVER_KEPT
from .record_id import parse_id

# A page photographed by phone has 3 to 8 MB; a scanned file of 200 pages has about 15.
MAX_UPLOAD_MEGABYTES = 20
MAX_UPLOAD_FILES = 10
# How the pictures of newer iPhones begin (ISO/IEC 23008-12).
HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
# In the address of a page: what was entered there before is lost.
UNSENT = "unsent"
MAX_CLOCKS = 3
DAYS_BEFORE_LEDGER = 30
URGENT, WAITING = "danger", "warning"
# Finished for the lawyer; what was refused or withdrawn is shown as finished, too.
FINISHED = ("closed", "archived", "terminated", "refused", "withdrawn")


class LegalAidPortal(CustomerPortal):
    """The lawyer's pages (P1), for the phone first: home cards, and what all his pages share.

    Whatever a page shows or changes is found by a search under the lawyer's own rights, so that another lawyer's record and one
    that never existed give the same answer. What he does goes through the action methods of the records, which check again.
    """

    _items_per_page = 20

    # Home

    @route()
    def home(self, **kw):
        response = super().home(**kw)
        if self._find_lawyers():
            response.qcontext.update(self._prepare_frame(), legal_aid_home=self._prepare_legal_aid_home())
            self._keep_nowhere(response)
        return response

    def _prepare_legal_aid_home(self):
        """What the home page tells at one glance: what waits, what is due, this month, and the numbers of the cards (V5, P1).

        The number of queries does not grow with the cases; a test holds it.
        """
        env = request.env
        cases = dict(env["legal.aid.case"]._read_group([], ["state"], ["__count"]))
        clocks, overdue_count = env["legal.aid.case"]._get_own_clocks(limit=MAX_CLOCKS)
        ledgers = env["legal.aid.ledger"].search([("state", "=", "draft")])
        return {
            "duties": sorted(self._list_duties(cases, ledgers), key=lambda duty: duty["tone"] != URGENT),
            "clocks": clocks,
            "overdue_count": overdue_count,
            "figures": self._list_figures_of_the_month(),
            "consultation_count": env["legal.aid.consultation"].search_count([]),
            "case_count": sum(count for state, count in cases.items() if state not in FINISHED),
            "ledger_count": len(ledgers),
            "ledger_overdue": any(ledgers.mapped("is_overdue")),
            "ledger_date_due": min(ledgers.mapped("date_due"), default=False),
        }

    def _list_duties(self, cases, ledgers):
        """What waits for the lawyer himself, each as :meth:`_make_duty` makes it.

        :param cases: ``{state: number of his cases}``
        :param ledgers: those of his that are not handed in
        """
        env = request.env
        duties = []
        if cases.get("assigned"):
            duties.append(
                self._make_duty(
                    "waiting", env._("Cases that wait for your answer"), "/my/cases?filterby=waiting", cases["assigned"]
                )
            )
        files = env["legal.aid.case"].search_count([("file_state", "in", ("due", "returned"))])
        if files:
            duties.append(
                self._make_duty("files", env._("Files to hand in"), "/my/cases?filterby=finished", files, "fa-folder-o")
            )
        due = min(ledgers.mapped("date_due"), default=False)
        if due and due <= legal_today(env.user) + timedelta(days=DAYS_BEFORE_LEDGER):
            duties.append(
                self._make_duty(
                    "ledger_due",
                    env._("Yearly ledger to hand in"),
                    "/my/ledger",
                    icon="fa-book",
                    date_due=due,
                    tone=URGENT if any(ledgers.mapped("is_overdue")) else WAITING,
                )
            )
        return duties

    def _make_duty(self, code, label, url, count=0, icon="fa-bell", date_due=False, tone=WAITING):
        return {
            "code": code,
            "label": label,
            "url": url,
            "count": count,
            "icon": icon,
            "date_due": date_due,
            "tone": tone,
        }

    def _list_figures_of_the_month(self):
        env = request.env
        month = Domain("date", ">=", legal_today(env.user).replace(day=1))
        closed = Domain("closed_date", ">=", legal_today(env.user).replace(day=1))
        calls = env["legal.aid.consultation"].search_count(month)
        [[hours]] = env["legal.aid.work.log"]._read_group(month, [], ["hours:sum"])
        [[cases, recovered]] = env["legal.aid.case"]._read_group(closed, [], ["__count", "amount_recovered:sum"])
        return [
            {"code": "calls", "label": env._("Calls"), "value": calls},
            {"code": "hours", "label": env._("Hours on cases"), "value": f"{hours or 0:g}"},
            {"code": "closed", "label": env._("Cases closed"), "value": cases},
            {"code": "recovered", "label": env._("Yuan recovered"), "value": f"{recovered or 0:,.0f}"},
        ]

    # What all pages share

    def _find_lawyers(self):
        """The team records of the user: one, or one for each city that appointed him; empty for everybody else."""
        if not request.env.user.has_group("union_legal_aid.group_volunteer"):
            return request.env["legal.aid.volunteer"].browse()
        # The rule of the model shows a lawyer his own record only; a filter would merely repeat it.
        return request.env["legal.aid.volunteer"].search([])

    def _get_lawyers(self):
        """The user's team records, or the page “not found” for whoever is no lawyer of the team."""
        lawyers = self._find_lawyers()
        if not lawyers:
            self._abort_not_found()
        return lawyers

    def _get_own(self, model_name, record_id, domain=Domain.TRUE):
        """The record of this id that the lawyer may read, or the page “not found”."""
        self._get_lawyers()
        return self._get_readable(model_name, record_id, domain)

    def _get_readable(self, model_name, record_id, domain=Domain.TRUE):
        """The record of this id that the user may read, or the page “not found”."""
        # An id beyond PostgreSQL's integers would be an error of the database, that is, an answer of another kind.
        record = request.env[model_name]
        if 0 < record_id < 2**31:
            record = record.search(Domain("id", "=", record_id) & Domain(domain), limit=1)
        if not record:
            self._abort_not_found()
        return record

    def _abort_not_found(self):
        """End the request with the same page whether a record belongs to somebody else or does not exist."""
        values = {"page_name": "legal_aid", **self._prepare_frame()}
        response = self._keep_nowhere(request.render("union_legal_aid.portal_not_found", values, status=404))
        response.flatten()
        abort(response)

    def _prepare_frame(self, title=""):
        """What the frame of each page tells the browser: its name in tab and history, and its language to whoever has it read out."""
        lang = request.env.lang or "en_US"
        return {
            "title": title or request.env._("Workers' Legal Aid by the Union"),
            "html_data": {"lang": lang.replace("_", "-")},
        }

    def _keep_nowhere(self, response):
        """``response``, of which no copy stays in the browser: after signing out, “back” shows nobody a worker's name (O2)."""
        response.headers["Cache-Control"] = NEVER_KEPT
        return response

    def _render_page(self, template, breadcrumbs, values):
        """Render one of the lawyer's pages.

        :param breadcrumbs: ``[(label, url or False)]`` below the home page
        """
        response = request.render(
            template,
            {
                **self._prepare_portal_layout_values(),
                **self._prepare_frame(breadcrumbs[-1][0]),
                "page_name": "legal_aid",
                "legal_aid_breadcrumbs": breadcrumbs,
                "form": {},
                "message": "",
                "max_files": MAX_UPLOAD_FILES,
                "max_megabytes": MAX_UPLOAD_MEGABYTES,
                "today": fields.Date.to_string(legal_today(request.env.user)),
                **values,
                "error": values.get("error") or self._explain_unsent(),
            },
        )
        return self._keep_nowhere(response)

    def _go_back(self, url):
        """To the page of a form that was not sent: its address was opened as a link, as after a new sign-in in the middle of it."""
        return request.redirect(f"{url}?done={UNSENT}")

    def _explain_unsent(self):
        if request.params.get("done") != UNSENT:
            return ""
        return request.env._(
            "What you entered last was not sent: you had been signed out, or changed the language. Please enter it again."
        )

    def _attempt(self, step):
        """Take ``step``; on refusal nothing of it stays and the reason comes back as text, else an empty text."""
        try:
            with request.env.cr.savepoint():
                step()
        except UserError as error:
            return str(error)
        return ""

    def _get_options(self, model_name, field_name):
        """``[(value, label)]`` of a selection in the reader's language."""
        return request.env[model_name]._fields[field_name]._description_selection(request.env)

    def _parse_choice(self, model_name, field_name, value):
        """The value of a selection that the page offered, False when nothing was chosen.

        :raises UserError: when the page never offered it
        """
        if value and value not in dict(self._get_options(model_name, field_name)):
            field = request.env[model_name]._fields[field_name]
            raise UserError(
                request.env._(
                    "%(field)s: “%(text)s” is not one of the choices. Choose again.",
                    field=field._description_string(request.env),
                    text=value,
                )
            )
        return value or False

    def _parse_link(self, model_name, field_name, text):
        """The record of a select that the page offered, none when nothing was chosen.

        :raises UserError: when there is no such record, or not for this user
        """
        field = request.env[model_name]._fields[field_name]
        record = request.env[field.comodel_name].search([("id", "=", parse_id(text))])
        if (text or "").strip() and not record:
            raise UserError(
                request.env._(
                    "%(field)s: what you chose is no longer on the list. Choose again.",
                    field=field._description_string(request.env),
                )
            )
        return record

    def _parse_date(self, text, label):
        """The day a date input sent, today when it was left empty.

        :raises UserError: when it is no date
        """
        text = (text or "").strip()
        if not text:
            return legal_today(request.env.user)
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise UserError(
                request.env._(
                    "%(field)s: “%(text)s” is no date. Choose the day in the calendar.", field=label, text=text
                )
            ) from error

    def _parse_number(self, text, label):
        """The number a field sent, 0 when it was left empty; full-width digits and thousands separators are understood.

        :raises UserError: when it is no number
        """
        text = (text or "").strip()
        try:
            number = float(text.replace(",", "").replace("，", "") or 0)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise UserError(
                request.env._("%(field)s: “%(text)s” is no number. Enter digits only.", field=label, text=text)
            )
        return number

    def _get_uploads(self, name="files"):
        """``[(file name, content)]`` of what a form sent in its field ``name``."""
        # A file field that was left alone sends one without a name.
        return self._read_uploads([upload for upload in request.httprequest.files.getlist(name) if upload.filename])

    def _read_uploads(self, uploads):
        """``[(file name, content)]`` of what a form sent.

        :raises UserError: when there are too many files, or one is too large, empty or of a kind that the office cannot open
        """
        env = request.env
        if len(uploads) > MAX_UPLOAD_FILES:
            raise UserError(
                env._("At most %(count)s files can be sent at once. Send the rest afterwards.", count=MAX_UPLOAD_FILES)
            )
        files = []
        for upload in uploads:
            content = upload.read(MAX_UPLOAD_MEGABYTES * 2**20 + 1)
            if len(content) > MAX_UPLOAD_MEGABYTES * 2**20:
                raise UserError(
                    env._(
                        "“%(file)s” is larger than %(size)s MB. Send it in parts, or photographs of a lower resolution.",
                        file=upload.filename,
                        size=MAX_UPLOAD_MEGABYTES,
                    )
                )
            if not content:
                raise UserError(env._("“%(file)s” is empty. Choose the file again.", file=upload.filename))
            if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
                raise UserError(
                    env._(
                        "“%(file)s” is a HEIC picture, which office computers and the archive file cannot open. Choose it from the photo"
                        " album of the phone, which sends it as JPEG, or set the camera to “Most Compatible”.",
                        file=upload.filename,
                    )
                )
            # No text of the database holds a zero byte.
            files.append((upload.filename.replace("\x00", ""), content))
        return files
