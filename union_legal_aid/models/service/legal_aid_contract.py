from odoo import models


class LegalAidContract(models.Model):
    _inherit = "legal.aid.contract"

    def _on_activated(self):
        """A lawyer in office owes the ledger of the service year: its clock runs from now on (V1)."""
        result = super()._on_activated()
        self.filtered(lambda contract: contract.kind == "individual")._open_ledgers()
        return result

    def _open_ledgers(self):
        starts = {(contract.volunteer_id, contract.service_year): contract.date_start for contract in self}
        ledgers = self.env["legal.aid.ledger"]
        known = ledgers.search(
            [
                ("volunteer_id", "in", self.volunteer_id.ids),
                ("year", "in", self.mapped("service_year")),
            ]
        )
        missing = starts.keys() - {(ledger.volunteer_id, ledger.year) for ledger in known}
        new = ledgers.create([{"volunteer_id": volunteer.id, "year": year} for volunteer, year in missing])
        for date_start, opened in new.grouped(lambda ledger: starts[ledger.volunteer_id, ledger.year]).items():
            opened._open_clock(date_start)
