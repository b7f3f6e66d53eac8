from odoo import models
from odoo.fields import Domain

# What hangs on a case itself has no class, as the papers under Documents have, so it is for those who handle the case.
HANDLED = "legal.aid.case"


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    # Business

    def _inaccessible_comodel_records(self, model_and_ids, operation):
        rest = {model: ids for model, ids in model_and_ids.items() if model != HANDLED}
        yield from super()._inaccessible_comodel_records(rest, operation)
        handled = {model: ids for model, ids in model_and_ids.items() if model == HANDLED}
        yield from super()._inaccessible_comodel_records(handled, "write")

    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """A list, a count or a name tells no more than the files themselves."""
        cases = self.env[HANDLED]
        if not self.env.su and not bypass_access and cases.has_access("read"):
            handled = cases._search(self.env["ir.rule"]._compute_domain(HANDLED, "write"))
            if not cases.has_access("write"):
                handled = []
            domain = Domain(domain) & (Domain("res_model", "!=", HANDLED) | Domain("res_id", "in", handled))
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)
