from odoo import api, fields, models
from odoo.exceptions import UserError

from .legal_aid_service_request_content_mixin import READERS

# The case that came of a request is still being examined, so that a paper may change something.
EXAMINED = ("draft", "submitted", "supplement")


class LegalAidServiceRequestPapersMixin(models.AbstractModel):
    """The papers of a written application, what is still missing, and what hardship means for it (I4, I6)."""

    _name = "legal.aid.service.request.papers.mixin"
    _description = "Papers of a Request"

    paper_ids = fields.One2many(
        comodel_name="legal.aid.service.request.paper",
        inverse_name="request_id",
        string="Further Papers",
        groups=READERS,
        copy=False,
    )
    worker_agrees = fields.Boolean(
        string="The Worker Agrees",
        help="The worker asked the union to apply, and agrees that the union above receives the data and papers.",
    )
    takes_papers = fields.Boolean(string="Papers May Be Added", compute="_compute_takes_papers")

    # Compute

    @api.depends("kind", "state", "is_closed_to_us")
    @api.depends_context("uid")
    def _compute_takes_papers(self):
        for request in self:
            request.takes_papers = (
                request.kind == "application" and not request.is_closed_to_us and request._is_open_to_papers()
            )

    # Business

    def _is_being_written(self):
        self.ensure_one()
        return self.state in ("draft", "returned")

    def _is_open_to_papers(self):
        """Whether a paper may be added now: while it is written, and while its case is examined."""
        self.ensure_one()
        examined = self.state == "accepted" and self.sudo().case_id.state in EXAMINED
        return self._is_being_written() or examined

    def _check_takes_papers(self):
        for request in self:
            if request.kind != "application" or not request._is_open_to_papers():
                raise UserError(
                    self.env._(
                        "Request %(number)s takes no papers now. Call %(union)s, or hand them to the lawyer.",
                        number=request.name,
                        union=request.receiver_id.name,
                    )
                )

    def _get_missing_details(self):
        missing = super()._get_missing_details()
        if self.kind == "application" and not self.worker_agrees:
            missing.append(self._fields["worker_agrees"]._description_string(self.env))
        return missing

    def _explain_hardship(self):
        """The sentence by which hardship is not examined in what is asked for, or False; the rules are those of the case."""
        self.ensure_one()
        if self.kind != "application" or not (self.applicant_kind and self.matter_id):
            return False
        # Nothing is written; the rules read the tables of matters and scopes only.
        case_sudo = (
            self.env["legal.aid.case"]
            .sudo()
            .new(
                {
                    "applicant_kind": self.applicant_kind,
                    "matter_id": self.matter_id.id,
                    "organization_id": self.receiver_id.id,
                }
            )
        )
        return case_sudo.hardship_basis in ("no_limit", "exempt") and case_sudo._explain_ground()

    def _get_paper_list(self):
        """``[{kind, label, there, remark}]`` of the papers of an application, in the order in which they are asked for."""
        self.ensure_one()
        if self.kind != "application":
            return []
        kinds = dict(self.env["legal.aid.service.request.paper"]._fields["kind"]._description_selection(self.env))
        waived = self._explain_hardship()
        remarks = {
            "page": self.env._("Written, signed by the worker, with the stamp of your union."),
            "identity": self.env._("Identity card or work card of the worker."),
            "evidence": self.env._(
                "Contract, pay slips, attendance, messages: whatever shows the work and the dispute."
            ),
            "hardship": waived or self.env._("Certificate, or the worker's own declaration at the county union."),
        }
        there = {*self.paper_ids.mapped("kind"), *(("page",) if self.page else ())}
        labels = {"page": self._fields["page"]._description_string(self.env), **kinds}
        return [
            {
                "kind": kind,
                "label": labels[kind],
                "there": kind in there,
                "waived": kind == "hardship" and bool(waived),
                "remark": remark,
            }
            for kind, remark in remarks.items()
        ]
