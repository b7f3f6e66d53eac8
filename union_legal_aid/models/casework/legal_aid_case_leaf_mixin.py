from odoo import api, models

from ..organization.legal_aid_workflow_mixin import WORKFLOW_TOKEN


class LegalAidCaseLeafMixin(models.AbstractModel):
    """A leaf of a case file: with the file archived it is neither added, changed nor removed, whoever asks (X3).

    The steps of the case carry the token of the workflow and may. A model inherits this and has a field ``case_id``.
    """

    _name = "legal.aid.case.leaf.mixin"
    _description = "Leaf of a Case File"

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._check_file_unlocked()
        return leaves

    def write(self, vals):
        self._check_file_unlocked()
        result = super().write(vals)
        if "case_id" in vals:
            self._check_file_unlocked()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_file_locked(self):
        self._check_file_unlocked()

    # Business

    def _get_locked_cases(self):
        return self.case_id._get_locked_cases()

    def _check_file_unlocked(self):
        if self.env.context.get("legal_aid_workflow") is not WORKFLOW_TOKEN:
            self.case_id._check_file_unlocked()
