from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..organization.legal_day import legal_today


class LegalAidFileReview(models.Model):
    """One attempt to hand in the file of a case, and what the union found (C8). Written by the steps of the case only.

    ==========  =============================================  ========================
    Step        Who                                            From → to
    ==========  =============================================  ========================
    hand in     the lawyer, or an officer who takes in paper   → received
    accept      officer of the union in charge, not the lawyer received → accepted
    return      officer of the union in charge, not the lawyer received → returned
    sign        leader of the union in charge                  accepted (once)
    ==========  =============================================  ========================
    """

    _name = "legal.aid.file.review"
    _description = "Review of a File"
    _inherit = ["legal.aid.link.mixin"]
    _order = "id desc"
    _rec_names_search = ["case_id"]
    _checked_links = ("case_id",)

    case_id = fields.Many2one(
        comodel_name="legal.aid.case", required=True, readonly=True, ondelete="restrict", index=True
    )
    organization_id = fields.Many2one(related="case_id.organization_id", store=True, index=True)
    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Lawyer",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    attempt = fields.Integer(readonly=True, help="The first, second … time the file was handed in.")
    received_date = fields.Date(required=True, readonly=True)
    received_by_id = fields.Many2one(
        comodel_name="res.users", string="Handed In or Received By", readonly=True, ondelete="restrict"
    )
    is_on_paper = fields.Boolean(string="On Paper", readonly=True)
    state = fields.Selection(
        selection=[
            ("received", "To be reviewed"),
            ("accepted", "Accepted"),
            ("returned", "Returned"),
            ("void", "Void"),
        ],
        default="received",
        required=True,
        readonly=True,
        index=True,
    )
    reviewed_date = fields.Date(readonly=True)
    reviewer_id = fields.Many2one(comodel_name="res.users", readonly=True, ondelete="restrict")
    reason_ids = fields.Many2many(comodel_name="legal.aid.reason", string="Returned Because", readonly=True)
    note = fields.Text(readonly=True, help="For the lawyer: what to add or to correct. No personal data.")
    seen_in_file = fields.Char(readonly=True, help="What the reviewer saw in the file itself, not among the documents.")
    signed_date = fields.Date(readonly=True)
    signed_by_id = fields.Many2one(comodel_name="res.users", readonly=True, ondelete="restrict")
    can_sign = fields.Boolean(compute="_compute_can_sign")

    _one_open_review = models.UniqueIndex(
        "(case_id) WHERE state = 'received'", "The file of this case waits for its review already."
    )

    # Compute

    @api.depends("case_id", "attempt")
    def _compute_display_name(self):
        for review in self:
            # The lawyer reads the review of his file also when the case has gone to another one.
            review.display_name = f"{review.sudo().case_id.name} ({review.attempt})"

    @api.depends("state", "signed_by_id")
    @api.depends_context("uid")
    def _compute_can_sign(self):
        is_leader = self.env.user.has_group("union_legal_aid.group_manager")
        for review in self:
            review.can_sign = (
                is_leader
                and review.state == "accepted"
                and not review.signed_by_id
                and review.reviewer_id != self.env.user
                and review.case_id.has_access("write")
            )

    # Actions

    def action_sign(self):
        """The leader's signature under an accepted review; optional, and never the reviewer's own."""
        for review in self:
            review.case_id._check_leader()
            if review.state != "accepted" or review.signed_by_id:
                raise UserError(
                    self.env._(
                        "%(review)s cannot be signed: it is not accepted, or it was signed already.",
                        review=review.display_name,
                    )
                )
            if review.reviewer_id == self.env.user:
                raise AccessError(
                    self.env._("You reviewed %(review)s yourself. Another leader signs it.", review=review.display_name)
                )
            # Nobody has a right to write reviews; the checks above are what counts.
            review.sudo().write({"signed_date": legal_today(self), "signed_by_id": self.env.user.id})
        return True
