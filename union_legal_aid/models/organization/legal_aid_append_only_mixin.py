from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

FUNCTION = """
CREATE OR REPLACE FUNCTION legal_aid_append_only() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are append-only', TG_TABLE_NAME;
END;
$$ LANGUAGE plpgsql
"""


class LegalAidAppendOnlyMixin(models.AbstractModel):
    """Rows that are written once and never changed or deleted, by anybody: in Python, and by triggers of the database.

    Foreign keys of such a table are ``ondelete="restrict"``, because SET NULL is a change, and it has no stored computed field.
    Odoo's own role owns the table: what is done to it shows, but cannot be made impossible.
    """

    _name = "legal.aid.append.only.mixin"
    _description = "Append-only Record"

    def init(self):
        if self._abstract:
            return
        self.env.cr.execute(FUNCTION)
        for name, event, each in (
            ("append_only", SQL("UPDATE OR DELETE"), SQL("ROW")),
            ("no_truncate", SQL("TRUNCATE"), SQL("STATEMENT")),
        ):
            trigger, table = SQL.identifier(f"{self._table}_{name}"), SQL.identifier(self._table)
            self.env.cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", trigger, table))
            self.env.cr.execute(
                SQL(
                    "CREATE TRIGGER %s BEFORE %s ON %s FOR EACH %s EXECUTE FUNCTION legal_aid_append_only()",
                    *(trigger, event, table, each),
                )
            )

    # CRUD

    def write(self, vals):  # pylint: disable=method-required-super
        raise AccessError(self.env._("What is on record here stays as it was written. It cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise AccessError(self.env._("What is on record here stays. It cannot be deleted."))
