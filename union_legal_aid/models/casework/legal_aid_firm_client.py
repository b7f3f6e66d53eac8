from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools import ids
from ..organization.legal_day import legal_today


class LegalAidFirmClient(models.Model):
    """A client whom a lawyer or his firm advises, known to the conflict check only (I11, A13).

    A lawyer adds and ends the clients of his firm on the portal: whom one lawyer of a firm advises, all of them are bound by.
    The office that keeps the team reads and corrects all. Everybody else is told that there is a conflict, never with which client.
    """

    _name = "legal.aid.firm.client"
    _description = "Client of a Law Firm"
    _inherit = ["legal.aid.employer.key.mixin"]
    _order = "law_firm_id, volunteer_id, id"
    _rec_names_search = ["volunteer_id"]

    volunteer_id = fields.Many2one(
        comodel_name="legal.aid.volunteer", string="Lawyer", required=True, ondelete="restrict", index=True
    )
    organization_id = fields.Many2one(related="volunteer_id.organization_id", store=True, index=True)
    law_firm_id = fields.Many2one(
        related="volunteer_id.law_firm_id",
        store=True,
        index="btree_not_null",
        help="All lawyers of this firm are bound by this client.",
    )
    name = fields.Char(string="Client", required=True)
    date_from = fields.Date(string="Client From", required=True, default=legal_today)
    date_to = fields.Date(string="Client Until", help="Empty while he still is a client.")

    _dates_in_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "A client ends after he began. Compare the two days.",
    )

    # Compute

    @api.depends("volunteer_id", "date_from")
    def _compute_display_name(self):
        for client in self:
            # The name of a client is for whoever opens the record.
            client.display_name = f"{client.volunteer_id.sudo().name} {fields.Date.to_string(client.date_from) or ''}"

    # Actions

    @api.model
    def action_add(self, volunteer_id, name, uscc="", date_from=None):
        """A lawyer adds a client of his own firm, as of ``date_from`` or today. Returns the record.

        :param volunteer_id: record or id of his own ``legal.aid.volunteer``
        """
        given = volunteer_id.id if isinstance(volunteer_id, models.BaseModel) else volunteer_id
        lawyer = self.env["legal.aid.volunteer"].browse(given)
        lawyer.check_access("read")
        if lawyer.user_id != self.env.user:
            raise AccessError(
                self.env._(
                    "A lawyer adds the clients of his own firm only. The office that keeps the team adds those of others."
                )
            )
        date_from = fields.Date.to_date(date_from) or legal_today(self)
        self._check_new_client(lawyer, name, uscc, date_from)
        # Portal users have no right to create records; that the lawyer is himself was checked.
        client_sudo = self.sudo().create(
            {"volunteer_id": lawyer.id, "name": name.strip(), "uscc": (uscc or "").strip(), "date_from": date_from}
        )
        return client_sudo.sudo(False)

    def action_end(self, date=None):
        """He is a client no longer, as of ``date`` or today; in cases that began before he still counts."""
        self.check_access("read")
        date = fields.Date.to_date(date) or legal_today(self)
        reasons = (client._get_cannot_end_reason(date) for client in self)
        problems = [reason for reason in reasons if reason]
        if problems:
            raise UserError("\n".join(problems))
        # See action_add: whoever reads a client is of his firm or of the office.
        self.sudo().write({"date_to": date})
        return True

    # Business

    def _get_cannot_end_reason(self, date):
        """Why he cannot end on ``date``, or False."""
        self.ensure_one()
        if self.date_to:
            return self.env._(
                "%(client)s ended already. To correct the day, ask the office that keeps the team.", client=self.name
            )
        if date > legal_today(self):
            return self.env._(
                "%(client)s: the last day lies in the future. Enter it when it has come.", client=self.name
            )
        return date < self.date_from and self.env._(
            "%(client)s: the last day lies before the first. Compare the two days.", client=self.name
        )

    @api.model
    def _check_new_client(self, lawyer, name, uscc, date_from):
        name_key = ids.normalise_name(name)
        if not name_key:
            raise UserError(self.env._("Enter the client's name, as it stands on his licence."))
        if date_from > legal_today(self):
            raise UserError(self.env._("%(client)s: the first day lies in the future.", client=name))
        present = self.search(
            self._domain_same_enterprise(name_key, uscc)
            & Domain("date_to", "=", False)
            & Domain("organization_id", "=", lawyer.organization_id.id)
        )
        if present:
            raise UserError(
                self.env._(
                    "%(client)s stands on your firm's list already, since %(date)s.",
                    client=present[0].name,
                    date=fields.Date.to_string(present[0].date_from),
                )
            )

    @api.model
    def _find_conflicting_cases(self, lawyers):
        """Cases that ``lawyers`` handle at present against a client of theirs or of their firm."""
        cases = self.env["legal.aid.case"].search(
            [("state", "in", ("assigned", "in_progress")), ("volunteer_id", "in", lawyers.ids)]
        )

        def is_against_client(case):
            # Who is party, the lawyer reads on the page of the case.
            respondents_sudo = case.sudo().party_ids.filtered(
                lambda party: party.role == "respondent" and party.name_key
            )
            return bool(respondents_sudo and case._find_conflicting_clients(case.volunteer_id, respondents_sudo))

        return cases.filtered(is_against_client)
