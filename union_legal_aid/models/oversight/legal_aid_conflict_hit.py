from odoo import models


class LegalAidConflictHit(models.Model):
    """Whoever has a sealed file in his register is told its number, by which he asks to read it, and neither role nor content (X3)."""

    _inherit = "legal.aid.conflict.hit"

    # Business

    def _describe_closed(self):
        texts = super()._describe_closed()
        register = self.env["legal.aid.archive.register"]
        if not self or not register.has_access("read"):
            return texts
        cases = self._get_found_cases()
        sealed = register.search([("id", "in", list(cases.values())), ("sealed_date", "!=", False)]).grouped("id")
        for hit, case_id in cases.items():
            line = sealed.get(case_id, register)
            names = {"case": line.name, "union": line.organization_id.name}
            if line.erased_date:
                texts[hit] = self.env._("File %(case)s of %(union)s, which was destroyed.", **names)
            elif line:
                texts[hit] = self.env._(
                    "Sealed file %(case)s of %(union)s. Ask to read it in the register of archived files.", **names
                )
        return texts

    def _get_found_cases(self):
        """``{hit: id of the case}`` that was found, or that the call or request which was found became."""
        cases = {}
        # Which file it is; the register decides whether the reader is told.
        hits_sudo = self.sudo().filtered("found_model")
        for model, hits in hits_sudo.grouped("found_model").items():
            records = self.env[model].sudo().browse(hits.mapped("found_id")).exists()
            found = {record.id: record.id if model == "legal.aid.case" else record.case_id.id for record in records}
            cases |= {hit.sudo(False): found[hit.found_id] for hit in hits if found.get(hit.found_id)}
        return cases
