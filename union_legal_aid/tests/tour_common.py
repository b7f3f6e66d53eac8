from odoo.tests import HttpCase

PATIENCE = 300


class LegalAidTourCase(HttpCase):
    """Walks in the browser. A whole walk has as much patience with a busy machine as its steps have (static/tests/tours/steps.js)."""

    @classmethod
    def _create_appointed(cls, user, contact_points, licence):
        """A lawyer with a contract in force, asked for and approved as people do it; ``cls.today`` is its first day."""
        lawyer = cls.env["legal.aid.volunteer"].create(
            {
                "partner_id": user.partner_id.id,
                "user_id": user.id,
                "organization_id": cls.city.id,
                "license_number": licence,
                "contact_point_ids": [(6, 0, contact_points.ids)],
            }
        )
        contracts = cls.env["legal.aid.contract"].with_user(cls.city_officer)
        contract = contracts.create({"volunteer_id": lawyer.id, "date_start": cls.today})
        contract.action_request_approval()
        contract.with_user(cls.city_manager).action_approve()
        return lawyer

    def browser_js(self, *args, timeout=PATIENCE, **options):
        """Walk; the time in seconds is an upper bound, no walk waits for it."""
        return super().browser_js(*args, timeout=max(timeout, PATIENCE), **options)
