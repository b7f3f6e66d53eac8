from odoo import api, fields, models

OFFICER = "union_legal_aid.group_officer"


class LegalAidCaseProgressMixin(models.AbstractModel):
    """Who was told of the progress, and when last (C3): read from the work logs, so that nobody enters it twice."""

    _name = "legal.aid.case.progress.mixin"
    _description = "Progress of a Case"

    last_told_date = fields.Date(
        string="Worker Last Told", compute="_compute_progress", store=True, compute_sudo=True, copy=False
    )
    last_reported_date = fields.Date(
        string="Union Last Told", compute="_compute_progress", store=True, compute_sudo=True, copy=False
    )

    # Compute

    @api.depends("work_log_ids.told_date", "work_log_ids.is_reported", "work_log_ids.entered_date")
    def _compute_progress(self):
        for case in self:
            logs = case.work_log_ids
            case.last_told_date = max(logs.filtered("told_date").mapped("told_date"), default=False)
            case.last_reported_date = max(logs.filtered("is_reported").mapped("entered_date"), default=False)

    # Business

    def _notify_offices(self, get_subject, get_body, unions=None):
        """Tell the officers of ``unions`` by number only; by default of the contact point's county and of the union in charge.

        :param get_subject: function of an environment in the reader's language; so is ``get_body``
        """
        self.ensure_one()
        if unions is None:
            unions = self.contact_point_id._get_superior("county", "zone", "city", "province") | self.organization_id
        # Who is told is read from the unions, whoever writes.
        officers_sudo = unions.sudo().user_ids.filtered(
            lambda user: user.active and user != self.env.user and user.has_group(OFFICER)
        )
        self.env["legal.aid.notification"]._tell(officers_sudo, get_subject, get_body, self)
