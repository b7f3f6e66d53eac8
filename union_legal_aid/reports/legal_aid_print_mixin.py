from odoo import api, models
from odoo.exceptions import UserError

from ..models.organization.ir_actions_report import CHINESE
from .forms.form import days_in

BLANK = "＿＿＿＿＿＿"


class LegalAidPrintMixin(models.AbstractModel):
    """What the official documents share (C9): they are in Chinese whoever prints them, and blanks are marked.

    A document with one sheet for each record names the model in ``_printed_model`` and has a ``_prepare_sheet``. Where it is not
    printed in every state, ``_is_printable`` says of which records it is, and ``_get_refusal`` why not of others.
    """

    _name = "legal.aid.print.mixin"
    _description = "Official Document"

    _printed_model = None

    # Business

    @api.model
    def _get_report_values(self, docids, data=None):
        """The sheets of the records, in Chinese.

        :raises UserError: naming all records of which there is no such document in their state
        """
        records = self._in_chinese(self.env[self._printed_model].browse(docids))
        records.check_access("read")
        refused = records.filtered(lambda record: not self._is_printable(record))
        if refused:
            raise UserError(self._get_refusal(", ".join(refused.mapped("display_name"))))
        return {"docs": records, "sheets": [self._prepare_sheet(record) for record in records]}

    def _is_printable(self, record):
        return True

    def _get_refusal(self, names):
        """Why there is no such document of the records called ``names``."""
        raise NotImplementedError

    @api.model
    def _in_chinese(self, records):
        """``records`` in Chinese where that language is installed; official documents have no other."""
        installed = self.env["res.lang"]._get_data(code=CHINESE)
        return records.with_context(lang=CHINESE) if installed else records

    @api.model
    def _format_date(self, day):
        return f"{day.year}年{day.month}月{day.day}日" if day else BLANK

    @api.model
    def _format_days_in(self, text):
        """A sentence of the screen as paper has it: its days written as everywhere on it."""
        return days_in(text)

    @api.model
    def _or_blank(self, value):
        return value or BLANK

    @api.model
    def _get_label(self, record, name):
        """The label of the value of the selection field ``name``."""
        labels = dict(record._fields[name]._description_selection(record.env))
        return labels.get(record[name], BLANK)

    @api.model
    def _describe_lawyer(self, volunteer):
        """Name, firm and licence number as they stand on every document."""
        # The lawyer of a case is named on its papers, whoever prints them.
        lawyer_sudo = volunteer.sudo()
        env = volunteer.env
        return env._(
            "%(name)s (%(firm)s, licence number %(licence)s)",
            name=self._or_blank(lawyer_sudo.name),
            firm=self._or_blank(lawyer_sudo.law_firm_id.name),
            licence=self._or_blank(lawyer_sudo.license_number),
        )
