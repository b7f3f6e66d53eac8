from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER
from ..organization.wording import join_names


class LegalAidMediation(models.Model):
    """An attempt to settle a case before the mediation committee at the enterprise (C4; 意见 §四): offered, held, and its result.

    Once its result is in, an attempt stays as it is; only its papers may still be added.
    """

    _name = "legal.aid.mediation"
    _description = "Mediation Attempt"
    _inherit = ["legal.aid.case.leaf.mixin", "legal.aid.link.mixin", "legal.aid.logged.mixin"]
    _order = "offered_date desc, id desc"
    _rec_names_search = ["case_id"]
    _checked_links = ("case_id",)
    _access_log_fields = frozenset({"note"})

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, ondelete="restrict", index=True)
    organization_id = fields.Many2one(related="case_id.organization_id", store=True, index=True)
    institution_id = fields.Many2one(
        comodel_name="union.institution",
        string="Mediation Committee",
        required=True,
        domain=[("kind", "=", "committee")],
        ondelete="restrict",
        index=True,
    )
    offered_date = fields.Date(string="Offered On", required=True, default=legal_today)
    held_date = fields.Date(string="Held On")
    result = fields.Selection(
        selection=[
            ("agreed", "Agreement reached"),
            ("failed", "No agreement"),
            ("declined", "Refused by a party"),
            ("silent", "No answer"),
        ],
        help="Empty while the mediation goes on.",
    )
    document_id = fields.Many2one(
        comodel_name="legal.aid.case.document",
        string="Agreement",
        domain="[('case_id', '=', case_id)]",
        ondelete="restrict",
        index="btree_not_null",
        groups=OFFICER,
    )
    note = fields.Text(groups=OFFICER)

    # Compute

    @api.depends("case_id.name", "offered_date")
    def _compute_display_name(self):
        for attempt in self:
            attempt.display_name = f"{attempt.case_id.name or ''} {fields.Date.to_string(attempt.offered_date) or ''}"

    # Constraints

    @api.constrains("case_id", "institution_id", "offered_date", "held_date", "result", "document_id")
    def _check_attempt(self):
        today = legal_today(self)
        for attempt in self.sudo():  # what is missing is told, nothing else
            name = {"case": attempt.case_id.name}
            if attempt.institution_id.kind != "committee":
                raise ValidationError(self.env._("Case %(case)s: choose a mediation committee.", **name))
            days = [day for day in (attempt.offered_date, attempt.held_date, today) if day]
            if days != sorted(days):
                raise ValidationError(
                    self.env._(
                        "Case %(case)s: the mediation is held after it was offered, and neither lies in the future.",
                        **name,
                    )
                )
            if attempt.result in ("agreed", "failed") and not attempt.held_date:
                raise ValidationError(
                    self.env._("Case %(case)s: enter the day on which the mediation was held.", **name)
                )
            if attempt.result == "agreed" and not attempt.document_id:
                raise ValidationError(
                    self.env._(
                        "Case %(case)s: an agreement needs its paper. Add it to the papers of the case, then choose it here.",
                        **name,
                    )
                )
            if attempt.document_id and attempt.document_id.case_id != attempt.case_id:
                raise ValidationError(self.env._("The paper belongs to another case than %(case)s.", **name))

    # CRUD

    def write(self, vals):
        over = self.filtered("result")
        if over and vals.keys() - {"document_id", "note"}:
            raise UserError(
                self.env._(
                    "The mediation in case %(cases)s is over, and its record stays. Record a new attempt instead.",
                    cases=join_names(self.env, over.case_id.mapped("name")),
                )
            )
        return super().write(vals)

    # Business

    def _note_access(self, kind, field_names=(), reason=None):
        """Whoever reads an attempt opens the file of its case."""
        return self.case_id._note_access(kind, field_names, reason)
