from odoo import api, models

from odoo.addons.base.models.ir_actions_report import _wkhtml

from ..tools import money


class LegalAidMoneyPrintMixin(models.AbstractModel):
    """What the money documents share: figures and capitals come from the same stored amount (M8, F§6), signers from the record."""

    _name = "legal.aid.money.print.mixin"
    _description = "Money Document"
    _inherit = "legal.aid.print.mixin"

    # Business

    @api.model
    def _format_amount(self, amount):
        return money.show(amount)

    @api.model
    def _keep_rows_apart(self):
        """Whether a row of a long table needs a table of its own: without its vendor's patches the PDF program cuts through rows.

        With them it keeps rows whole, and repeats the header on each page, which it does for one table only.
        """
        return not _wkhtml().is_patched_qt

    @api.model
    def _get_capitals(self, record, amount):
        # A negative amount has no capitals (F§6); what is taken back is written in red, 红字, as its figure.
        text = record.currency_id.with_env(record.env).amount_to_text(abs(amount))
        return f"（红字）{text}" if amount < 0 else text

    def _get_approval_signers(self, record):
        """``[(role, "name date")]``: who asked and who decided, as the immutable decisions have it."""
        env = record.env
        # Who signed a document is printed on it, whoever prints it.
        request_sudo = record.sudo().approval_request_id
        if not request_sudo or record.approval_state != "approved":
            return [(env._("Officer"), ""), (env._("Approved by"), "")]
        signers = [(env._("Officer"), self._sign(request_sudo.requested_by_id, request_sudo.requested_at))]
        for line in request_sudo.line_ids:
            name = line.user_id.name
            if line.on_behalf_of_id:
                name = env._("%(substitute)s for %(principal)s", substitute=name, principal=line.on_behalf_of_id.name)
            signers.append((line.step_name, f"{name} {self._format_date(line.decided_at.date())}"))
        return signers

    def _sign(self, user, moment):
        return f"{user.sudo().name} {self._format_date(moment.date())}" if user and moment else ""
