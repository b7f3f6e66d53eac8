import base64
import hashlib
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools import money, voucher_file
from ..organization.download import download
from ..organization.personal_fields import AUDITOR, FINANCE

PLANS = {
    "jurisdiction": "l10n_cn_union.plan_jurisdiction",
    "project": "l10n_cn_union.plan_project",
    "economic_class": "l10n_cn_union.plan_economic_class",
    "fund_source": "l10n_cn_union.plan_fund_source",
}


class LegalAidVoucherExport(models.Model):
    """Vouchers that went to another ledger (M14): which days, how many, how much, the file as it left and its checksum.

    Written by the export alone; two exports of the same days can be compared by their vouchers.
    """

    _name = "legal.aid.voucher.export"
    _description = "Export of Vouchers"
    _inherit = ["legal.aid.computed.row.mixin"]
    _order = "id desc"

    _row_document = "organization_id"

    name = fields.Char(string="File", required=True)
    organization_id = fields.Many2one(
        comodel_name="union.organization", string="Union", required=True, ondelete="restrict", index=True
    )
    company_id = fields.Many2one(
        comodel_name="res.company", string="Books", required=True, ondelete="restrict", index=True
    )
    format_name = fields.Char(string="Format")
    date_from = fields.Date(string="From", required=True)
    date_to = fields.Date(string="To", required=True)
    legal_aid_only = fields.Boolean()
    move_ids = fields.Many2many(
        comodel_name="account.move",
        relation="legal_aid_voucher_export_move_rel",
        column1="export_id",
        column2="move_id",
        string="Vouchers",
    )
    voucher_count = fields.Integer(string="Number of Vouchers")
    debit = fields.Monetary(string="Debit Total")
    credit = fields.Monetary(string="Credit Total")
    currency_id = fields.Many2one(related="company_id.currency_id")
    # The vouchers name the payees.
    content = fields.Binary(attachment=True, groups=f"{FINANCE},{AUDITOR}")
    digest = fields.Char(string="SHA-256", required=True)

    _days = models.Constraint("CHECK(date_from <= date_to)", "The first day of an export is not after its last day.")

    # Business

    @api.model
    def _export(self, organization, date_from, date_to, voucher_format, legal_aid_only=False):
        """Write the posted vouchers of some days to a file that another ledger reads, and keep it.

        :raises UserError: when the union has no books here, or there is no voucher
        """
        company = self._check_books(organization)
        moves = self._get_vouchers(company, date_from, date_to, legal_aid_only)
        rows = self._prepare_rows(moves)
        content = voucher_file.build(rows, voucher_format._get_layout())
        extension = voucher_format.file_type or "xlsx"
        export_sudo = self._row_env().create(
            {
                "name": f"{self.env._('Vouchers')} {company.name} {date_from} {date_to}.{extension}".replace("/", "-"),
                "organization_id": organization.id,
                "company_id": company.id,
                "format_name": voucher_format.name,
                "date_from": date_from,
                "date_to": date_to,
                "legal_aid_only": legal_aid_only,
                "move_ids": [fields.Command.set(moves.ids)],
                "voucher_count": len(moves),
                "debit": sum((row["debit"] or Decimal(0) for row in rows), Decimal(0)),
                "credit": sum((row["credit"] or Decimal(0) for row in rows), Decimal(0)),
                "content": base64.b64encode(content),
                "digest": hashlib.sha256(content).hexdigest(),
            }
        )
        return self.browse(export_sudo.id)

    def _get_download(self):
        self.ensure_one()
        return download(self, "content", self.name)

    @api.model
    def _check_books(self, organization):
        """The books of ``organization``, which finance has to work in."""
        if not (self.env.su or self.env.user.has_group("union_legal_aid.group_finance")):
            raise AccessError(self.env._("Vouchers are exported by finance. Ask the finance office."))
        organization.check_access("read")
        company = organization.sudo().company_id.sudo(False)  # whether there are books is no secret
        if not company:
            raise UserError(
                self.env._(
                    "%(union)s keeps no books here, so there are no vouchers to export.", union=organization.name
                )
            )
        if company not in self.env.user.company_ids:
            raise AccessError(
                self.env._(
                    "The books of %(union)s are not among yours. Ask the finance office of %(union)s.",
                    union=organization.name,
                )
            )
        return company

    @api.model
    def _get_vouchers(self, company, date_from, date_to, legal_aid_only):
        domain = [
            ("company_id", "=", company.id),
            ("state", "=", "posted"),
            ("date", ">=", date_from),
            ("date", "<=", date_to),
        ]
        if legal_aid_only:
            domain.append(("legal_aid_payout_id", "!=", False))
        moves = self.env["account.move"].with_company(company).search(domain)
        if not moves:
            raise UserError(
                self.env._(
                    "The books of %(company)s have no posted voucher from %(from)s to %(to)s.",
                    company=company.name,
                    **{"from": fields.Date.to_string(date_from), "to": fields.Date.to_string(date_to)},
                )
            )
        return moves.sorted(lambda move: (move.date.replace(day=1), move.sequence_prefix or "", move.sequence_number))

    @api.model
    def _prepare_rows(self, moves):
        chinese = self.env["legal.aid.print.mixin"]._in_chinese(moves)
        plans = {name: self.env.ref(xmlid) for name, xmlid in PLANS.items()}
        rows = []
        for move in chinese:
            word, _dash, _number = (move.voucher_number or "").partition("-")
            lines = move.line_ids.filtered(lambda line: line.display_type not in ("line_section", "line_note"))
            for number, line in enumerate(lines, start=1):
                rows.append(
                    {
                        "date": move.date,
                        "period": f"{move.date:%Y%m}",
                        "word": word,
                        "number": move.sequence_number,
                        "voucher": move.voucher_number,
                        "line": number,
                        "papers": move.paper_count,
                        "reference": move.ref or "",
                        "prepared_by": move.create_uid.name,
                        **self._prepare_line(line, plans),
                    }
                )
        return rows

    @api.model
    def _prepare_line(self, line, plans):
        # A red amount is negative on the side on which it was booked.
        debit, credit = money.cents(line.debit), money.cents(line.credit)
        account = line.account_id.with_company(line.company_id)  # each union has its own codes
        accounts = line.distribution_analytic_account_ids
        return {
            "summary": line.name or line.move_id.ref or "",
            "account_code": account.code,
            "account_name": account.name,
            "account_full_name": account._get_union_full_name(),
            "debit": debit or None,
            "credit": credit or None,
            "amount": debit or credit,
            "side": "借" if debit else "贷",
            "partner": line.partner_id.name or "",
            **{
                name: "、".join(accounts.filtered(lambda part, plan=plan: part.root_plan_id == plan).mapped("name"))
                for name, plan in plans.items()
            },
        }
