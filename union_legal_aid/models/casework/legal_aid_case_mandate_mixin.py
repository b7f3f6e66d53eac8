from odoo import api, fields, models
from odoo.exceptions import AccessError


class LegalAidCaseMandateMixin(models.AbstractModel):
    """The mandate of the contact-point union (C1), and what the mandated lawyer is told."""

    _name = "legal.aid.case.mandate.mixin"
    _description = "Mandate of a Case"

    mandate_ids = fields.One2many(
        comodel_name="legal.aid.mandate", inverse_name="case_id", string="Mandates", readonly=True, copy=False
    )
    mandate_id = fields.Many2one(
        comodel_name="legal.aid.mandate",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    is_mandated = fields.Boolean(compute="_compute_is_mandated", compute_sudo=True)

    # Compute

    @api.depends("mandate_id.state")
    def _compute_is_mandated(self):
        for case in self:
            case.is_mandated = case.mandate_id.state == "issued"

    # Business

    def _ensure_mandate(self, volunteer):
        """The mandate for ``volunteer``: issued at once where the union in charge gives it itself, else asked for."""
        self.ensure_one()
        mandate_sudo = self.mandate_id.sudo()
        if mandate_sudo.volunteer_id == volunteer and mandate_sudo.state != "cancelled":
            return mandate_sudo
        mandate_sudo._do_cancel()
        union = self._get_mandating_union()
        mandate_sudo = (
            self.env["legal.aid.mandate"]
            .sudo()
            .create({"case_id": self.id, "organization_id": union.id, "volunteer_id": volunteer.id})
        )
        if union == self.organization_id:
            mandate_sudo._do_issue()
        else:
            mandate_sudo._notify_office()
        return mandate_sudo

    def _get_mandating_union(self):
        """The contact-point union; but never the opponent's own union, for which its county or the city signs."""
        self.ensure_one()
        union = self.contact_point_id or self.organization_id
        if self._is_opponent(union):
            return self._find_neutral_superior(union) or self.organization_id
        return union

    def _mandate_reporting_lawyer(self):
        """The lawyer who reported the case gets it without a second assignment, if he can still be mandated."""
        self.ensure_one()
        lawyer = self.volunteer_id
        reason = self._get_cannot_assign_reason(lawyer)
        if reason:
            # The worker keeps the grant; the office assigns somebody else within the usual time.
            self._workflow_write({"volunteer_id": False})
            self._message_log(body=self.env._("The reporting lawyer cannot be mandated: %(reason)s", reason=reason))
            return
        mandate_sudo = self._ensure_mandate(lawyer)
        self._workflow_write({"mandate_id": mandate_sudo.id})
        if mandate_sudo.state == "issued":
            self._do_assign(lawyer, is_reported=True)

    def _on_mandate_issued(self, mandate):
        """A lawyer who waited for the mandate of another union now has the case, or may begin."""
        self.ensure_one()
        if self.state == "granted" and self.source == "lawyer" and self.volunteer_id == mandate.volunteer_id:
            self._do_assign(self.volunteer_id, is_reported=True)
        elif self.state in ("assigned", "in_progress"):
            self._notify_lawyer(
                lambda env: env._("Mandate for case %(case)s", case=self.name),
                lambda env: env._("The mandate for case %(case)s was issued. You may begin the work.", case=self.name),
            )

    def _is_with_reporting_lawyer(self):
        """Whether the case is with the lawyer who reported it, not with one who was asked to take it."""
        self.ensure_one()
        # The lawyer himself may ask, who does not read the attempts.
        live = self.sudo().assignment_ids.filtered(lambda attempt: attempt.state in ("proposed", "accepted"))
        return bool(live.is_reported)

    def _notify_assigned_lawyer(self):
        if self._is_with_reporting_lawyer():
            self._notify_lawyer(
                lambda env: env._("Mandate for case %(case)s", case=self.name),
                lambda env: env._(
                    "Aid is granted in case %(case)s and you are mandated. You may begin the work.", case=self.name
                ),
            )
        else:
            self._notify_lawyer(
                lambda env: env._("New case %(case)s", case=self.name),
                lambda env: env._(
                    "You are asked to take case %(case)s. Accept or decline it on your page.", case=self.name
                ),
            )

    def _notify_lawyer(self, subject, body):
        """One notice to the lawyer, in his language, with nothing but the case number (V6)."""
        self.ensure_one()
        # The lawyer's card is not open to every officer; the notice goes there all the same.
        self.env["legal.aid.notification"]._tell(self.sudo().volunteer_id.partner_id, subject, body, self)

    def _get_client_contact(self):
        """Name, phone and facts of the worker: for the assigned lawyer once he accepted, and for officers who read them anyway.

        :raises AccessError: for everybody else, and before the lawyer accepted
        """
        self.ensure_one()
        self.check_access("read")
        working = self.accepted_date and self.state in ("in_progress", "closed")
        own = working and self.sudo().volunteer_id.user_id == self.env.user
        if not own and not self.env.user.has_group("union_legal_aid.group_officer"):
            raise AccessError(
                self.env._(
                    "The worker's name and phone are shown from your acceptance of case %(case)s until its file is"
                    " archived.",
                    case=self.name,
                )
            )
        # These fields are closed to portal users altogether; this is their one door.
        case = self.sudo() if own else self
        return {
            "name": case.applicant_name,
            "phone": case.applicant_phone,
            "address": case.applicant_address,
            "facts": case.description,
        }
