import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..organization.legal_day import legal_today


class LegalAidServiceRequestPaper(models.Model):
    """A paper that goes with a worker's written application: identity, proof of hardship, evidence (工会法律援助办法 §12).

    Added while the request is written or corrected; after it was taken up, for as long as the case is still being examined: then
    it goes to the papers of the case at once. Read by whoever reads what the request tells.
    """

    _name = "legal.aid.service.request.paper"
    _description = "Paper of a Request"
    _inherit = ["legal.aid.noted.mixin"]
    _order = "request_id, id"
    _rec_names_search = ["name"]
    _noted_fields = frozenset({"date"})

    request_id = fields.Many2one(
        comodel_name="legal.aid.service.request", required=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        selection=[
            ("identity", "Proof of identity"),
            ("evidence", "Evidence"),
            ("hardship", "Proof of hardship"),
            ("other", "Other"),
        ],
        default="evidence",
        required=True,
    )
    name = fields.Char(string="File", required=True)
    file = fields.Binary(string="Content", required=True)
    date = fields.Date(string="Added On", default=legal_today, required=True, readonly=True, copy=False)

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        papers = super().create(vals_list)
        papers.request_id._check_takes_papers()
        papers.filtered(lambda paper: paper.request_id.state == "accepted")._hand_on()
        return papers

    def write(self, vals):
        self._check_not_handed_in()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_handed_in(self):
        self._check_not_handed_in()

    # Business

    def _check_not_handed_in(self):
        for request in self.request_id:
            if not request._is_being_written():
                raise UserError(
                    self.env._(
                        "Request %(number)s is handed in, so its papers stay as they are. Add a further one instead.",
                        number=request.name,
                    )
                )

    def _get_content(self):
        """The bytes of the file."""
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).file or b"")

    def _file_in(self, case):
        """Put the papers among those of the case that came of the request."""
        for paper in self:
            case.action_add_document(
                kind=paper.kind,
                filename=paper.name,
                content=paper._get_content(),
                confidentiality="sensitive",
                name=paper.name,
            )

    def _hand_on(self):
        """What comes in later goes to the case, and its officers are told by number only."""
        for request, papers in self.grouped("request_id").items():
            # The house union reads no case; that this one still takes its papers was checked.
            request_sudo = request.sudo()
            papers.sudo()._file_in(request_sudo.case_id)
            request_sudo._notify(
                request_sudo._get_officers(),
                lambda env, number=request.name, case=request_sudo.case_id.name: env._(
                    "Request %(number)s: more papers came in. They are among the papers of case %(case)s.",
                    number=number,
                    case=case,
                ),
            )
