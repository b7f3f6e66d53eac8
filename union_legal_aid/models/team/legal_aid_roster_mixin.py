from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..organization.legal_day import legal_today
from ..organization.wording import join_names

# What besides name and firm may be published, each by the lawyer's own choice.
CONSENT_FLAGS = (
    "publish_license_number",
    "publish_contact_points",
    "publish_specialties",
    "publish_office_phone",
)


class LegalAidRosterMixin(models.AbstractModel):
    """The consent of a lawyer to be published, and what is published by it (T13, F§11).

    However the consent is given or taken back, on the portal, by the office or by a plain write, it is put on record with its
    text; and once it is taken back nothing shows him any more, and each website that had him has a task to take him off.
    """

    _name = "legal.aid.roster.mixin"
    _description = "Consent to Publication"

    consent_ids = fields.One2many(
        comodel_name="legal.aid.publication.consent",
        inverse_name="volunteer_id",
        string="Consents",
        readonly=True,
        copy=False,
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor,union_legal_aid.group_volunteer",
    )
    takedown_ids = fields.One2many(
        comodel_name="legal.aid.publication.takedown",
        inverse_name="volunteer_id",
        string="To Take Off",
        readonly=True,
        copy=False,
        groups="union_legal_aid.group_officer,union_legal_aid.group_auditor",
    )
    consent_withdrawn_date = fields.Date(
        string="Consent Withdrawn On", compute="_compute_consent_withdrawn_date", compute_sudo=True
    )

    # Compute

    @api.depends("consent_ids.kind", "consent_ids.date", "consent_date")
    def _compute_consent_withdrawn_date(self):
        for volunteer in self:
            last = volunteer.consent_ids.sorted("id")[-1:]
            gone = last.kind == "withdrawn" and not volunteer.consent_date
            volunteer.consent_withdrawn_date = gone and last.date

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        volunteers = super().create(vals_list)
        volunteers.filtered("consent_date")._note_consent()
        return volunteers

    def write(self, vals):
        if self._in_consent_step(vals):
            return super().write(vals)
        before = {volunteer: volunteer._get_consent_state() for volunteer in self}
        result = super().write(vals)
        changed = self.filtered(lambda volunteer: volunteer._get_consent_state() != before[volunteer])
        changed.filtered("consent_date")._note_consent()
        changed.filtered(lambda volunteer: not volunteer.consent_date and before[volunteer][0])._note_withdrawal()
        return result

    # Actions

    def action_give_consent(self, date=None, **flags):
        """The lawyer agrees to be published, with what he chose besides name and firm; or the office records his paper.

        :param flags: ``publish_…=True`` for what may be published besides name and firm; what is not named is not published
        :raises UserError: for anybody who is not on the roster of team lawyers
        """
        self._check_consent_holder()
        wrong = self.filtered(lambda volunteer: volunteer.kind != "lawyer")
        if wrong:
            raise UserError(
                self.env._(
                    "Only team lawyers stand on the roster, so there is nothing to publish of: %(names)s.",
                    names=join_names(self.env, wrong.mapped("name")),
                )
            )
        date = self._get_past_date(date)
        chosen = {name: bool(flags.get(name)) for name in self._get_consent_flags()}
        # A lawyer decides on his own data, though he writes nothing else of the record.
        self.sudo()._workflow_env().write({"consent_date": date, **chosen})
        self.sudo()._note_consent()
        return True

    def action_withdraw_consent(self, note="", date=None):
        """The lawyer takes his consent back, on the portal or in writing to the office: nothing shows him from now on."""
        self._check_consent_holder()
        withdrawing = self.filtered("consent_date")
        # See action_give_consent.
        withdrawing.sudo()._workflow_env().write({"consent_date": False})
        withdrawing.sudo()._note_withdrawal(self._get_past_date(date), note)
        return True

    # Business

    def _in_consent_step(self, vals):
        return self._in_workflow() or not {"consent_date", *self._get_consent_flags()} & vals.keys()

    @api.model
    def _get_consent_flags(self):
        return CONSENT_FLAGS

    def _get_consent_state(self):
        self.ensure_one()
        return [self.consent_date, *(self[name] for name in self._get_consent_flags())]

    def _check_consent_holder(self):
        """:raises AccessError: unless the user is the lawyer himself, or may write the record"""
        self.check_access("read")
        others = self.filtered(lambda volunteer: volunteer.user_id != self.env.user)
        if others and not others.has_access("write"):
            raise AccessError(
                self.env._("Only the lawyer himself or the city union decides on the publication of his data.")
            )

    def _get_consent_items(self):
        """What is published of the lawyer, as he chose, in words."""
        self.ensure_one()
        labels = self.organization_id.sudo()._get_roster_labels()
        names = ["name", "law_firm"]
        names += [flag.removeprefix("publish_") for flag in self._get_consent_flags() if self[flag]]
        return [labels[name] for name in names]

    def _get_consent_text(self, items=None):
        """The very text that the lawyer agrees to."""
        self.ensure_one()
        union = self.sudo().organization_id._in_roster_language()
        volunteer = self.sudo().with_env(union.env)
        sites = volunteer._get_sites().mapped("name")
        return union.env._(
            "I agree that %(union)s publishes the following of me on its public roster of the volunteer team, and on the"
            " websites %(sites)s: %(items)s; and that my joining, suspension and leaving are published with name, law firm"
            " and date, without reasons. My identity number, mobile phone, bank account and home address are never"
            " published. I may take this consent back at any time; then all of this is removed.",
            union=union.name,
            sites="、".join(sites) or union.env._("named by the measures"),
            items="、".join(items or volunteer._get_consent_items()),
        )

    def _get_sites(self):
        # Which sites a city publishes on is no secret.
        return (
            self.sudo().env["legal.aid.publication.site"].search([("organization_id", "in", self.organization_id.ids)])
        )

    def _note_consent(self):
        """Put the consent on record, and start the clocks of what may be published now."""
        self._create_consents("given", {volunteer: volunteer.consent_date for volunteer in self})
        self.sudo().notice_ids._start_publication_clocks(legal_today(self))

    def _note_withdrawal(self, date=None, note=""):
        date = date or legal_today(self)
        self._create_consents("withdrawn", dict.fromkeys(self, date), note)
        self.sudo().notice_ids._void_deadlines("publish")
        self._create_takedowns(date)

    def _create_consents(self, kind, dates, note=""):
        # Consents are written by these steps only; nobody has a right to create one.
        self.sudo().env["legal.aid.publication.consent"].create(
            [
                {
                    "volunteer_id": volunteer.id,
                    "kind": kind,
                    "date": dates[volunteer],
                    "channel": "portal" if volunteer.sudo().user_id == self.env.user else "office",
                    "user_id": self.env.uid,
                    "text": kind == "given" and volunteer._get_consent_text(),
                    "note": note,
                }
                for volunteer in self
            ]
        )

    def _create_takedowns(self, date):
        """One task for each website on which the lawyer was published and still is, as far as it is on record."""
        takedowns_sudo = self.sudo().env["legal.aid.publication.takedown"]
        vals_list = []
        for volunteer in self.sudo():
            waiting = volunteer.takedown_ids.filtered(lambda takedown: takedown.state == "open").site_id
            for site, urls in volunteer._get_published_pages().items():
                if site not in waiting:
                    vals_list.append(
                        {"site_id": site.id, "volunteer_id": volunteer.id, "date": date, "urls": "\n".join(urls)}
                    )
        for takedown in takedowns_sudo.create(vals_list):
            takedown._open_deadline("take_down", date)

    def _get_published_pages(self):
        """``{site: [addresses]}`` where something of the lawyer was published."""
        self.ensure_one()
        pages = {}
        for publication in self.notice_ids.publication_ids.filtered("site_id"):
            pages.setdefault(publication.site_id, []).append(publication.url or "")
        for site in self._get_sites().with_context(active_test=False):
            last = site.publication_ids[:1]
            if any(line["id"] == self.id for line in last.content or []):
                pages.setdefault(site, []).append(last.url or "")
        return {site: [url for url in dict.fromkeys(urls) if url] for site, urls in pages.items()}

    def _get_roster_values(self):
        """What may be published of each member in service, by his consent (T13): ``{volunteer: {field: value}}``.

        This is the one definition: page, workbook, print and texts have nothing else.
        """
        roster = {}
        for volunteer in self:
            public = volunteer.sudo()  # published by consent, whoever asks
            if not public.consent_date or public.kind != "lawyer" or public.state != "active":
                continue
            roster[volunteer] = {
                "name": public.name,
                "law_firm": public.law_firm_id.name,
                "license_number": public.publish_license_number and public.license_number,
                "contact_points": public.publish_contact_points and public.contact_point_ids.mapped("name"),
                "specialties": public.publish_specialties and public.specialty_ids.mapped("name"),
                "office_phone": public.publish_office_phone and public.office_phone,
            }
        return roster
