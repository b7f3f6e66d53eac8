from odoo import api, models
from odoo.exceptions import UserError

from ..organization.wording import join_names

# The history of the record and the to-dos about it are kept by the system; they are not the file.
BESIDE_THE_FILE = ("activity_", "message_", "website_message_", "my_activity_")


class LegalAidCaseLockMixin(models.AbstractModel):
    """An archived file is closed to everybody, by whatever door (X3, PIPL §47): what it says is put right by a correction only (C13).

    Closed are the facts of the case, but for those that ``_workflow_facts`` leaves open in the archive on purpose, the leaves of the
    file (``legal.aid.case.leaf.mixin``), its attachments, and what people write under it. The steps of the case write with the token
    of the workflow; what has a life of its own after the archive (fees, quality checks, call-backs, complaints) is no leaf of it.
    """

    _name = "legal.aid.case.lock.mixin"
    _description = "Archived File"

    # CRUD

    def write(self, vals):
        if not self._in_workflow():
            if any(self._is_of_file(name) for name in vals.keys() - self._workflow_fields):
                self._check_file_unlocked()
        return super().write(vals)

    # Business

    def _get_locked_cases(self):
        """The cases whose files are closed, among those that these records belong to."""
        # Whether a file is archived is the same for everybody.
        return self.sudo().filtered(lambda case: case.state == "archived").sudo(self.env.su)

    def _check_file_unlocked(self):
        """:raises UserError: when a file that these records belong to is archived"""
        locked = self._get_locked_cases()
        if locked:
            raise UserError(
                self.env._(
                    "The files of these cases are archived and closed: %(cases)s. What is wrong in them is put right with the"
                    " button “Corrections”, with a reason and the leader's approval; to go on with a case, reopen it.",
                    cases=join_names(self.env, locked.sudo().mapped("name")),
                )
            )

    @api.model
    def _check_files_unlocked(self, model, ids):
        """The same for records of any model; such as belong to no file pass."""
        mixins = (self.env.registry["legal.aid.case.lock.mixin"], self.env.registry["legal.aid.case.leaf.mixin"])
        records = self.env.get(model)
        if isinstance(records, mixins):
            records.sudo().browse(ids).exists()._check_file_unlocked()

    def _is_of_file(self, name):
        """Whether the field belongs to the closed file itself; the lines of other records look after themselves."""
        field = self._fields.get(name)
        if not field or field.type == "one2many" or name.startswith(BESIDE_THE_FILE):
            return False
        return "archived" not in self._workflow_facts.get(name, ())

    # Mail & cron

    def message_post(self, **kwargs):
        if not self.env.su:
            self._check_file_unlocked()
        return super().message_post(**kwargs)

    def _check_can_update_message_content(self, messages):
        self._check_file_unlocked()
        return super()._check_can_update_message_content(messages)
