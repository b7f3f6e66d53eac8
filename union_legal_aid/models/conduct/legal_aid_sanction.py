from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import format_date

from ..organization.legal_day import legal_today

DOCUMENT_READERS = "union_legal_aid.group_officer,union_legal_aid.group_auditor,union_legal_aid.group_justice"


class LegalAidSanction(models.Model):
    """A punishment of a lawyer by the authority, or a sanction of his bar association (T6; 管理办法 §5(1)).

    Once it is final it opens the removal at once, without anybody's decision. One that was final before the present membership was
    known, or should have been, when the lawyer was chosen: it stays on record and opens nothing.

    ================  ==========  ==================================================================================
    State             becomes     by
    ================  ==========  ==================================================================================
    recorded          final       ``action_make_final``, or recorded with the day on which it became final
    recorded, final   revoked     ``action_revoke`` with a coded reason; the removal that rested on it alone ends too
    ================  ==========  ==================================================================================

    Recorded by an officer of the city, or by the justice bureau of the city, which records nothing else here.
    """

    _name = "legal.aid.sanction"
    _description = "Sanction of a Lawyer"
    _inherit = ["legal.aid.editable.mixin", "legal.aid.city.mixin", "legal.aid.link.mixin", "legal.aid.workflow.mixin"]
    _order = "date desc, id desc"
    _rec_names_search = ["number", "volunteer_id"]
    _checked_links = ("volunteer_id",)

    _workflow_transitions = {"recorded": ("final", "revoked"), "final": ("revoked",)}
    _workflow_fields = frozenset(
        {"state", "recorded_by_id", "revoked_date", "revoke_reason_id", "revoke_note", "revoked_by_id"}
    )
    _workflow_initial = {"state": "recorded"}
    _workflow_facts = {
        "volunteer_id": (),
        **dict.fromkeys(("kind", "body", "number", "date", "final_date"), ("recorded",)),
        **dict.fromkeys(("document", "document_name"), ("recorded", "final")),
    }

    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer", string="Lawyer", required=True, ondelete="restrict", index=True
    )
    organization_id = fields.Many2one(related="volunteer_id.organization_id", store=True, index=True)
    kind = fields.Selection(
        selection=[
            ("warning", "Warning (authority)"),
            ("fine", "Fine or confiscation (authority)"),
            ("suspension", "Practice suspended (authority)"),
            ("revocation", "Licence revoked (authority)"),
            ("bar_warning", "Admonition or warning (bar association)"),
            ("bar_criticism", "Public criticism or censure (bar association)"),
            ("bar_suspension", "Membership suspended or withdrawn (bar association)"),
            ("other", "Another punishment"),
        ],
        required=True,
        default="warning",
    )
    body = fields.Char(string="Decided By (Body)", required=True, help="The authority or bar association as it signs.")
    number = fields.Char(string="Number of the Decision", required=True)
    date = fields.Date(string="Day of the Decision", required=True)
    final_date = fields.Date(
        string="Final Since",
        help="The day from which nothing can be lodged against it. Empty while it may still change.",
    )
    document = fields.Binary(string="The Decision", attachment=True, copy=False, groups=DOCUMENT_READERS)
    document_name = fields.Char(copy=False, groups=DOCUMENT_READERS)
    recorded_by_id = fields.Many2one(
        comodel_name="res.users",
        required=True,
        readonly=True,
        copy=False,
        ondelete="restrict",
        default=lambda self: self.env.user,
    )
    state = fields.Selection(
        selection=[("recorded", "Not Final"), ("final", "Final"), ("revoked", "Revoked")],
        default="recorded",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    revoked_date = fields.Date(readonly=True, copy=False)
    revoke_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason", string="Revoked Because", readonly=True, copy=False, ondelete="restrict"
    )
    revoke_note = fields.Text(string="Note on the Revocation", readonly=True, copy=False, groups=DOCUMENT_READERS)
    revoked_by_id = fields.Many2one(comodel_name="res.users", readonly=True, copy=False, ondelete="restrict")
    counts = fields.Boolean(
        string="Ground for Removal", compute="_compute_counts", help="Final, and in the present membership."
    )

    _number_unique = models.UniqueIndex(
        "(volunteer_id, number) WHERE state != 'revoked'",
        "This decision is on record for this lawyer already. Open the existing record instead.",
    )

    # Compute

    @api.depends("number", "volunteer_id.name")
    def _compute_display_name(self):
        for sanction in self:
            sanction.display_name = f"{sanction.sudo().volunteer_id.name or ''} {sanction.number or ''}".strip()

    @api.depends("state", "final_date", "volunteer_id.member_since", "volunteer_id.state")
    def _compute_counts(self):
        for sanction in self:
            since = sanction.volunteer_id.member_since
            sanction.counts = sanction.state == "final" and bool(since) and sanction.final_date >= since

    # Constraints

    @api.constrains("date", "final_date")
    def _check_dates(self):
        today = legal_today(self)
        for sanction in self:
            if sanction.date > today or (sanction.final_date and not sanction.date <= sanction.final_date <= today):
                raise ValidationError(
                    self.env._(
                        "Decision %(number)s: it cannot be of a day that is still to come, nor final before it was made."
                        " Correct the days.",
                        number=sanction.number,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        sanctions = super().create(vals_list)
        sanctions.filtered("final_date")._do_make_final()
        return sanctions

    # Actions

    def action_make_final(self, date=None):
        """Nothing can be lodged against it any more; the removal opens at once (T6).

        :param date: the day from which it is final; else the day entered on the record, else today
        """
        self._check_state("recorded")
        for sanction in self:
            sanction.final_date = fields.Date.to_date(date) or sanction.final_date or legal_today(self)
        self._do_make_final()
        return True

    def action_revoke(self, reason_code=None, note=""):
        """It was set aside, or recorded by mistake; opens a dialog when called without a reason."""
        self._check_transition("revoked")
        if not reason_code:
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_revoke", "sanction_revoke", self.env._("Sanction Set Aside")
            )
        reason = self.env["legal.aid.reason"]._get_coded("sanction_revoke", reason_code)
        self._transition(
            "revoked",
            {
                "revoked_date": legal_today(self),
                "revoke_reason_id": reason.id,
                "revoke_note": note,
                "revoked_by_id": self.env.uid,
            },
        )
        self.volunteer_id._end_removals_without_facts(
            "sanction", self.env._("The sanction on which it rested is revoked.")
        )
        return True

    # Business

    @api.model
    def _record(self, vals):
        """Record a sanction for the justice bureau of the city, which has no right to write here.

        :raises AccessError: for whoever is neither an officer of the city nor of its justice bureau
        """
        user = self.env.user
        city = self.env["legal.aid.volunteer"].browse(vals["volunteer_id"]).organization_id
        is_bureau = user.has_group("union_legal_aid.group_justice") and any(
            city._is_at_or_below(union) for union in user.access_organization_ids
        )
        if not is_bureau:
            return self.create(vals)
        self._check_links(vals)
        closed = vals.keys() & self._workflow_fields
        if closed:
            raise AccessError(
                self.env._("%(fields)s: set by the steps of a sanction only.", fields=self._get_field_labels(closed))
            )
        return self.sudo().create(vals).sudo(False)

    def _do_make_final(self):
        self._transition("final")
        for volunteer, sanctions in self.grouped("volunteer_id").items():
            counting = sanctions.filtered("counts")
            if counting:
                # A final sanction opens the removal by itself, whoever records it.
                self.env["legal.aid.removal"].sudo()._open_for_sanctions(volunteer, counting)

    def _describe(self):
        """One line for evidence and decision; a sanction is public, the worker is not in it."""
        self.ensure_one()
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return self.env._(
            "%(body)s, %(number)s of %(date)s: %(kind)s; final since %(final)s",
            body=self.body,
            number=self.number,
            date=format_date(self.env, self.date, date_format="long"),
            kind=kinds[self.kind],
            final=format_date(self.env, self.final_date, date_format="long") or "-",
        )
