from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.organization.wording import join_names


class LegalAidApprovalPreview(models.TransientModel):
    """Who would approve a document, in which order, and who would not and why. Nothing is asked for and nothing is changed."""

    _name = "legal.aid.approval.preview"
    _description = "Preview of an Approval"

    document = fields.Reference(selection="_selection_document", help="Any document that takes effect by approval.")
    requester_id = fields.Many2one(
        comodel_name="res.users",
        string="Asked By",
        required=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        help="Whoever asks for the approval cannot decide it.",
    )
    is_running = fields.Boolean(compute="_compute_route", help="Approval was asked for already.")
    obstacle = fields.Text(string="Not Possible Yet", compute="_compute_route")
    route = fields.Json(compute="_compute_route")

    # Defaults

    @api.model
    def _selection_document(self):
        models_sudo = self.env["ir.model"].sudo()  # their names are no secret
        names = self.env["legal.aid.approval.rule"]._get_approved_models()
        return [(model.model, model.name) for model in models_sudo.search([("model", "in", names)], order="name")]

    # Compute

    @api.depends("document", "requester_id")
    @api.depends_context("uid", "lang")
    def _compute_route(self):
        for preview in self:
            preview.is_running = False
            preview.obstacle = False
            preview.route = []
            record = preview.document
            if not record or not preview.requester_id:
                continue
            # Under the user's own rights, whatever is written in the field.
            record.check_access("read")
            preview.is_running = record.approval_state == "pending"
            if preview.is_running:
                preview.route = self.env["legal.aid.approval.history.mixin"]._tell_requests(
                    record.sudo().approval_request_id
                )
            else:
                preview._tell_route(record)

    def _tell_route(self, record):
        self.ensure_one()
        rules = self.env["legal.aid.approval.rule"]
        try:
            steps = rules._get_steps(record)
        except UserError as refusal:
            self.obstacle = str(refusal)
            return
        if self.requester_id == self.env.user:
            self.obstacle = record._get_cannot_request_approval_reason()[record]
        unmanned = rules._get_steps_without_person(steps, self.requester_id)
        items = [
            self._tell_step(number, step, rules._explain_step(step, self.requester_id, record), step in unmanned)
            for number, step in enumerate(steps, start=1)
        ]
        self.route = [{"title": self.env._("Steps in this order"), "tone": "info", "items": items}]

    def _tell_step(self, number, step, explanation, is_unmanned):
        who = join_names(self.env, explanation["principals"].mapped("name"))
        office = explanation["office"].name or "-"
        lines = [self.env._("For: %(office)s", office=office), *self._tell_people(explanation)]
        if is_unmanned or not who:
            lines.append(
                self.env._(
                    "Nobody is left for this step. Ask the office of %(office)s to name a leader with the manager role.",
                    office=office,
                )
            )
        return {
            "icon": "fa-user-times" if is_unmanned else "fa-user",
            "tone": "danger" if is_unmanned else "info",
            "title": self.env._("%(number)s. %(step)s", number=number, step=step["name"]),
            "who": who or self.env._("Nobody"),
            "when": "",
            "note": "\n".join(lines),
        }

    def _tell_people(self, explanation):
        """A line for each stand-in with his last day, and for each person who is left out with the reason."""
        stand_ins = [
            self.env._(
                "%(name)s stands in for %(absent)s until %(date)s",
                name=stand_in.substitute_id.name,
                absent=stand_in.user_id.name,
                date=fields.Date.to_string(stand_in.date_to),
            )
            for stand_in in explanation["stand_ins"]
        ]
        left_out = [
            self.env._("Not %(name)s: %(reason)s", name=user.name, reason=reason)
            for user, reason in explanation["left_out"]
        ]
        return stand_ins + left_out
