from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...tools import bank_file, bank_return
from ..organization.wording import join_names

# Without these columns a bank can pay nobody.
NEEDED_SOURCES = {"holder", "account", "amount"}
RETURN_TITLES = ("account", "amount", "status", "reason", "holder", "remark", "date", "reference")


class LegalAidBankFormat(models.Model):
    """How one bank takes its batch file and what it sends back (M7): columns, titles and words are data, for no standard exists.

    A format of a union serves the unions below it, too; the nearest one is offered first.
    """

    _name = "legal.aid.bank.format"
    _description = "Bank Format"
    _inherit = ["legal.aid.file.format.mixin"]

    _file = bank_file

    encoding = fields.Selection(
        help="How text files are written, and how those of the bank are read that carry no mark.",
    )
    has_total = fields.Boolean(string="Total Below", default=True, help="In workbooks, apart from the payments.")
    column_ids = fields.One2many(
        comodel_name="legal.aid.bank.format.column",
        inverse_name="format_id",
        string="Columns",
        copy=True,
        default=lambda self: self._get_default_columns(),
    )
    return_account = fields.Char(string="Title: Account", required=True, default=bank_return.Mapping.account)
    return_amount = fields.Char(string="Title: Amount", required=True, default=bank_return.Mapping.amount)
    return_status = fields.Char(string="Title: Result", required=True, default=bank_return.Mapping.status)
    return_reason = fields.Char(string="Title: Reason", default=bank_return.Mapping.reason)
    return_holder = fields.Char(string="Title: Holder", default=bank_return.Mapping.holder)
    return_remark = fields.Char(string="Title: Remark", default=bank_return.Mapping.remark)
    return_date = fields.Char(string="Title: Date", default=bank_return.Mapping.date)
    return_reference = fields.Char(string="Title: Reference", default=bank_return.Mapping.reference)
    paid_words = fields.Char(
        required=True,
        default="、".join(bank_return.Mapping.paid_words),
        help="The bank's words for a payment that was made, separated by 、 or commas.",
    )
    failed_words = fields.Char(
        required=True,
        default="、".join(bank_return.Mapping.failed_words),
        help="The bank's words for a payment that failed, separated by 、 or commas.",
    )

    # Constraints

    @api.constrains("column_ids")
    def _check_columns(self):
        labels = dict(self.env["legal.aid.bank.format.column"]._fields["source"]._description_selection(self.env))
        for record in self:
            missing = NEEDED_SOURCES - set(record.column_ids.mapped("source"))
            if missing:
                raise ValidationError(
                    self.env._(
                        "Format %(format)s lacks these columns, without which no bank can pay: %(columns)s.",
                        format=record.name,
                        columns=join_names(self.env, sorted(labels[source] for source in missing)),
                    )
                )

    @api.constrains("paid_words", "failed_words")
    def _check_words(self):
        for record in self:
            both = set(record._split(record.paid_words)) & set(record._split(record.failed_words))
            if both:
                raise ValidationError(
                    self.env._(
                        "Format %(format)s takes the same word for paid and for failed: %(words)s.",
                        format=record.name,
                        words=join_names(self.env, sorted(both)),
                    )
                )

    # Business

    @api.model
    def _get_default(self, organization):
        """The format of ``organization``, else of the nearest union above it that has one."""
        formats = self.search([("organization_id", "parent_of", organization.ids)])
        # The longer the path of its union, the nearer it stands.
        return formats.sorted(lambda record: -len(record.organization_id.parent_path.split("/")))[:1]

    def _prepare_layout(self):
        return {**super()._prepare_layout(), "has_total": self.has_total}

    def _get_mapping(self):
        """How to read what the bank sends back; without a format the widely used titles and words."""
        if not self:
            return bank_return.Mapping()
        return bank_return.Mapping(
            **{name: self[f"return_{name}"] or "" for name in RETURN_TITLES},
            paid_words=self._split(self.paid_words),
            failed_words=self._split(self.failed_words),
            encoding=self.encoding,
            delimiter=self.delimiter,
        )

    @api.model
    def _split(self, words):
        parts = (words or "").replace("，", ",").replace("、", ",").split(",")
        return tuple(part.strip() for part in parts if part.strip())
