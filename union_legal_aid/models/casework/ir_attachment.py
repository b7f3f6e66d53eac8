from odoo import api, models
from odoo.fields import Domain

from ..organization.legal_aid_workflow_mixin import WORKFLOW_TOKEN

# What hangs on a case itself has no class, as the papers under Documents have, so it is for those who handle the case.
HANDLED = "legal.aid.case"
# What a link to a file needs, and what is found in it; the file stays as it is.
BESIDE_THE_CONTENT = {"access_token", "index_content"}


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_file_unlocked()
        return attachments

    def write(self, vals):
        if vals.keys() - BESIDE_THE_CONTENT:
            self._check_file_unlocked()
        result = super().write(vals)
        if {"res_model", "res_id"} & vals.keys():
            self._check_file_unlocked()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_file_locked(self):
        self._check_file_unlocked()

    # Business

    def _check_file_unlocked(self):
        """What hangs on an archived case or on a leaf of its file is closed, also to uploads that Odoo makes as superuser (X3)."""
        if self.env.context.get("legal_aid_workflow") is WORKFLOW_TOKEN:
            return
        for model, attachments in self.sudo().filtered("res_id").grouped("res_model").items():
            self.env[HANDLED]._check_files_unlocked(model, attachments.mapped("res_id"))

    def _inaccessible_comodel_records(self, model_and_ids, operation):
        rest = {model: ids for model, ids in model_and_ids.items() if model != HANDLED}
        yield from super()._inaccessible_comodel_records(rest, operation)
        handled = {model: ids for model, ids in model_and_ids.items() if model == HANDLED}
        yield from super()._inaccessible_comodel_records(handled, "write")

    def _search(self, domain, *args, bypass_access=False, **kwargs):
        """A list, a count or a name tells no more than the files themselves."""
        cases = self.env[HANDLED]
        if not self.env.su and not bypass_access and cases.has_access("read"):
            handled = []
            if cases.has_access("write"):
                rules = self.env["ir.rule"]
                # The rules are the user's; the fields that they name need not be his to read.
                handled = cases.sudo()._search(
                    rules._compute_domain(HANDLED, "read") & rules._compute_domain(HANDLED, "write")
                )
            domain = Domain(domain) & (Domain("res_model", "!=", HANDLED) | Domain("res_id", "in", handled))
        return super()._search(domain, *args, bypass_access=bypass_access, **kwargs)
