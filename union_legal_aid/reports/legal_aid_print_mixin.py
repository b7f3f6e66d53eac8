from odoo import api, models

CHINESE = "zh_CN"
BLANK = "＿＿＿＿＿＿"


class LegalAidPrintMixin(models.AbstractModel):
    """What the official documents share (C9): they are in Chinese whoever prints them, and blanks are marked."""

    _name = "legal.aid.print.mixin"
    _description = "Official Document"

    # Business

    @api.model
    def _in_chinese(self, records):
        """``records`` in Chinese where that language is installed; official documents have no other."""
        installed = self.env["res.lang"]._get_data(code=CHINESE)
        return records.with_context(lang=CHINESE) if installed else records

    @api.model
    def _format_date(self, day):
        return f"{day.year}年{day.month}月{day.day}日" if day else BLANK

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
