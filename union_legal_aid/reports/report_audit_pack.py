from odoo import api, models


class ReportAuditPack(models.AbstractModel):
    """审计资料: the chain of each payment of the period, and the sample (M13)."""

    _name = "report.union_legal_aid.report_audit_pack"
    _description = "Audit Pack"
    _inherit = "legal.aid.money.print.mixin"

    # Business

    @api.model
    def _get_report_values(self, docids, data=None):
        packs = self._in_chinese(self.env["legal.aid.audit.pack"].browse(docids))
        packs.check_access("read")
        for pack in packs:
            pack._check_reader()
        return {"docs": packs, "sheets": [self._prepare_pack(pack) for pack in packs]}

    def _prepare_pack(self, pack):
        chains = pack._get_chains()
        sample = pack._get_sample(chains)
        about = pack._prepare_about(chains, sample)[1]
        chain_sheet, sample_sheet = (
            self._prepare_sheet(pack, about, pack.env._("Audit Pack: Chain of Payments"), [(c, "") for c in chains]),
            self._prepare_sheet(pack, about, pack.env._("Audit Pack: Sample by Risk"), sample, pack.env._("Why drawn")),
        )
        return {**chain_sheet, "more": [sample_sheet]}

    def _prepare_sheet(self, pack, about, title, rows, last=None):
        chains = [chain for chain, _why in rows]
        return {
            "doc": pack,
            "rows_apart": self._keep_rows_apart(),
            "title": title,
            "meta": [tuple(row) for row in about],
            "columns": [
                (pack.env._("No."), "ula_narrow"),
                (pack.env._("Payee"), "ula_nowrap"),
                (pack.env._("Contract, case"), ""),
                (pack.env._("Granted, mandate, archived"), ""),
                (pack.env._("Fee: claimed, allowed, approved"), ""),
                (pack.env._("Amount"), "ula_amount"),
                (pack.env._("Payout, approval"), ""),
                (pack.env._("Bank, voucher"), ""),
                (last or pack.env._("Missing"), "ula_sign"),
            ],
            "rows": [self._get_row(number, chain, why) for number, (chain, why) in enumerate(rows, start=1)],
            "total": [
                "",
                pack.env._("Total"),
                *[""] * 3,
                self._format_amount(sum(chain["amount"] for chain in chains)),
                *[""] * 3,
            ],
            "words": [],
            "signers": [(pack.env._("Auditor"), ""), (pack.env._("Date"), "")],
        }

    def _get_row(self, number, chain, why):
        def join(*parts):
            return " / ".join(self._format_days_in(str(part)) for part in parts if part)

        fee = join(
            chain["fee"],
            chain["claimed"] is not None and self._format_amount(chain["claimed"]),
            chain["allowed"] is not None and self._format_amount(chain["allowed"]),
            chain["fee_approved"],
        )
        return [
            str(number),
            chain["lawyer"],
            join(chain["contract"], chain["case"]),
            join(chain["granted"], chain["mandate"], chain["archived"]),
            fee,
            self._format_amount(chain["amount"]),
            join(chain["payout"], chain["approved"]),
            join(chain["bank_file"], chain["paid"], chain["returned"], chain["voucher"], chain["bank_voucher"]),
            why or "；".join(chain["missing"]) or "—",
        ]
