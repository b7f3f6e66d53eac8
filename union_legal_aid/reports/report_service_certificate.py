from odoo import fields, models

# What stands on the sheet, in this order, where there is any of it.
CERTIFIED = (
    "consultations",
    "cases_assigned",
    "recipients",
    "cases_closed",
    "amount_recovered",
    "log_hours",
    "activities",
    "activity_hours",
    "training_hours",
)


class ReportServiceCertificate(models.AbstractModel):
    """志愿服务证明: printed from the facts that issuing froze, so that every copy is the same (T14)."""

    _name = "report.union_legal_aid.report_service_certificate"
    _description = "Certificate of Service"
    _inherit = "legal.aid.print.mixin"
    _printed_model = "legal.aid.service.certificate"

    # Business

    def _is_printable(self, certificate):
        return certificate.state == "issued"

    def _get_refusal(self, names):
        return self.env._("Not issued, or void, so nothing to print: %(certificates)s.", certificates=names)

    def _prepare_sheet(self, certificate):
        env = certificate.env
        facts = certificate.facts
        labels = dict(env["legal.aid.ledger.line"]._fields["code"]._description_selection(env))
        figures = facts["figures"]
        return {
            "doc": certificate,
            "title": env._("Certificate of Voluntary Service"),
            "number": certificate.name,
            "text": env._(
                "This is to certify that %(name)s (%(firm)s, licence number %(licence)s) is a volunteer of the legal service team"
                " for workers of %(union)s and gave legal service to workers as a volunteer from %(first)s to %(last)s:",
                name=facts["lawyer"],
                firm=self._or_blank(facts["law_firm"]),
                licence=self._or_blank(facts["license_number"]),
                union=facts["union"],
                first=self._format_date(fields.Date.to_date(facts["date_from"])),
                last=self._format_date(fields.Date.to_date(facts["date_to"])),
            ),
            "rows": [
                (labels[code], f"{figures[code]:,.2f}".rstrip("0").rstrip("."))
                for code in CERTIFIED
                if figures.get(code)
            ],
            "closing": env._("Certified herewith."),
            "union": facts["union"],
            "date": self._format_date(certificate.issued_date),
        }
