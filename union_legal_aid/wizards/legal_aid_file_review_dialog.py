from odoo import api, fields, models


class LegalAidFileReviewDialog(models.TransientModel):
    """Shows the check-list of a file that was handed in, and takes the decision: accept or return (C8)."""

    _name = "legal.aid.file.review.dialog"
    _description = "Review a File"
    _inherit = ["legal.aid.link.mixin"]
    _checked_links = ("case_id",)

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, readonly=True, ondelete="cascade")
    received_date = fields.Date(related="case_id.file_received_date")
    check_list = fields.Text(compute="_compute_check_list")
    missing_item_ids = fields.Many2many(comodel_name="legal.aid.closing.item", compute="_compute_check_list")
    seen_item_ids = fields.Many2many(
        comodel_name="legal.aid.closing.item",
        relation="legal_aid_file_review_dialog_seen_rel",
        string="Seen in the File Itself",
        domain="[('id', 'in', missing_item_ids)]",
        help="What is not among the documents, but lies in the paper file or in the scanned whole.",
    )
    reason_ids = fields.Many2many(
        comodel_name="legal.aid.reason",
        string="Reasons to Return",
        domain=[("usage", "=", "file_return")],
    )
    note = fields.Text(help="For the lawyer. No personal data.")

    # Compute

    @api.depends("case_id")
    @api.depends_context("lang")
    def _compute_check_list(self):
        for dialog in self:
            case = dialog.case_id
            lines = [line for line in case._get_check_list() if line["stage"] == "file"] if case else []
            dialog.check_list = "\n".join(case._describe_check(line) for line in lines)
            dialog.missing_item_ids = case._get_missing_items("file") if case else False

    # Actions

    def action_accept(self):
        self.ensure_one()
        self.case_id.action_accept_file(seen_item_ids=self.seen_item_ids.ids, note=self.note or "")
        return {"type": "ir.actions.act_window_close"}

    def action_accept_and_archive(self):
        self.action_accept()
        self.case_id.action_archive()
        return {"type": "ir.actions.act_window_close"}

    def action_return(self):
        self.ensure_one()
        self.case_id.action_return_file(reason_codes=self.reason_ids.mapped("code"), note=self.note or "")
        return {"type": "ir.actions.act_window_close"}
