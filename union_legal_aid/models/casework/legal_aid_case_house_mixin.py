from odoo import api, fields, models
from odoo.fields import Domain

from ...tools import ids
from ..organization.legal_day import legal_today
from .legal_aid_case_intake_mixin import OFFICER
from .legal_aid_jurisdiction_mixin import JURISDICTION_TIERS

# While a case is in one of these states, a mandate that is asked for or issued is at work.
MANDATED_STATES = ("submitted", "supplement", "granted", "assigned", "in_progress")
# Where a paper may still come in, a consent may.
CONSENT_STATES = ("draft", *MANDATED_STATES, "closed")
# What only the steps of the consent write.
CONSENT_FIELDS = frozenset(
    {
        "house_union_consent",
        "house_consent_organization_id",
        "house_consent_date",
        "house_consent_by_id",
        "house_consent_document_id",
        "house_consent_withdrawn_date",
        "house_consent_withdrawn_by_id",
        "house_consent_withdrawn_note",
    }
)


class LegalAidCaseHouseMixin(models.AbstractModel):
    """The contact-point union may be a house union, even the opponent's own (DESIGN.md section 3, rule 7).

    The people of a house union see number, stage and the request for the mandate; the file only while the worker's written
    consent is on record; nothing at all where a respondent is their own house, in which case the county mandates.
    """

    _name = "legal.aid.case.house.mixin"
    _description = "House Union of a Case"

    respondent_organization_ids = fields.Many2many(
        comodel_name="union.organization",
        relation="legal_aid_case_respondent_rel",
        column1="case_id",
        column2="organization_id",
        string="Respondents' Unions",
        compute="_compute_respondent_organization_ids",
        store=True,
        compute_sudo=True,
        groups=OFFICER,
        help="The unions of the respondents, by the employer's union, by the parties, or by name and credit code.",
    )
    # What the record rules compare with the user's own unions; a dotted path to the house would not be searched as a tree.
    respondent_house_ids = fields.Many2many(
        comodel_name="union.organization",
        relation="legal_aid_case_respondent_house_rel",
        column1="case_id",
        column2="organization_id",
        string="Respondents' Houses",
        compute="_compute_respondent_house_ids",
        store=True,
        compute_sudo=True,
        groups=OFFICER,
    )
    contact_house_id = fields.Many2one(
        comodel_name="union.organization",
        string="House of the Contact Point",
        compute="_compute_contact_house_id",
        store=True,
        compute_sudo=True,
        ondelete="restrict",
        index="btree_not_null",
        groups=OFFICER,
    )
    house_union_consent = fields.Boolean(
        string="House Union May Read",
        readonly=True,
        copy=False,
        help="The worker agreed in writing that the house union at the contact point reads the file.",
    )
    house_consent_organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Consent for",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The house union that the worker's consent names. Another contact point needs another consent.",
    )
    house_consent_date = fields.Date(string="Consent Recorded On", readonly=True, copy=False)
    house_consent_by_id = fields.Many2one(
        comodel_name="res.users", string="Consent Recorded By", readonly=True, copy=False, ondelete="restrict"
    )
    house_consent_document_id = fields.Many2one(
        comodel_name="legal.aid.case.document",
        string="Signed Consent",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    house_consent_withdrawn_date = fields.Date(string="Consent Withdrawn On", readonly=True, copy=False)
    house_consent_withdrawn_by_id = fields.Many2one(
        comodel_name="res.users", string="Withdrawal Recorded By", readonly=True, copy=False, ondelete="restrict"
    )
    house_consent_withdrawn_note = fields.Text(string="Withdrawn Because", readonly=True, copy=False, groups=OFFICER)
    can_record_house_consent = fields.Boolean(compute="_compute_can_record_house_consent", groups=OFFICER)
    house_warning = fields.Char(compute="_compute_house_warning", groups=OFFICER)

    # Compute

    @api.depends(
        "employer_organization_id",
        "employer_key",
        "employer_uscc",
        "party_ids.role",
        "party_ids.organization_id",
        "party_ids.name",
        "party_ids.id_number",
    )
    def _compute_respondent_organization_ids(self):
        keys = {case: case._get_respondent_keys() for case in self}
        names = {name for names, _numbers in keys.values() for name in names}
        numbers = {number for _names, numbers in keys.values() for number in numbers}
        known = self.env["union.organization"]._find_houses(names, numbers)
        for case in self:
            names, numbers = keys[case]
            respondents = case.party_ids.filtered(lambda party: party.role == "respondent")
            named = known.filtered(
                lambda union, names=names, numbers=numbers: (
                    {union.employer_key, union.employer_card_key} & names or union.employer_uscc in numbers
                )
            )
            case.respondent_organization_ids = case.employer_organization_id | respondents.organization_id | named

    @api.depends("contact_point_id.house_id")
    def _compute_contact_house_id(self):
        for case in self:
            case.contact_house_id = case.contact_point_id.house_id

    @api.depends("respondent_organization_ids.house_id")
    def _compute_respondent_house_ids(self):
        for case in self:
            case.respondent_house_ids = case.respondent_organization_ids.house_id

    @api.depends("house_union_consent", "contact_point_id", "respondent_organization_ids", "state")
    @api.depends_context("uid")
    def _compute_can_record_house_consent(self):
        writable = self._origin._filtered_access("write")
        reasons = self._get_cannot_consent_reason()
        for case in self:
            case.can_record_house_consent = case._origin in writable and not reasons[case]

    @api.depends("contact_point_id", "respondent_organization_ids")
    @api.depends_context("lang")
    def _compute_house_warning(self):
        for case in self:
            union = case.contact_point_id
            case.house_warning = False
            if union.house_id and case._is_opponent(union):
                case.house_warning = self.env._(
                    "%(union)s is the respondent's own house: it sees nothing of this case, and %(superior)s gives the mandate.",
                    union=union.name,
                    superior=case._get_mandating_union().name,
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        cases = super().create(vals_list)
        cases._settle_respondents()
        return cases

    def write(self, vals):
        result = super().write(vals)
        if any(name.startswith("employer_") for name in vals):
            self._settle_respondents()
        if "contact_point_id" in vals:
            # The worker agreed for one house union, not for whichever comes after it.
            self.filtered(
                lambda case: case.house_union_consent and case.house_consent_organization_id != case.contact_point_id
            )._do_withdraw_house_consent(self.env._("The contact point changed."))
        return result

    # Actions

    def action_record_house_consent(self, document_id=None):
        """Record the worker's written consent that the house union at the contact point reads the file.

        :param document_id: record or id of the signed page, a ``legal.aid.case.document`` of the kind “consent” with its file;
            a dialog asks when called without
        """
        self.ensure_one()
        self.check_access("write")
        self._raise_reasons(self._get_cannot_consent_reason())
        document = self._browse_consent_document(document_id)
        if not document:
            return self._open_consent_dialog()
        self._raise_reasons({self: self._get_no_consent_document_reason(document)})
        self._workflow_write(
            {
                **dict.fromkeys(CONSENT_FIELDS, False),
                "house_union_consent": True,
                "house_consent_organization_id": self.contact_point_id.id,
                "house_consent_date": legal_today(self),
                "house_consent_by_id": self.env.user.id,
                "house_consent_document_id": document.id,
            }
        )
        self._message_log(
            body=self.env._(
                "The worker's consent is on record: the house union at the contact point may read the file."
            )
        )
        return True

    def action_withdraw_house_consent(self, note=""):
        """The worker takes the consent back: from this moment on the house union reads nothing of the file."""
        self.check_access("write")
        self._raise_reasons(self._get_no_consent_reason())
        if not (note or "").strip():
            return self._open_reason_dialog("action_withdraw_house_consent", False, self.env._("Withdraw the Consent"))
        self._do_withdraw_house_consent(note)
        return True

    # Business

    def _settle_respondents(self):
        """Store at once whose houses the respondents are: a search does not wait for a many2many that is still to be computed."""
        self._recompute_recordset(["respondent_organization_ids", "respondent_house_ids"])

    def _get_respondent_keys(self):
        """``(names, credit codes)`` of the respondents, normalised for comparing."""
        self.ensure_one()
        respondents = self.party_ids.filtered(lambda party: party.role == "respondent")
        names = {ids.normalise_name(name) for name in (self.employer_name, *respondents.mapped("name"))}
        numbers = {ids.normalise_id(number) for number in (self.employer_uscc, *respondents.mapped("id_number"))}
        return names - {""}, numbers - {""}

    def _is_opponent(self, union):
        """Whether ``union`` is too close to a respondent: of the same house, or above it and below its county."""
        self.ensure_one()
        if not union or union.tier in JURISDICTION_TIERS:
            return False
        # Who the respondents are decides for everybody, also for those who may not know them.
        union_sudo = union.sudo()
        return any(
            (union_sudo.house_id and union_sudo.house_id == respondent.house_id)
            or respondent._is_at_or_below(union_sudo)
            for respondent in self.sudo().with_context(active_test=False).respondent_organization_ids
        )

    def _find_neutral_superior(self, union):
        """The nearest county, zone, city or province above ``union``, which is no respondent's house; empty if there is none."""
        return union._get_superior(*JURISDICTION_TIERS)

    @api.model
    def _refresh_respondents(self, unions):
        """Work out the respondents' unions anew where ``unions`` may now belong to a respondent, or no longer do."""
        if not unions:
            return
        keys = unions._get_employer_keys().values()
        names = {name for name, card, _number in keys} | {card for _name, card, _number in keys}
        numbers = {number for _name, _card, number in keys}
        parties = self.env["legal.aid.case.party"].search(
            Domain("role", "=", "respondent")
            & Domain.OR(
                [
                    Domain("name_key", "in", list(names - {False})),
                    Domain("id_number", "in", list(numbers - {False})),
                ]
            )
        )
        cases = parties.case_id | self.search([("respondent_organization_ids", "in", unions.ids)])
        self.env.add_to_compute(self._fields["respondent_organization_ids"], cases)
        cases._keep_mandates_neutral()

    def _keep_mandates_neutral(self):
        """A respondent's own house neither gives the mandate nor keeps one: the county is asked instead."""
        self._settle_respondents()
        # A mandate belongs to the mandating union, which may be another one than that of the officer who adds a party.
        for case_sudo in self.sudo().filtered(lambda case: case.state in MANDATED_STATES):
            mandate_sudo = case_sudo.mandate_id
            if mandate_sudo.state in ("draft", "issued") and case_sudo._is_opponent(mandate_sudo.organization_id):
                union = case_sudo._find_neutral_superior(mandate_sudo.organization_id)
                if union:
                    case_sudo._ask_neutral_union(mandate_sudo, union)

    def _ask_neutral_union(self, mandate, union):
        """Move the request for ``mandate`` to ``union``; one that was issued is cancelled and requested anew."""
        self.ensure_one()
        if mandate.state == "draft":
            mandate.organization_id = union
            text = self.env._(
                "The contact-point union belongs to a respondent's own house, so the mandate is requested from %(union)s.",
                union=union.name,
            )
        else:
            mandate = self._renew_mandate(mandate, union)
            text = self.env._(
                "The mandate was cancelled, because its union belongs to a respondent's own house; a new one is requested from"
                " %(union)s.",
                union=union.name,
            )
        self._message_log(body=text)
        mandate._notify_office()
        for records in (self, self.mandate_ids):
            records._drop_followers_without_access()

    def _renew_mandate(self, mandate, union):
        """Cancel ``mandate``, request another one from ``union``, and tell the lawyer, who has to wait for it."""
        mandate._do_cancel()
        renewed = mandate.create(
            {"case_id": self.id, "organization_id": union.id, "volunteer_id": mandate.volunteer_id.id}
        )
        self._workflow_write({"mandate_id": renewed.id})
        self._notify_lawyer(
            lambda env: env._("Mandate for case %(case)s", case=self.name),
            lambda env: env._(
                "The mandate for case %(case)s is given anew by another union. Wait for it before you go on.",
                case=self.name,
            ),
        )
        return renewed

    def _browse_consent_document(self, document):
        documents = self.env["legal.aid.case.document"]
        return document if isinstance(document, models.BaseModel) else documents.browse(document or [])

    def _open_consent_dialog(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("The Worker's Consent"),
            "res_model": "legal.aid.house.consent",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_case_id": self.id},
        }

    def _get_cannot_consent_reason(self):
        """``{case: why no consent can be recorded, or False}``"""
        reasons = {}
        for case in self:
            union = case.contact_point_id
            names = {"case": case.name, "union": union.name, "state": case._get_state_label(case.state)}
            reasons[case] = False
            if case.state not in CONSENT_STATES:
                reasons[case] = self.env._(
                    "Case %(case)s is in state “%(state)s”; its file takes no consent any more.", **names
                )
            elif not union.house_id:
                reasons[case] = self.env._(
                    "The contact point of case %(case)s is no house union, so nobody needs the worker's consent to read it.",
                    **names,
                )
            elif case._is_opponent(union):
                reasons[case] = self.env._(
                    "%(union)s belongs to the respondent's own house. It cannot be shown case %(case)s, not even by consent.",
                    **names,
                )
            elif case._is_consent_in_force():
                reasons[case] = self.env._("The consent in case %(case)s is on record already.", **names)
        return reasons

    def _is_consent_in_force(self):
        self.ensure_one()
        return self.house_union_consent and self.house_consent_organization_id == self.contact_point_id

    def _get_no_consent_reason(self):
        return {
            case: not case.house_union_consent
            and self.env._("There is no consent on record in case %(case)s that could be withdrawn.", case=case.name)
            for case in self
        }

    def _get_no_consent_document_reason(self, document):
        """Why ``document`` does not prove the consent, or False."""
        self.ensure_one()
        document.check_access("read")
        if document.case_id != self:
            return self.env._(
                "This paper belongs to another case. Attach the signed consent to %(case)s.", case=self.name
            )
        if document.kind != "consent" or not document.attachment_id:
            return self.env._(
                "%(document)s does not prove the consent. Attach the signed page as a document of the kind “Consent to show the"
                " file”.",
                document=document.display_name,
            )
        return False

    def _do_withdraw_house_consent(self, note):
        self._workflow_write(
            {
                "house_union_consent": False,
                "house_consent_withdrawn_date": legal_today(self),
                "house_consent_withdrawn_by_id": self.env.user.id,
                "house_consent_withdrawn_note": note,
            }
        )
        for case in self:
            case._message_log(body=self.env._("The worker's consent ended: the house union no longer reads the file."))
        self._drop_followers_without_access()
