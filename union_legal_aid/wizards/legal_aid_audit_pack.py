import base64
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..models.organization.download import download
from ..tools import sampling, workbook
from .legal_aid_audit_chain import RISKS

READERS = ("union_legal_aid.group_auditor", "union_legal_aid.group_finance")
DONE = ("posted", "paid", "reversed")


class LegalAidAuditPack(models.TransientModel):
    """The audit pack of a period (M13): every payment with its whole chain, what is missing, and a sample by risk; XLSX and PDF.

    It holds what its reader may read anyway: payments of his unions. Nothing of workers and employers, no account numbers.
    """

    _name = "legal.aid.audit.pack"
    _description = "Audit Pack"
    # It holds payees' names, so it does not wait for the usual clearing of dialogs.
    _transient_max_hours = 1

    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.user.union_organization_ids[:1],
        help="Payments of this union and of those below it.",
    )
    date_from = fields.Date(string="From", required=True, default=lambda self: self._get_year_start())
    date_to = fields.Date(string="To", required=True, default=fields.Date.context_today)
    sample_size = fields.Integer(default=20, required=True)
    seed = fields.Char(
        required=True,
        default=lambda self: f"{fields.Date.context_today(self):%Y%m%d}",
        help="The same seed draws the same sample again. Note it in the working papers.",
    )
    line_count = fields.Integer(string="Payments", compute="_compute_summary")
    missing_count = fields.Integer(string="With a Missing Link", compute="_compute_summary")
    content = fields.Binary(string="Workbook", attachment=True, readonly=True)

    # Defaults

    @api.model
    def _get_year_start(self):
        return fields.Date.context_today(self).replace(month=1, day=1)

    # Compute

    @api.depends("organization_id", "date_from", "date_to")
    @api.depends_context("uid")
    def _compute_summary(self):
        for pack in self:
            chains = pack._get_chains() if pack.organization_id and pack.date_from and pack.date_to else []
            pack.line_count = len(chains)
            pack.missing_count = len([chain for chain in chains if chain["missing"]])

    # Actions

    def action_export(self):
        """Make the workbook and hand it over."""
        self.ensure_one()
        self._check_reader()
        packed = self.env["legal.aid.print.mixin"]._in_chinese(self)
        self.content = base64.b64encode(workbook.build_sheets(packed._prepare_sheets()))
        name = f"{packed.env._('Audit Pack')} {self.organization_id.name} {self.date_from} {self.date_to}.xlsx"
        return download(self, "content", name)

    def action_print(self):
        self.ensure_one()
        self._check_reader()
        return self.env.ref("union_legal_aid.action_report_audit_pack").report_action(self)

    # Business

    def _check_reader(self):
        if not (self.env.su or any(self.env.user.has_group(group) for group in READERS)):
            raise AccessError(self.env._("The audit pack is for auditors and finance. Ask one of them."))
        if self.date_from > self.date_to:
            raise UserError(self.env._("The first day is after the last day. Enter the period again."))
        if not self._get_lines():
            raise UserError(
                self.env._(
                    "Nothing that you may read was paid by %(union)s and the unions below it from %(from)s to %(to)s.",
                    union=self.organization_id.name,
                    **{"from": fields.Date.to_string(self.date_from), "to": fields.Date.to_string(self.date_to)},
                )
            )

    def _get_lines(self):
        """Payments that were made, returned or reversed in the period; under the reader's own rights."""
        return self.env["legal.aid.payout.line"].search(
            [
                ("included", "=", True),
                ("payout_state", "in", DONE),
                ("organization_id", "child_of", self.organization_id.ids),
                ("date", ">=", self.date_from),
                ("date", "<=", self.date_to),
            ],
            order="date, payout_id, id",
        )

    def _get_chains(self):
        self.ensure_one()
        return self.env["legal.aid.audit.chain"]._get_chains(self._get_lines())

    def _get_sample(self, chains):
        """``[(chain, why)]``: drawn by risk, the same again with the same seed."""
        labels = self.env["legal.aid.audit.chain"]._get_risk_labels()
        by_key = {self._get_key(chain): chain for chain in chains}
        weights = {key: 1 + sum(RISKS[risk] for risk in chain["risks"]) for key, chain in by_key.items()}
        why_none = self.env._("drawn by lot")
        return [
            (by_key[key], "；".join(labels[risk] for risk in by_key[key]["risks"]) or why_none)
            for key in sampling.pick(weights, self.sample_size, self.seed)
        ]

    @api.model
    def _get_key(self, chain):
        """What names a payment in any database: its list, its lawyer and its case; its row where those are the same."""
        return f"{chain['payout']}|{chain['case'] or chain['contract']}|{chain['line']}"

    def _prepare_sheets(self):
        chains = self._get_chains()
        sample = self._get_sample(chains)
        labels = self.env["legal.aid.audit.chain"]._get_risk_labels()
        columns = self._get_columns()
        heads = [column[1:] for column in columns]
        totals = {name: sum((chain[name] for chain in chains), Decimal(0)) for name in ("amount", "tax", "net")}
        total = [
            self.env._("Total") if not index else totals.get(column[0], "") for index, column in enumerate(columns)
        ]
        rows = [self._get_row(chain, columns) for chain in chains]
        return [
            (self.env._("About"), *self._prepare_about(chains, sample)),
            (self.env._("Chain of Payments"), heads, rows, total),
            (
                self.env._("Missing Links"),
                heads,
                [row for row, chain in zip(rows, chains, strict=True) if chain["missing"]],
                None,
            ),
            (
                self.env._("Sample by Risk"),
                [(self.env._("Why drawn"), "text", 40), *heads],
                [[why, *self._get_row(chain, columns)] for chain, why in sample],
                None,
            ),
            (
                self.env._("Risks"),
                [
                    (self.env._("Risk"), "text", 44),
                    (self.env._("Weight"), "number", 8),
                    (self.env._("Payments"), "number", 10),
                ],
                [
                    [labels[risk], weight, len([chain for chain in chains if risk in chain["risks"]])]
                    for risk, weight in RISKS.items()
                ],
                None,
            ),
        ]

    def _prepare_about(self, chains, sample):
        show = self.env["legal.aid.print.mixin"]._format_date
        rows = [
            [self.env._("Union"), self.organization_id.name],
            [self.env._("Period"), f"{show(self.date_from)}—{show(self.date_to)}"],
            [self.env._("Made by"), f"{self.env.user.name} {show(fields.Date.context_today(self))}"],
            [self.env._("Payments"), str(len(chains))],
            [self.env._("With a missing link"), str(len([chain for chain in chains if chain["missing"]]))],
            [self.env._("Sample"), str(len(sample))],
            [self.env._("Seed"), self.seed],
            [
                self.env._("How the sample is drawn"),
                self.env._(
                    "Each payment weighs 1, and more for each risk that applies; the seed decides. The same seed draws the same sample."
                ),
            ],
        ]
        return [(self.env._("Item"), "text", 24), (self.env._("Content"), "text", 80)], rows, None

    def _get_columns(self):
        """``(key, title, kind, width)`` of the chain."""
        return [
            ["payout", self.env._("Payout"), "text", 18],
            ["payer", self.env._("Payer"), "text", 22],
            ["lawyer", self.env._("Payee"), "text", 12],
            ["contract", self.env._("Contract"), "text", 20],
            ["case", self.env._("Case"), "text", 22],
            ["granted", self.env._("Granted"), "text", 12],
            ["mandate", self.env._("Mandate"), "text", 22],
            ["mandated", self.env._("Mandated"), "text", 12],
            ["archived", self.env._("File archived"), "text", 12],
            ["fee", self.env._("Fee"), "text", 18],
            ["claimed", self.env._("Claimed"), "amount", 12],
            ["allowed", self.env._("Allowed"), "amount", 12],
            ["fee_approved", self.env._("Fee approved"), "text", 26],
            ["amount", self.env._("Amount"), "amount", 12],
            ["tax", self.env._("Tax"), "amount", 10],
            ["net", self.env._("Paid out"), "amount", 12],
            ["approved", self.env._("List approved"), "text", 26],
            ["bank_file", self.env._("Bank file"), "text", 12],
            ["paid", self.env._("Paid on"), "text", 12],
            ["returned", self.env._("Returned because"), "text", 18],
            ["state", self.env._("State"), "text", 10],
            ["voucher", self.env._("Voucher"), "text", 22],
            ["bank_voucher", self.env._("Bank entry"), "text", 22],
            ["missing", self.env._("Missing"), "text", 40],
        ]

    @api.model
    def _get_row(self, chain, columns):
        return [self._get_cell(chain[name]) for name, *_rest in columns]

    @api.model
    def _get_cell(self, value):
        if isinstance(value, list):
            return "；".join(value)
        return value if isinstance(value, (Decimal, str)) or value is None else str(value or "")
