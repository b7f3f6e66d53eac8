from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER
from ..organization.wording import join_names

# What a lawyer tells of an activity; who it was held by and that it was held, the union says.
PORTAL_FIELDS = frozenset(
    {
        "name",
        "kind",
        "date",
        "hours",
        "place",
        "enterprise_name",
        "matter_id",
        "worker_count",
        "union_officer_count",
        "employer_count",
        "other_count",
        "media_outlet",
        "media_title",
        "media_url",
        "minutes",
    }
)
# Trainings and meetings are called by the unions.
PORTAL_KINDS = ("publicity", "media", "exchange", "other")
HOLDERS = ("county", "zone", "industry", "city", "province")


class LegalAidActivityReportMixin(models.AbstractModel):
    """A lawyer reports an activity from his page; his contact-point union confirms it (V3)."""

    _name = "legal.aid.activity.report.mixin"
    _description = "Activity Reported by a Lawyer"

    reporter_id = fields.Many2one(
        comodel_name="legal.aid.volunteer",
        string="Reported By",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    reported_date = fields.Date(string="Reported On", readonly=True, copy=False)

    # Business

    @api.model
    def _report_from_portal(self, volunteer, contact_point, vals, files=()):
        """Report an activity of one's own, for the portal page.

        :param volunteer: the lawyer's record; must be the caller's own
        :param contact_point: the union that he serves and with which it was held
        :param vals: values of ``PORTAL_FIELDS``; anything else is refused
        :param files: ``[(file name, content)]``, pictures and papers of the activity
        :return: the activity, under the lawyer's own rights
        """
        volunteer_sudo = volunteer.sudo()
        self._check_report(volunteer_sudo, contact_point, vals)
        holder_sudo = contact_point.sudo()._get_superior(*HOLDERS) or volunteer_sudo.organization_id
        enterprise = contact_point if contact_point != holder_sudo else contact_point.browse()
        # Lawyers have no right to create records; they report through this method only.
        activity_sudo = (
            self.sudo()
            ._workflow_env()
            .create(
                {
                    **({"enterprise_id": enterprise.id} if enterprise else {}),
                    **vals,
                    "organization_id": holder_sudo.id,
                    "state": "reported",
                    "reporter_id": volunteer_sudo.id,
                    "reported_date": legal_today(self),
                    "line_ids": [(0, 0, {"volunteer_id": volunteer_sudo.id, "role": "speaker"})],
                }
            )
        )
        activity = self.browse(activity_sudo.id)
        # They belong to the activity and follow its rights.
        self.env["ir.attachment"].sudo().create(
            [
                {"name": filename, "raw": content, "res_model": self._name, "res_id": activity.id}
                for filename, content in files
            ]
        )
        activity._tell_officers()
        return activity

    @api.model
    def _check_report(self, volunteer_sudo, contact_point, vals):
        if not volunteer_sudo or volunteer_sudo.user_id != self.env.user:
            raise AccessError(self.env._("You can report only your own activities. Sign in with your own account."))
        refused = vals.keys() - PORTAL_FIELDS
        if refused:
            raise AccessError(
                self.env._(
                    "These details cannot be set here: %(fields)s. Ask the contact-point union.",
                    fields=join_names(self.env, sorted(refused)),
                )
            )
        if vals.get("kind") not in PORTAL_KINDS:
            raise UserError(self.env._("Trainings and meetings are entered by the union that called them."))
        if contact_point not in volunteer_sudo.contact_point_ids:
            raise UserError(
                self.env._(
                    "You do not serve %(contact_point)s. Choose one of your own contact-point unions.",
                    contact_point=contact_point.sudo().name or "—",
                )
            )
        day = fields.Date.to_date(vals.get("date"))
        if not day or day > legal_today(self):
            raise UserError(self.env._("Report an activity on its day or later, with that day."))

    def _tell_officers(self):
        """Tell the officers of the union that confirms it, once, each in his language."""
        for activity in self:
            # Who is told is read from the union, whoever reports.
            officers_sudo = activity.sudo().organization_id.user_ids.filtered(
                lambda user: user.active and user.has_group(OFFICER)
            )
            self.env["legal.aid.notification"]._tell(
                officers_sudo,
                lambda env: env._("An activity waits for your confirmation"),
                lambda env, activity=activity: env._(
                    "%(lawyer)s reported “%(name)s” of %(date)s. Open it, compare it with what you know, and confirm it.",
                    lawyer=activity.sudo().reporter_id.name,
                    name=activity.name,
                    date=fields.Date.to_string(activity.date),
                ),
                activity,
            )
