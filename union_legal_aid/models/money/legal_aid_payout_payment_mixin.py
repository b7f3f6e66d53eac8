import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ...tools import bank_file, money
from ..organization.download import download
from ..organization.legal_day import legal_today
from ..organization.wording import join_names

FINANCE = "union_legal_aid.group_finance"


class LegalAidPayoutPaymentMixin(models.AbstractModel):
    """The bank's batch file (M7), and the confirmation of a payer whose books are elsewhere."""

    _name = "legal.aid.payout.payment.mixin"
    _description = "Payment of a Payout"

    bank_file = fields.Binary(attachment=True, readonly=True, copy=False, groups=FINANCE)
    bank_file_name = fields.Char(readonly=True, copy=False)
    bank_file_date = fields.Datetime(string="Bank File Exported At", readonly=True, copy=False)
    bank_file_user_id = fields.Many2one(
        comodel_name="res.users", string="Bank File Exported By", readonly=True, copy=False, ondelete="restrict"
    )
    bank_format_id = fields.Many2one(
        comodel_name="legal.aid.bank.format",
        compute="_compute_bank_format_id",
        store=True,
        precompute=True,
        readonly=False,
        ondelete="restrict",
        index="btree_not_null",
        domain="[('organization_id', 'parent_of', organization_id)]",
        help="How the bank wants its file. Empty: the widely used columns.",
    )
    bank_batch_count = fields.Integer(string="Batches Sent to the Bank", readonly=True, copy=False)
    evidence_ids = fields.Many2many(
        comodel_name="ir.attachment",
        relation="legal_aid_payout_evidence_rel",
        column1="payout_id",
        column2="attachment_id",
        string="Evidence of Payment",
        readonly=True,
        copy=False,
        bypass_search_access=True,
        help="Bank receipts of a payer whose books are elsewhere.",
    )
    paid_by_id = fields.Many2one(
        comodel_name="res.users", string="Paid or Confirmed By", readonly=True, copy=False, ondelete="restrict"
    )

    # Compute

    @api.depends("organization_id")
    def _compute_bank_format_id(self):
        for payout in self:
            formats = self.env["legal.aid.bank.format"]
            payout.bank_format_id = formats._get_default(payout.organization_id) if payout.organization_id else False

    # Actions

    def action_export_bank_file(self):
        """Make the bank's batch file of what is still to be paid; returns its download. Each export is on record.

        What was put into a batch before is not put into another one: the same batch is made again, under its number, so that the
        bank and finance tell a copy from a second payment.

        :raises UserError: when the list is not approved, or the tax treatment is not chosen
        """
        self.ensure_one()
        self._check_finance()
        self._check_state("approved", "posted", "paid")
        self._check_tax_chosen()
        self._raise_reasons({self: self._get_no_payment_reason()})
        self._lock()
        due = self._take_batch()
        payments = self._prepare_payments(due)
        layout = self.bank_format_id._get_layout()
        content = bank_file.build(payments, layout)
        name = f"{self._get_batch_remark(max(due.mapped('bank_batch')))}.{layout.file_type}"
        self._workflow_write(
            {
                "bank_file": base64.b64encode(content),
                "bank_file_name": name,
                "bank_file_date": fields.Datetime.now(),
                "bank_file_user_id": self.env.uid,
            }
        )
        self._log_export(payments, content)
        return download(self, "bank_file", name)

    def action_confirm_paid(self, date=None, evidence=None):
        """The payer without books here confirms that it paid on ``date``; opens a dialog when called without evidence.

        :param evidence: attachments (records, ids or one of them) that show it: bank receipts, stamped pages
        :raises UserError: when the payer has books here, or there is no evidence
        """
        self.check_access("write")
        self._check_state("approved", "posted")
        for payout in self.filtered("company_id"):
            raise UserError(
                self.env._(
                    "%(payer)s has its books here, so finance posts %(payout)s, and the ledger tells that it is paid.",
                    payer=payout.organization_id.name,
                    payout=payout.name,
                )
            )
        attachments = self._get_evidence(evidence)
        if not attachments:
            return self._open_dialog("legal.aid.payout.confirm", self.env._("Confirm the Payment"))
        self._check_tax_chosen()
        self._raise_reasons({payout: payout._get_no_payment_reason() for payout in self})
        for payout in self:
            payout._do_confirm_paid(fields.Date.to_date(date) or legal_today(payout), attachments)
        return True

    # Business

    def _log_export(self, payments, content):
        """What left the house: how many payments, how much, and the digest of the file; nobody's name or account."""
        self._message_log(
            body=self.env._(
                "Bank file of batch %(batch)s exported: %(count)s payments, %(amount)s, SHA-256 %(digest)s.",
                batch=payments[0]["remark"],
                count=len(payments),
                amount=formatLang(self.env, float(sum(p["amount"] for p in payments)), currency_obj=self.currency_id),
                digest=hashlib.sha256(content).hexdigest()[:16],
            )
        )

    def _open_dialog(self, model, title):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_payout_id": self.id},
        }

    def _check_tax_chosen(self):
        """Finance may have chosen after the list was computed: look again, then insist (M9)."""
        for payout in self.filtered(lambda payout: payout.state == "approved"):
            payout._settle_tax(payout.date)
            if payout.tax_treatment == "unset":
                raise UserError(
                    self.env._(
                        "The tax treatment of %(payout)s is not chosen. Finance chooses it with the buttons of this payout, once for"
                        " the policy; until then nothing can be paid.",
                        payout=payout.name,
                    )
                )

    def _get_open_lines(self):
        """Lines that are still to be paid. A line that was paid and lost its reconciliation is a matter of the ledger."""
        self.ensure_one()
        return self.line_ids.filtered(lambda line: line.state == "pending" and not line.paid_date)

    def _raise_nothing_open(self):
        raise UserError(
            self.env._(
                "%(payout)s has no payment that is still to be made. A returned payment is issued again on its line; a payment that"
                " lost its reconciliation is reconciled in the accounts.",
                payout=self.name,
            )
        )

    def _take_batch(self):
        """The lines of the file: those in no batch yet become the next one, else the last batch comes again as a copy."""
        due = self._get_open_lines() or self.line_ids.filtered(lambda line: line.state == "paid")
        if not due:
            self._raise_nothing_open()
        fresh = due.filtered(lambda line: not line.bank_batch)
        if not fresh:
            last = max(due.mapped("bank_batch"))
            return due.filtered(lambda line: line.bank_batch == last)
        number = self.bank_batch_count + 1
        self._workflow_write({"bank_batch_count": number})
        fresh._row_env().write({"bank_batch": number})
        return fresh

    def _get_batch_remark(self, number):
        """The number of a batch, as the bank is told it and tells it again."""
        return f"{self.name}-{number or 1}"

    def _prepare_payments(self, due):
        """One payment for each lawyer, however many fees it holds."""
        payments = []
        payer_sudo = self.company_id._get_legal_aid_payer_account() if self.company_id else None
        # The bank tells the payee; finance of the payer may know the number, though not every member's record.
        phones = {lawyer_sudo: lawyer_sudo.mobile for lawyer_sudo in due.volunteer_id.sudo()}
        for lines in due._group_by_payee():
            first = lines[0]
            payments.append(
                {
                    "holder": first.bank_account_holder,
                    "account": first.bank_account_number,
                    "bank": first.bank_name,
                    "bank_code": first.bank_code,
                    "amount": sum(money.cents(line.amount_net) for line in lines),
                    "purpose": lines._get_purpose(),
                    "remark": self._get_batch_remark(first.bank_batch),
                    "phone": phones[first.volunteer_id],
                    "payer": self.organization_id.name,
                    "payer_account": payer_sudo.acc_number if payer_sudo else "",
                }
            )
        return payments

    def _get_evidence(self, evidence):
        attachments = self.env["ir.attachment"]
        if not evidence:
            return attachments
        if isinstance(evidence, models.BaseModel):
            attachments = evidence
        else:
            attachments = attachments.browse(evidence if isinstance(evidence, (list, tuple)) else [evidence])
        attachments = attachments.with_env(self.env).exists()
        attachments.check_access("read")
        return attachments

    def _raise_no_evidence(self):
        raise UserError(
            self.env._(
                "The payment of %(payout)s needs its evidence. Attach the bank's receipt or the stamped page.",
                payout=join_names(self.env, self.mapped("name")),
            )
        )

    def _bind_evidence(self, attachments):
        """Evidence belongs to the payout and follows its rights; what hangs elsewhere is copied."""
        self.ensure_one()
        own = attachments.filtered(lambda paper: paper.res_model == self._name and paper.res_id == self.id)
        loose = attachments.filtered(lambda paper: not paper.res_id)
        loose.write({"res_model": self._name, "res_id": self.id})
        elsewhere = attachments - own - loose
        return own | loose | elsewhere.copy({"res_model": self._name, "res_id": self.id})

    def _do_confirm_paid(self, date, attachments):
        self.ensure_one()
        self._lock()
        evidence = self._bind_evidence(attachments)
        lines = self._get_open_lines()
        if not lines:
            self._raise_nothing_open()
        if self.state == "approved":
            self._draw_on_budget(date)
            self._settle_tax_on_posting(date)
        lines._row_env().write({"paid_date": date, "is_confirmed": True})
        self.env["legal.aid.tax.list"]._open_for(self, date)
        self._workflow_write(
            {
                "date": date,
                "paid_by_id": self.env.uid,
                "evidence_ids": [fields.Command.link(paper.id) for paper in evidence],
            }
        )
        self.sudo()._sync_state()  # fees belong to the union in charge, which may be another one
