import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools import receipts

# Written by the system from what is entered; nobody types them.
COMPUTED = ("receipt_key", "receipt_checksum")
COSTS = [
    ("travel", "Travel"),
    ("post", "Post and telephone"),
    ("print", "Printing and copies"),
    ("evidence", "Taking of evidence"),
    ("translation", "Translation"),
    ("notary", "Notary"),
    ("appraisal", "Expert appraisal"),
    ("other", "Other cost"),
]
FACTS = ("receipt_code", "receipt_number", "receipt_file", "date", "amount_claimed")


class LegalAidExpenseReceiptMixin(models.AbstractModel):
    """The receipt of a direct cost (F§4): its number, its photograph, and that no receipt is handed in twice (M2).

    The same receipt is refused in every fee of every union, by its number and by its file. Who hands it in again learns that it was handed
    in before, and where only if he may open that fee.
    """

    _name = "legal.aid.expense.receipt.mixin"
    _description = "Receipt of a Direct Cost"

    cost_kind = fields.Selection(
        selection=COSTS, string="Kind of Cost", help="What was paid for (直接费用, 司发通〔2019〕27号)."
    )
    date = fields.Date(string="Receipt Date")
    receipt_code = fields.Char(
        string="Invoice Code",
        copy=False,
        help="The code (发票代码) of a tax or fiscal receipt; electronic invoices (数电票) have none.",
    )
    receipt_number = fields.Char(
        copy=False, help="Number of the invoice or receipt; a direct cost is paid against its receipt only."
    )
    receipt_file = fields.Binary(attachment=True, copy=False, help="The receipt itself, as file or photograph.")
    receipt_file_name = fields.Char(copy=False)
    receipt_key = fields.Char(readonly=True, copy=False)
    receipt_checksum = fields.Char(readonly=True, copy=False, help="SHA-256 of the file.")
    is_live = fields.Boolean(compute="_compute_is_live", store=True, precompute=True)

    # The last word on “once”, whatever two people do at the same moment.
    _receipt_once = models.UniqueIndex(
        "(receipt_key) WHERE is_live AND receipt_key IS NOT NULL",
        "This receipt was handed in before. A receipt is paid once.",
    )
    _receipt_file_once = models.UniqueIndex(
        "(receipt_checksum) WHERE is_live AND receipt_checksum IS NOT NULL",
        "This file of a receipt was handed in before. A receipt is paid once.",
    )

    # Compute

    @api.depends("expense_id.state")
    def _compute_is_live(self):
        for line in self:
            line.is_live = line.expense_id.state != "cancelled"

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        self._check_receipt_door(vals_list)
        empty = self.browse()  # a copy calls this on its original
        vals_list = [{**vals, **empty._identify_receipt(vals)} for vals in vals_list]
        self._check_receipts_new([(empty, vals) for vals in vals_list])
        return super().create(vals_list)

    def write(self, vals):
        self._check_receipt_door([vals])
        if not vals.keys() & set(FACTS):
            return super().write(vals)
        changes = [(line, line._identify_receipt(vals)) for line in self]
        self._check_receipts_new(changes)
        for line, identity in changes:
            super(LegalAidExpenseReceiptMixin, line).write({**vals, **identity})
        return True

    # Business

    @api.model
    def _check_receipt_door(self, vals_list):
        if any(set(COMPUTED) & vals.keys() for vals in vals_list) or any(
            f"default_{name}" in self.env.context for name in COMPUTED
        ):
            raise AccessError(
                self.env._("What tells one receipt from another is taken from its number and its file. Enter those.")
            )

    def _identify_receipt(self, vals):
        """Key and checksum of the receipt, as ``vals`` will leave it."""
        facts = {name: vals.get(name, self[name] if self else False) for name in FACTS if name != "receipt_file"}
        if facts["receipt_code"] and not receipts.is_well_formed(facts["receipt_code"], facts["receipt_number"]):
            raise ValidationError(
                self.env._(
                    "Invoice code %(code)s and number %(number)s do not go together: a tax invoice has a code of 10 or 12 digits and a"
                    " number of 8, a fiscal receipt 8 and 10. For an electronic invoice enter its 20 digits as the number.",
                    code=facts["receipt_code"],
                    number=facts["receipt_number"] or "",
                )
            )
        identity = {
            "receipt_key": receipts.key(
                facts["receipt_code"],
                facts["receipt_number"],
                fields.Date.to_date(facts["date"]) or None,
                facts["amount_claimed"] or 0,
            )
        }
        if "receipt_file" in vals:
            content = base64.b64decode(vals["receipt_file"] or b"")
            identity["receipt_checksum"] = receipts.checksum(content) if content else False
        return identity

    def _check_receipts_new(self, changes):
        """Refuse what was handed in before, in whatever union; ``changes`` is ``[(line, values)]``."""
        # What is handed in together is compared with itself, and nothing that lies in a draft of memory is missed.
        self.env["legal.aid.expense.line"].flush_model([*COMPUTED, "is_live"])
        seen = set()
        for line, vals in changes:
            for name in COMPUTED:
                value = vals.get(name)
                if not value:
                    continue
                # Whose receipt it was is found out with the rights of the system, and told only to who may know.
                others_sudo = (
                    self.env["legal.aid.expense.line"]
                    .sudo()
                    .search([(name, "=", value), ("is_live", "=", True), ("id", "not in", line.ids)], limit=1)
                )
                if others_sudo or (name, value) in seen:
                    self._raise_receipt_again(name, others_sudo.expense_id)
                seen.add((name, value))

    @api.model
    def _raise_receipt_again(self, name, expense_sudo):
        what = self.env._("This receipt") if name == "receipt_key" else self.env._("This file of a receipt")
        known = self.env["legal.aid.expense"].search([("id", "in", expense_sudo.ids)])
        if known:
            raise UserError(
                self.env._(
                    "%(what)s was handed in before, with %(expense)s. A receipt is paid once; what one page shows together is one item.",
                    what=what,
                    expense=known.display_name,
                )
            )
        raise UserError(
            self.env._(
                "%(what)s was handed in before. A receipt is paid once. If you think that this is a mistake, ask the city union, which"
                " sees the fees of all unions.",
                what=what,
            )
        )

    def _get_receipt_gap(self):
        """What the receipt of a direct cost still lacks, or False."""
        self.ensure_one()
        if self.kind != "actual_cost":
            return False
        if not receipts.normal(self.receipt_number):
            return self.env._("the number of the receipt")
        if not self.date:
            return self.env._("the day of the receipt")
        return not self.receipt_checksum and self.env._("the receipt itself, as file or photograph")
