from odoo.fields import Domain
from odoo.http import request, route

from ..models.organization.legal_day import legal_today
from .portal import URGENT, LegalAidPortal

LINE = "legal.aid.payout.line"
FEE = "legal.aid.expense"
CASE = "legal.aid.case"
# Years of work of the busiest lawyer.
MAX_LINES = 200


class LegalAidPortalPayment(LegalAidPortal):
    """The lawyer's money: “when is my money coming”, from the closed case or the year of service to the day of payment (P1)."""

    # Home

    def _prepare_legal_aid_home(self):
        return {**super()._prepare_legal_aid_home(), "money": self._prepare_money()}

    def _list_duties(self, cases, ledgers):
        duties = super()._list_duties(cases, ledgers)
        returned = request.env[LINE].search_count([("state", "=", "failed")])
        if returned:
            label = request.env._("Payments that the bank returned")
            duties.append(
                self._make_duty(
                    "returned", label, "/my/legal-aid/payments", returned, "fa-exclamation-triangle", tone=URGENT
                )
            )
        return duties

    def _prepare_money(self):
        """What is on the way to the lawyer and until when it has to be there; else what he got last."""
        env = request.env
        [[pending]] = env[LINE]._read_group([("state", "=", "pending")], [], ["amount_net:sum"])
        [[approved]] = env[FEE]._read_group([("state", "=", "approved")], [], ["amount_allowed:sum"])
        last = env[LINE].search([("state", "=", "paid")], order="paid_date desc, id desc", limit=1)
        pay_days = env[CASE]._get_pay_days().values()
        return {
            "coming": (pending or 0) + (approved or 0),
            "date_due": min(pay_days, default=False),
            "paid": last.amount_net,
            "paid_date": last.paid_date,
            "currency": env.company.currency_id,
        }

    # Pages

    @route("/my/legal-aid/payments", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_payments(self, **kw):
        lawyers = self._get_lawyers()
        env = request.env
        lines = env[LINE].search([], limit=MAX_LINES)
        return self._render_page(
            "union_legal_aid.portal_payments",
            [(env._("Payments"), False)],
            {
                "lines": lines,
                "coming": [*self._list_fees(lawyers), *self._list_subsidies(lawyers, lines)],
            },
        )

    def _list_fees(self, lawyers):
        """The fees that are still to come: for each case how far it is, and the last day of the step that is due."""
        env = request.env
        paid = lawyers.filtered(lambda lawyer: lawyer.kind != "staff" and not lawyer.is_public_servant)
        own = Domain("volunteer_id", "in", paid.ids)
        # From the moment it is on a payout, a fee shows as a payment.
        fees = env[FEE].search(Domain("state", "in", ("submitted", "approved")), limit=MAX_LINES)
        pay_days = env[CASE]._get_pay_days()
        rows = [self._prepare_fee(fee, pay_days.get(fee.case_id.id)) for fee in fees]
        # A fee that the union still works out is not the lawyer's to read, and one on a payout stands below.
        known = set(env[FEE].search([]).case_id.ids)
        archived = env[CASE].search(own & Domain("id", "in", [case for case in pay_days if case not in known]))
        rows += [self._prepare_stage(case, "compute", pay_days[case.id]) for case in archived]
        closed = env[CASE].search(own & Domain("state", "=", "closed"), limit=MAX_LINES)
        clocks = closed._get_clocks_by_case("file_submit", "file_review")
        for case in closed:
            stage = "review" if case.file_state == "received" else "file"
            due = next((clock["date_due"] for clock in clocks.get(case.id, ())), False)
            rows.append(self._prepare_stage(case, stage, due))
        return rows

    def _prepare_fee(self, fee, pay_day):
        return {
            "kind": "fee",
            "code": fee.state,
            "number": fee.case_number,
            "stage": self._get_stages()[fee.state],
            "amount": fee.amount_allowed if fee.state == "approved" else 0,
            "currency": fee.currency_id,
            "union": fee.payer_organization_id.name,
            "date_due": pay_day,
        }

    def _prepare_stage(self, case, code, date_due):
        return {
            "kind": "fee",
            "code": code,
            "number": case.name,
            "stage": self._get_stages()[code],
            "amount": 0,
            "union": case.organization_id.name,
            "date_due": date_due,
        }

    def _list_subsidies(self, lawyers, lines):
        """The yearly subsidies that are still to come, from the contract on until they are on an approved list."""
        env = request.env
        contracts = env["legal.aid.contract"].search(
            [
                ("volunteer_id", "in", lawyers.filtered(lambda lawyer: not lawyer.is_public_servant).ids),
                ("annual_subsidy", ">", 0),
                ("state", "in", ("active", "expired")),
                ("service_year", ">=", legal_today(env.user).year - 1),
            ]
        )
        on_list = {(line.volunteer_id, line.service_year) for line in lines if line.state != "reversed"}
        ledgers = {
            (ledger.volunteer_id, ledger.year): ledger
            for ledger in env["legal.aid.ledger"].search([("volunteer_id", "in", contracts.volunteer_id.ids)])
        }
        rows = []
        for contract in contracts:
            year = (contract.volunteer_id, contract.service_year)
            ledger = ledgers.get(year)
            if not ledger or year in on_list:
                continue
            rows.append(
                {
                    "kind": "subsidy",
                    "code": f"ledger_{ledger.state}",
                    "number": contract.service_year,
                    "stage": self._get_stages()[f"ledger_{ledger.state}"],
                    "amount": contract.annual_subsidy,
                    "currency": contract.currency_id,
                    "union": contract.organization_id.name,
                    "date_due": ledger.date_due if ledger.state == "draft" else False,
                }
            )
        return rows

    def _get_stages(self):
        env = request.env
        return {
            "file": env._("Hand in the file; the fee follows when it is archived"),
            "review": env._("The union reviews the file; the fee follows when it is archived"),
            "compute": env._("Archived; the union works out the fee"),
            "submitted": env._("Worked out; waits for approval"),
            "approved": env._("Approved; comes with the next payment list"),
            "ledger_draft": env._("Hand in the yearly ledger; the subsidy follows"),
            "ledger_submitted": env._("The city union checks your ledger"),
            "ledger_accepted": env._("Ledger checked; the subsidy comes with the next payment list"),
        }
