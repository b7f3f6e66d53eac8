from odoo import models
from odoo.http import request


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    # Business

    @classmethod
    def _dispatch(cls, endpoint):
        """Forms and addresses come without the zero byte, which no text of the database holds: it would end in an error (P1, A3)."""
        if endpoint.routing["type"] == "http":
            request.params = cls._drop_zero_bytes(request.params)
        return super()._dispatch(endpoint)

    @classmethod
    def _drop_zero_bytes(cls, params):
        return {name: value.replace("\x00", "") if isinstance(value, str) else value for name, value in params.items()}
