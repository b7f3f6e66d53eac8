from odoo import models


class LegalAidCaseReportMixin(models.AbstractModel):
    """A case that a lawyer reported: he is told how it ends, also when it ends before he has it (I2)."""

    _name = "legal.aid.case.report.mixin"
    _description = "Case Reported by a Lawyer"

    # Business

    def _do_end(self, state, reason, note):
        is_told = self.source == "lawyer" and self.state in ("draft", "submitted", "supplement")
        result = super()._do_end(state, reason, note)
        if is_told:
            self._notify_lawyer(
                lambda env: env._("Your report: case %(case)s", case=self.name),
                lambda env: env._(
                    "Case %(case)s, which you reported, ended before a mandate: %(state)s. The reason stands on its page.",
                    case=self.name,
                    state=self.with_env(env)._get_state_label(state),
                ),
            )
        return result

    def _mandate_reporting_lawyer(self):
        lawyer = self.volunteer_id
        result = super()._mandate_reporting_lawyer()
        if not self.volunteer_id:
            self._tell_lawyer_without_mandate(lawyer)
        return result

    def _tell_lawyer_without_mandate(self, lawyer):
        """The worker gets aid, but from somebody else; the lawyer hears it once."""
        # His record may be another union's; the notice goes there all the same.
        self.env["legal.aid.notification"]._tell(
            lawyer.sudo().partner_id,
            lambda env: env._("Your report: case %(case)s", case=self.name),
            lambda env: env._(
                "Aid is granted in case %(case)s, which you reported, but you cannot be mandated at present. The union assigns"
                " another lawyer.",
                case=self.name,
            ),
            self,
            # The case is closed to him from now on.
            needs_access=False,
        )
