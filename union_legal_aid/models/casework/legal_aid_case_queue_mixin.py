from odoo import models
from odoo.tools import SQL


class LegalAidCaseQueueMixin(models.AbstractModel):
    """The order in which submitted cases are decided: the green channel first, then whatever is due earlier (I8)."""

    _name = "legal.aid.case.queue.mixin"
    _description = "Queue of Cases"

    # CRUD

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        """Cases are sorted by their next deadline, too, which stands with the clocks."""
        if field_name == "next_deadline":
            self._check_field_access(self._fields[field_name], "read")
            self.env["legal.aid.deadline"].flush_model(["date_due", "state"])
            return SQL(
                "(SELECT MIN(clock.date_due) FROM legal_aid_deadline AS clock"
                " WHERE clock.res_model = %s AND clock.res_id = %s AND clock.state = 'open') %s %s",
                self._name,
                SQL.identifier(alias, "id"),
                direction,
                nulls,
            )
        return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
