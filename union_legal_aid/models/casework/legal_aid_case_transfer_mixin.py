from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# Before the work begins.
TRANSFER_STATES = ("draft", "submitted", "supplement", "granted")


class LegalAidCaseTransferMixin(models.AbstractModel):
    """Handing a case to another union, which takes it over by its own act (I3).

    The clocks go on: the law counts the seven days of the decision from the application (法律援助法 §43), and knows of no new
    beginning when unions pass it on among themselves; only what it names stops them (``stopped_by`` in ``tools.clocks``). So a
    running clock keeps its last day and becomes the new union's, which sees that day on the offer before it takes the case. As long
    as the case is merely offered, and when it is sent back, the first union answers for it. The length is that of the policy under
    which the application was handed in.
    """

    _name = "legal.aid.case.transfer.mixin"
    _description = "Transfer of a Case"

    transfer_organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Offered To",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The union that is asked to take the case over.",
    )
    transfer_reason = fields.Text(readonly=True, copy=False)
    can_accept_transfer = fields.Boolean(compute="_compute_can_accept_transfer")
    transfer_ids = fields.Many2many(
        comodel_name="legal.aid.transfer",
        string="Transfers",
        compute="_compute_transfer_ids",
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor",
        help="Who had the case before, who took it over, and when; each union reads the transfers it took part in.",
    )

    # Compute

    @api.depends("organization_id", "transfer_organization_id")
    @api.depends_context("uid")
    def _compute_transfer_ids(self):
        # The link itself is closed to everybody (see legal.aid.transfer); the record rules of the offers decide who reads them.
        offers = self.env["legal.aid.transfer"]
        of_these = offers.sudo()._search([("case_id", "in", self._origin.ids)])
        found = offers.search([("id", "in", of_these)]) if self._origin.ids else offers
        by_case = found.sudo().grouped("case_id")
        for case in self:
            case.transfer_ids = by_case.get(case._origin.sudo(), offers).sudo(False)

    @api.depends("transfer_organization_id")
    @api.depends_context("uid")
    def _compute_can_accept_transfer(self):
        for case in self:
            case.can_accept_transfer = case._is_receiver()

    # CRUD

    def write(self, vals):
        result = super().write(vals)
        if "transfer_organization_id" in vals and not vals["transfer_organization_id"]:
            # Whatever step ends an offer, its record says so.
            self._get_open_offer()._answer("withdrawn")
        return result

    # Actions

    def action_transfer(self, organization_id=None, reason_code=None, note=""):
        """Offer the case to another union; who answers for both unions hands it over at once.

        :param organization_id: record or id of ``union.organization``
        """
        if not (organization_id and reason_code):
            return self._open_transfer_dialog()
        reason = self.env["legal.aid.reason"]._get_coded("transfer", reason_code)
        target = self._browse_union(organization_id)
        self.check_access("write")
        self._check_state(*TRANSFER_STATES)
        self._raise_reasons(self._get_cannot_transfer_reason(target))
        text = f"{reason.name} {note or ''}".strip()
        for case in self:
            case._workflow_write({"transfer_organization_id": target.id, "transfer_reason": text})
            self.env["legal.aid.transfer"]._offer(case, target, reason, note)
            case._message_log(
                body=self.env._("Offered to %(union)s: %(reason)s", union=target.name, reason=reason.name)
            )
            if case._is_receiver():
                case.action_accept_transfer()
        return True

    def action_accept_transfer(self):
        """Take over a case that another union offered."""
        self.check_access("read")
        for case in self:
            if not case.transfer_organization_id:
                raise UserError(self.env._("Case %(case)s is not offered to anybody.", case=case.name))
            if not case._is_receiver():
                raise AccessError(
                    self.env._(
                        "Case %(case)s is offered to %(union)s; only its officers can take it over.",
                        case=case.name,
                        union=case.transfer_organization_id.name,
                    )
                )
            # The case is still the other union's; taking it over is this union's act.
            case.sudo()._check_state(*TRANSFER_STATES)
            case.sudo()._do_transfer()
        return True

    def action_cancel_transfer(self):
        """Take an offer back, or send it back: the case stays where it is."""
        self.check_access("read")
        for case in self:
            if not (case._is_receiver() or case.has_access("write")):
                raise AccessError(self.env._("Case %(case)s is not yours to send back.", case=case.name))
            case._get_open_offer()._answer("withdrawn" if case.has_access("write") else "returned")
            # See action_accept_transfer.
            case.sudo()._workflow_write({"transfer_organization_id": False, "transfer_reason": False})
            case.sudo()._message_log(body=self.env._("The transfer did not take place; the case stays where it is."))
            case._drop_followers_without_access()
        return True

    # Business

    def _open_transfer_dialog(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Transfer to Another Union"),
            "res_model": "legal.aid.case.transfer",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_case_ids": self.ids},
        }

    def _browse_union(self, union):
        return union if isinstance(union, models.BaseModel) else self.env["union.organization"].browse(union or [])

    def _is_receiver(self):
        """Whether the user answers for the union to which the case is offered."""
        self.ensure_one()
        if not self.env.user.has_group("union_legal_aid.group_officer"):
            return False
        target = self.transfer_organization_id
        return bool(target) and any(target._is_at_or_below(union) for union in self.env.user.access_organization_ids)

    def _get_open_offer(self):
        # Offers are written by the steps of the case, for both unions.
        offers = self.env["legal.aid.transfer"].sudo()
        return offers.search([("case_id", "in", self.ids), ("state", "=", "offered")])

    def _get_cannot_transfer_reason(self, target):
        reasons = {}
        for case in self:
            reasons[case] = False
            if target == case.organization_id:
                reasons[case] = self.env._("%(union)s has case %(case)s already.", union=target.name, case=case.name)
            elif target._get_superior("county", "zone", "city", "province") != target:
                reasons[case] = self.env._(
                    "%(union)s does not handle cases. Offer case %(case)s to a county, a zone or the city.",
                    union=target.name,
                    case=case.name,
                )
        return reasons

    def _do_transfer(self):
        self.ensure_one()
        before, target = self.organization_id, self.transfer_organization_id
        vals = {
            "organization_id": target.id,
            "jurisdiction_override_reason": self.env._(
                "Taken over from %(union)s: %(reason)s", union=before.name, reason=self.transfer_reason
            ),
            "transfer_organization_id": False,
            "transfer_reason": False,
        }
        self._get_open_offer()._answer("accepted")
        if self.house_union_consent:
            self._do_withdraw_house_consent(self.env._("Another union is in charge."))
        if self._is_contact_point_left_behind(before, target):
            vals["contact_point_id"] = target.id
        if self.mandate_id:
            # A mandate that another union was still asked for lapses with the union in charge.
            self.mandate_id._do_cancel()
            vals.update(mandate_id=False, volunteer_id=False)
        self._void_approval(self.env._("The case was taken over by %(union)s.", union=target.name))
        self._workflow_write(vals)
        self._get_running_deadlines().write({"organization_id": target.id})
        self._message_log(body=self.env._("Taken over from %(union)s.", union=before.name))
        if self.state == "submitted":
            # The leaders of the new union decide.
            self.action_request_approval()
        self._drop_followers_without_access()

    def _is_contact_point_left_behind(self, before, target):
        """Whether the contact point is the former union itself, or one of its unions that the new one has nothing to do with."""
        contact_point = self.contact_point_id
        return contact_point == before or (
            contact_point._is_at_or_below(before)
            and not contact_point._is_at_or_below(target)
            and not target._is_at_or_below(before)
        )
