from odoo import api, fields, models

HOW = [("id", "Same identity number"), ("uscc", "Same credit code"), ("name", "Same name")]


class LegalAidConflictHit(models.Model):
    """One earlier appearance that a conflict check found (I11): which party of the case, how it was matched, and where.

    Whoever may open the other file reads its number and role. For a file of another county he reads which union to call.
    """

    _name = "legal.aid.conflict.hit"
    _description = "Earlier Appearance"
    _order = "check_id desc, is_conflict desc, id"
    _rec_name = "check_id"

    check_id = fields.Many2one(
        comodel_name="legal.aid.conflict.check", required=True, readonly=True, ondelete="cascade", index=True
    )
    organization_id = fields.Many2one(related="check_id.organization_id", store=True, index=True)
    party_id = fields.Many2one(
        comodel_name="legal.aid.case.party",
        string="Party Here",
        readonly=True,
        ondelete="set null",
        index="btree_not_null",
    )
    is_agent = fields.Boolean(
        string="Agent", readonly=True, help="It is about who applied for the worker, who is no party."
    )
    party_name = fields.Char(string="Name Here", compute="_compute_party_name")
    matched_by = fields.Selection(selection=HOW, required=True, readonly=True)
    is_conflict = fields.Boolean(string="Other Side", readonly=True)
    found_organization_id = fields.Many2one(
        comodel_name="union.organization", string="File Kept By", readonly=True, ondelete="restrict"
    )
    found_model = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    found_id = fields.Integer(readonly=True, groups=fields.NO_ACCESS)
    found_role = fields.Selection(
        selection=[
            ("applicant", "Applicant"),
            ("respondent", "Respondent"),
            ("representative", "Representative"),
            ("third", "Third party"),
            ("caller", "Caller"),
            ("employer", "Employer of a caller"),
            ("requester", "Worker of a request"),
            ("request_employer", "Employer in a request"),
            ("agent", "Applied or called for somebody else"),
        ],
        readonly=True,
        groups=fields.NO_ACCESS,
    )
    found_text = fields.Char(string="Where", compute="_compute_found_text")

    # Compute

    @api.depends("party_id.name_masked", "is_agent")
    @api.depends_context("lang")
    def _compute_party_name(self):
        for hit in self:
            hit.party_name = self.env._("The agent") if hit.is_agent else hit.party_id.name_masked

    @api.depends_context("uid", "lang")
    def _compute_found_text(self):
        """Number and role, as far as the reader may open the other file; else whom to call, and nothing of the file."""
        hits_sudo = self.sudo()  # which record it is; whether the reader may open it is asked next
        readable = {
            name: self.env[name].search([("id", "in", hits.mapped("found_id"))])
            for name, hits in hits_sudo.filtered("found_model").grouped("found_model").items()
            if self.env[name].has_access("read")
        }
        roles = dict(self._fields["found_role"]._description_selection(self.env))
        closed = self.browse()
        for hit, hit_sudo in zip(self, hits_sudo, strict=True):
            found = readable.get(hit_sudo.found_model, self.browse()).filtered(
                lambda record, found_id=hit_sudo.found_id: record.id == found_id
            )
            if found:
                hit.found_text = f"{found.display_name} · {roles.get(hit_sudo.found_role, '')}"
            else:
                closed += hit
        for hit, text in closed._describe_closed().items():
            hit.found_text = text

    # Business

    def _describe_closed(self):
        """``{hit: what may be told of a file that the reader may not open}``: whom to ask, and nothing of the file."""
        own = self.env.user.access_organization_ids
        texts = {}
        for hit in self:
            union = hit.sudo().found_organization_id
            names = {"union": union.name, "phone": union.phone}
            if any(union._is_at_or_below(mine) for mine in own):
                texts[hit] = self.env._("A file of %(union)s that is closed to you. Ask the leader there.", **names)
            elif union.phone:
                texts[hit] = self.env._("A file of another union. Call %(union)s, %(phone)s.", **names)
            else:
                texts[hit] = self.env._("A file of another union. Ask %(union)s.", **names)
        return texts
