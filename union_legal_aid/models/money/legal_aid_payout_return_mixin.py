import base64
from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import formatLang

from ...tools import bank_return, money
from ..organization.legal_day import legal_today
from ..organization.wording import join_sentences

# What banks write when they return a payment, and the coded reason that stands for it.
REASON_WORDS = {
    "account_closed": ("销户", "注销", "冻结", "止付"),
    "account_wrong": ("户名", "账号", "帐号", "账户", "卡号", "不符", "不存在"),
}


class LegalAidPayoutReturnMixin(models.AbstractModel):
    """The bank's return file (M7): each payment confirmed, or failed with the bank's reason. A file is taken whole or not at all."""

    _name = "legal.aid.payout.return.mixin"
    _description = "Bank Return of a Payout"

    bank_return_ids = fields.One2many(
        comodel_name="legal.aid.bank.return",
        inverse_name="payout_id",
        string="Bank Return Files",
        readonly=True,
        copy=False,
    )

    # Actions

    def action_import_bank_return(self, content=None, file_name="", date=None, format_id=None, journal_id=None):
        """Mark each payment that the bank's file names as confirmed or failed; opens a dialog when called without a file.

        :param content: the bytes of the file
        :param date: the day on which returned money came back; today when not given
        :param format_id: the bank's format (record or id); that of the payout when not given
        :raises UserError: with a reason for each bad row; nothing of the file is taken then
        """
        self.ensure_one()
        self._check_finance()
        self._check_bank_return()
        if not content:
            return self._open_dialog("legal.aid.bank.return.dialog", self.env._("Import the Bank's Return File"))
        # Two people with the same file: the second one waits here, and is then told that it was taken.
        self._lock()
        bank_format = self._get_bank_format(format_id)
        rows = self._read_bank_return(content, bank_format)
        matches, problems = self._match_bank_return(rows)
        if problems:
            raise UserError(
                self.env._(
                    "%(bad)s of %(rows)s rows cannot be told for certain, so nothing of the file was taken:\n%(report)s",
                    bad=len(problems),
                    rows=len(rows),
                    report=self._explain_bank_return(problems),
                )
            )
        day = fields.Date.to_date(date) or legal_today(self)
        self._take_bank_return(matches, rows, day, journal_id)
        self._keep_bank_return(matches, rows, day, bank_format, content, file_name)
        return True

    def action_open_bank_returns(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("union_legal_aid.legal_aid_bank_return_action")
        return {**action, "domain": [("payout_id", "=", self.id)]}

    # Business

    def _check_bank_return(self):
        """Before money was booked or confirmed there is nothing that could come back."""
        if self.state == "approved":
            raise UserError(
                self.env._(
                    "%(payout)s is not booked yet. Post the payment of the day on which the bank took the file, or confirm it with"
                    " the receipt; then import what the bank returned.",
                    payout=self.name,
                )
            )
        self._check_state("posted", "paid")

    def _get_bank_format(self, bank_format=None):
        if isinstance(bank_format, models.BaseModel):
            return bank_format
        if bank_format:
            return self.env["legal.aid.bank.format"].browse(int(bank_format))
        return self.bank_format_id or self.env["legal.aid.bank.format"]._get_default(self.organization_id)

    def _read_bank_return(self, content, bank_format):
        """:raises UserError: when the file as a whole is not what the format says, or was taken before"""
        try:
            rows = bank_return.read(content, bank_format._get_mapping())
        except bank_return.BadWorkbook as error:
            raise UserError(error.sentence.text(self.env._)) from error
        digest = bank_return.digest(rows)
        taken = self.sudo().bank_return_ids.filtered(lambda record: record.digest == digest)
        if taken:
            raise UserError(
                self.env._(
                    "This file of %(payout)s was taken on %(date)s already (%(file)s). Nothing was changed. If the bank returned a"
                    " payment once more, mark it on its line.",
                    payout=self.name,
                    date=fields.Date.to_string(taken[:1].create_date.date()),
                    file=taken[:1].name,
                )
            )
        return rows

    def _match_bank_return(self, rows):
        """``({row: lines of one payment}, {row: [problems]})``: by account, amount and, where given, holder and batch."""
        groups = self.line_ids.filtered(lambda line: line.included)._group_by_payee()
        by_account = {}
        for lines in groups:
            by_account.setdefault(lines[0].bank_account_number, []).append(lines)
        matches, problems, taken = {}, {}, {}
        for row in rows:
            found = [problem.text(self.env._) for problem in row.problems]
            lines = None if found else self._find_payment(row, by_account.get(row.account, []), taken, found)
            if found:
                problems[row.number] = found
            else:
                matches[row.number] = lines
                taken[lines] = row.number
        return matches, problems

    def _find_payment(self, row, candidates, taken, problems):
        """The lines that ``row`` speaks of, or None with the reason added to ``problems``."""
        if not candidates:
            problems.append(
                self.env._(
                    "No payment of %(payout)s went to this account. Is it the file of another payout, or of one issued again?",
                    payout=self.name,
                )
            )
            return None
        amounts = [lines for lines in candidates if self._get_net(lines) == row.amount]
        if not amounts:
            problems.append(self.env._("The amount is not the one that was sent to this account."))
            return None
        named = [lines for lines in amounts if not row.holder or lines[0].bank_account_holder == row.holder]
        if not named:
            problems.append(self.env._("The account holder is not the one that was sent with this account."))
            return None
        left = [lines for lines in named if lines not in taken]
        if not left:
            problems.append(self.env._("The same payment stands in row %(row)s.", row=taken[named[0]]))
            return None
        problem = self._get_state_problem(row, left[0])
        if problem:
            problems.append(problem)
        return left[0]

    def _get_state_problem(self, row, lines):
        """Why what the bank says cannot be true of a payment as it stands now, or None."""
        first = lines[0]
        if row.remark.startswith(self.name) and row.remark != self._get_batch_remark(first.bank_batch):
            return self.env._("The row belongs to an earlier batch (%(remark)s) than the payment.", remark=row.remark)
        if first.state == "failed":
            return self.env._("The payment was marked as returned already. Issue it again, then pay it.")
        if first.state != "paid":
            return self.env._("The payment is not booked yet.")
        if row.date and first.paid_date and row.date < first.paid_date:
            return self.env._(
                "The bank's date %(date)s is earlier than the payment of %(paid)s.",
                date=fields.Date.to_string(row.date),
                paid=fields.Date.to_string(first.paid_date),
            )
        if not row.is_paid and first.bank_confirmed_date and not row.reason:
            return self.env._("The bank confirmed this payment before, and gives no reason why it failed.")
        return None

    def _get_net(self, lines):
        return sum((money.cents(line.amount_net) for line in lines), Decimal(0))

    def _explain_bank_return(self, problems):
        """One line for each bad row, told by its number in the file; accounts and names are not repeated."""
        return "\n".join(
            self.env._("Row %(row)s: %(reason)s", row=number, reason=join_sentences(self.env, found))
            for number, found in problems.items()
        )

    def _take_bank_return(self, matches, rows, day, journal_id):
        failed = {}
        for row in rows:
            lines = matches[row.number]
            vals = {"bank_reference": row.reference or False}
            if row.is_paid:
                vals |= {"bank_confirmed_date": row.date or day, "bank_reason": False}
            else:
                vals |= {"bank_confirmed_date": False, "bank_reason": row.reason or False}
                code = self._get_reason_code(row.reason)
                failed[code] = failed.get(code, self.line_ids.browse()) | lines
            lines._row_env().write(vals)
        for code, lines in failed.items():
            lines.action_return(reason_code=code, date=day, journal_id=journal_id)

    def _get_reason_code(self, text):
        for code, words in REASON_WORDS.items():
            if any(word in (text or "") for word in words):
                return code
        return "other"

    def _keep_bank_return(self, matches, rows, day, bank_format, content, file_name):
        failed = [row for row in rows if not row.is_paid]
        payments = self.line_ids.filtered("included")._group_by_payee()
        record = (
            self.env["legal.aid.bank.return"]
            ._row_env()
            .create(
                {
                    "payout_id": self.id,
                    "name": file_name or self.name,
                    "content": base64.b64encode(content),
                    "digest": bank_return.digest(rows),
                    "date": day,
                    "format_name": bank_format.name,
                    "paid_count": len(rows) - len(failed),
                    "failed_count": len(failed),
                    "missing_count": max(len(payments) - len(matches), 0),
                    "failed_amount": float(sum((row.amount for row in failed), Decimal(0))),
                }
            )
        )
        self._message_log(
            body=self.env._(
                "Bank return file taken: %(paid)s payments made, %(failed)s failed (%(amount)s), %(missing)s not in the file.",
                paid=record.paid_count,
                failed=record.failed_count,
                amount=formatLang(self.env, record.failed_amount, currency_obj=self.currency_id),
                missing=record.missing_count,
            )
        )
