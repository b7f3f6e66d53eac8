from odoo import fields, models


class LegalAidTodoMixin(models.AbstractModel):
    """Odoo's to-dos on a record that is also read on the portal, where their types are closed.

    Odoo itself keeps all but these two of its fields to users of the back office.
    """

    _name = "legal.aid.todo.mixin"
    _description = "To-dos of the Office"
    _inherit = ["mail.activity.mixin"]

    activity_exception_decoration = fields.Selection(groups="base.group_user")
    activity_exception_icon = fields.Char(groups="base.group_user")
