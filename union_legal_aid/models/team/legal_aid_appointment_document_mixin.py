from odoo import models
from odoo.tools import format_date

from ...tools import money
from ..organization.wording import join_names


class LegalAidAppointmentDocumentMixin(models.AbstractModel):
    """The sentences of the printed letter of appointment and contract (T2). Whole sentences, so that they can be
    translated.
    """

    _name = "legal.aid.appointment.document.mixin"
    _description = "Printed Contract"

    # Business

    def _get_document_lang(self):
        """Documents of a Chinese union are in Chinese, whoever prints them, if the ERP speaks it."""
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        return "zh_CN" if "zh_CN" in installed else self.env.lang

    def _get_printable(self):
        """The record as the printed page reads it: whoever may read the contract reads the names that stand on it."""
        self.check_access("read")
        return self.sudo().with_context(lang=self._get_document_lang())

    def _get_document_name(self):
        """File name of the print, without characters that file systems refuse."""
        self.ensure_one()
        return (self.number or self.display_name).replace("/", "-")

    def _format_document_date(self, date):
        return format_date(self.env, date, date_format="long") if date else ""

    def _get_period(self):
        return {
            "start": self._format_document_date(self.date_start),
            "end": self._format_document_date(self.date_end),
        }

    def _get_salutation(self):
        self.ensure_one()
        return self.env._("Dear %(name)s,", name=self.volunteer_id.name)

    def _get_letter_paragraphs(self):
        """The text of the letter of appointment (聘书)."""
        self.ensure_one()
        lawyer = self.volunteer_id
        paragraphs = [
            self.env._(
                "You are hereby appointed a member of the workers' legal-service volunteer team of %(city)s. The term"
                " runs from %(start)s to %(end)s.",
                city=self.organization_id.name,
                **self._get_period(),
            ),
        ]
        if lawyer.contact_point_ids:
            paragraphs.append(
                self.env._(
                    "Contact points served: %(unions)s.",
                    unions=join_names(self.env, lawyer.contact_point_ids.mapped("name")),
                )
            )
        paragraphs.append(self.env._("This letter is issued in witness thereof."))
        return paragraphs

    def _get_contract_parties(self):
        """The two sides, one line each."""
        self.ensure_one()
        union = self.env._("Party A (union): %(name)s", name=self.organization_id.name)
        if self.kind == "firm":
            return [union, self.env._("Party B (law firm): %(name)s", name=self.law_firm_id.name)]
        lawyer = self.env._(
            "Party B (lawyer): %(name)s, %(firm)s, licence number %(license)s",
            name=self.volunteer_id.name,
            firm=self.law_firm_id.name or self.env._("no law firm"),
            license=self.volunteer_id.license_number or "",
        )
        return [union, lawyer]

    def _get_contract_clauses(self):
        """``[(heading, [paragraphs])]`` of the contract, numbered."""
        self.ensure_one()
        return [
            (self.env._("Article %(number)s: %(heading)s", number=number, heading=heading), paragraphs)
            for number, (heading, paragraphs) in enumerate(self._get_articles(), start=1)
        ]

    def _get_articles(self):
        term = self.env._(
            "The term runs from %(start)s to %(end)s. It is not renewed automatically.", **self._get_period()
        )
        return [
            (self.env._("Term"), [term]),
            (self.env._("Services"), self._get_service_paragraphs()),
            *self._get_named_article(),
            (self.env._("Subsidy and Fees"), self._get_money_paragraphs()),
            (self.env._("Rules of Conduct"), self._get_conduct_paragraphs()),
            (
                self.env._("End of the Contract"),
                [
                    self._get_end_paragraph(),
                    self.env._(
                        "This contract rests on %(policy)s (%(number)s).",
                        policy=self.policy_id.name,
                        number=self.policy_id.document_number,
                    ),
                ],
            ),
        ]

    def _get_conduct_paragraphs(self):
        paragraphs = [
            self.env._("Legal aid is free of charge: no money or property is taken from workers."),
            self.env._("Nobody is sent in one's place without permission; major and group cases are reported in time."),
            self.env._("What becomes known of workers and unions in the service is kept secret."),
        ]
        if self.kind == "individual":
            paragraphs.append(self.env._("The yearly ledger is handed in by 20 May of the following year."))
        return paragraphs

    def _get_end_paragraph(self):
        if self.kind == "firm":
            return self.env._(
                "The agreement ends with its term. Either party may end it early in writing; cases that are open then are"
                " finished by the lawyers who have them, or handed over as Party A decides."
            )
        return self.env._(
            "The contract ends with its term. It ends early by notice for cause, at the lawyer's request,"
            " or by removal from the team on the grounds of the management measures."
        )

    def _get_named_article(self):
        """The lawyers whom the firm names under its agreement (T5)."""
        if self.kind != "firm":
            return []
        lawyers = [
            self.env._(
                "%(name)s, licence number %(license)s, from %(start)s to %(end)s",
                name=naming.volunteer_id.name,
                license=naming.volunteer_id.license_number or "",
                start=self._format_document_date(naming.date_from),
                end=self._format_document_date(naming.date_to),
            )
            for naming in self.named_lawyer_ids
        ]
        rule = self.env._(
            "Party B names the lawyers who handle the cases and tells Party A in writing of every change. A lawyer who is no"
            " longer named gets no new cases."
        )
        return [(self.env._("Lawyers Named"), [rule, *lawyers])]

    def _get_service_paragraphs(self):
        kinds = dict(self.duty_ids._fields["kind"]._description_selection(self.env))
        paragraphs = []
        for duty in self.duty_ids:
            text = kinds[duty.kind]
            if duty.name:
                text = self.env._("%(duty)s: %(details)s", duty=text, details=duty.name)
            if duty.target:
                text = self.env._("%(duty)s (target of the year: %(target)s)", duty=text, target=duty.target)
            paragraphs.append(text)
        if self.volunteer_id.contact_point_ids:
            paragraphs.append(
                self.env._(
                    "Contact points served: %(unions)s.",
                    unions=join_names(self.env, self.volunteer_id.contact_point_ids.mapped("name")),
                )
            )
        return paragraphs

    def _get_money_paragraphs(self):
        paragraphs = []
        if self.annual_subsidy:
            paragraphs.append(
                self.env._(
                    "%(city)s pays a work subsidy of %(amount)s (%(capitals)s) for the service year.",
                    city=self.organization_id.name,
                    amount=money.show(self.annual_subsidy),
                    capitals=self.currency_id.amount_to_text(self.annual_subsidy),
                )
            )
        paragraphs.append(
            self.env._(
                "Fees for legal-aid cases follow the standard in force and are borne by the city union or the county"
                " union that has jurisdiction."
            )
        )
        return paragraphs
