from odoo import models
from odoo.fields import Domain


class UnionOrganization(models.Model):
    """Who of the team serves a union, for the union itself (T3)."""

    _inherit = "union.organization"

    # Business

    def _get_serving_lawyers(self):
        """``[{name, law_firm, phone, union}]``: whom the city sent to this union, else to the nearest one above it.

        A union is told who comes to it and his office phone; of who serves a union above it only what he agreed to publish. The
        mobile is nobody's here.
        """
        self.ensure_one()
        union_sudo = self.sudo()  # plain values leave here
        above = [int(text) for text in (union_sudo.parent_path or "").split("/") if text]
        lawyers_sudo = union_sudo.env["legal.aid.volunteer"].search(
            Domain("state", "=", "active") & Domain("kind", "=", "lawyer") & Domain("contact_point_ids", "in", above),
            order="name, id",
        )
        for union_id in reversed(above):
            serving = lawyers_sudo.filtered(lambda lawyer, union_id=union_id: union_id in lawyer.contact_point_ids.ids)
            if serving:
                break
        else:
            return []
        is_own = union_id == self.id
        point = union_sudo.browse(union_id)
        return [
            {
                "name": lawyer.name,
                "law_firm": lawyer.law_firm_id.name,
                "phone": (is_own or lawyer.publish_office_phone) and lawyer.office_phone,
                "union": point.name,
            }
            for lawyer in serving
            if is_own or lawyer.consent_date
        ]
