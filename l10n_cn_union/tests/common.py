from odoo.fields import Command

from odoo.addons.base.tests.common import BaseCommon


class UnionBooksCommon(BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.china = cls.env.ref("base.cn")
        cls.union = cls._create_union_company("City Federation")
        cls.partner_lawyer = cls.env["res.partner"].create({"name": "Lawyer"})

    @classmethod
    def _create_union_company(cls, name, template="cn_union"):
        company = cls.env["res.company"].create({"name": name, "country_id": cls.china.id})
        cls.env.user.company_ids |= company
        cls.env["account.chart.template"].try_loading(template, company)
        return company

    def _accounts(self, company=None, **context):
        company = company or self.union
        Account = self.env["account.account"].with_company(company).with_context(active_test=False, **context)
        return Account.search(Account._check_company_domain(company))

    def _account(self, code, company=None):
        company = company or self.union
        return self.env["account.chart.template"].with_company(company).ref(f"cn_union_{code}")

    def _journal(self, xmlid, company=None):
        company = company or self.union
        return self.env["account.chart.template"].with_company(company).ref(xmlid)

    def _post_entry(self, journal, *lines, date="2026-03-31"):
        """Post an entry of (account code, debit, credit[, partner])."""
        company = journal.company_id
        move = (
            self.env["account.move"]
            .with_company(company)
            .create(
                {
                    "move_type": "entry",
                    "journal_id": journal.id,
                    "date": date,
                    "line_ids": [
                        Command.create(
                            {
                                "account_id": self._account(code, company).id,
                                "debit": debit,
                                "credit": credit,
                                "partner_id": partner[0].id if partner else False,
                            }
                        )
                        for code, debit, credit, *partner in lines
                    ],
                }
            )
        )
        move.action_post()
        return move
