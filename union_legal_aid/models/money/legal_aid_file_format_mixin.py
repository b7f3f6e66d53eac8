from odoo import api, fields, models


class LegalAidFileFormatMixin(models.AbstractModel):
    """How a programme outside takes a file: columns and titles are data, for no standard exists (``tools/column_file.py``).

    A model that inherits this has ``column_ids``, of a model with ``legal.aid.file.format.column.mixin``, and says in ``_file`` which
    module of ``tools`` writes its files. A format of a union serves the unions below it, too.
    """

    _name = "legal.aid.file.format.mixin"
    _description = "Format of a File"
    _order = "sequence, id"

    _file = None

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user.union_organization_ids[:1],
    )
    file_type = fields.Selection(
        selection=[("xlsx", "Workbook (.xlsx)"), ("csv", "Text (.csv)")], required=True, default="xlsx"
    )
    encoding = fields.Selection(
        selection=[("gb18030", "GB18030 (older programmes)"), ("utf-8-sig", "UTF-8 with mark")],
        required=True,
        default="gb18030",
        help="How text files are written.",
    )
    delimiter = fields.Selection(
        selection=[(",", "Comma"), (";", "Semicolon"), ("|", "Vertical bar"), ("\t", "Tab")],
        required=True,
        default=",",
    )
    has_header = fields.Boolean(string="Line of Titles", default=True)

    # Business

    @api.model
    def _get_default_columns(self):
        return [
            fields.Command.create({"sequence": index, "header": column.header, "source": column.source})
            for index, column in enumerate(self._file.DEFAULT.columns, start=1)
        ]

    def _get_layout(self):
        """How the other programme wants its file; without a format the widely used columns."""
        return self._file.Layout(**self._prepare_layout()) if self else self._file.DEFAULT

    def _prepare_layout(self):
        self.ensure_one()
        return {
            "columns": tuple(
                self._file.Column(column.header, column.source, column.value or "", column.max_length)
                for column in self.column_ids
            ),
            "file_type": self.file_type,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "has_header": self.has_header,
        }
