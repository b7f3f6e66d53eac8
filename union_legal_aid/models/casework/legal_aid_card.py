from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER, Mask, PrivateChar
from ..organization.wording import join_names

HOLDER = ("holder_name", "holder_id_number", "holder_phone")


class LegalAidCard(models.Model):
    """法律援助卡: a worker in hardship holds it and gets legal aid directly, through the green channel (I8; 意见 §四).

    The card is its number, its union and its term; who holds it stands on ``legal.aid.card.private``. Every officer may look a
    card up, because its holder may ask at any union; only the union that issued it and those above read whose it is.

    ============  ===================================  =============================
    Step          Who                                  From → to
    ============  ===================================  =============================
    issue         officer of the issuing union         draft → active
    report lost   officer                              active → lost
    replace       officer, with the same holder        lost → replaced, and a new card
    end           officer, with a coded reason         active → ended
    expire        the day after the last one           active → expired
    ============  ===================================  =============================
    """

    _name = "legal.aid.card"
    _description = "Aid Card"
    _inherit = ["legal.aid.private.mixin", "legal.aid.workflow.mixin", "legal.aid.logged.mixin", "mail.thread"]
    _order = "id desc"

    _private_model = "legal.aid.card.private"
    _private_parent = "card_id"

    _workflow_transitions = {
        "draft": ("active",),
        "active": ("lost", "ended", "expired"),
        "lost": ("replaced",),
    }
    _workflow_fields = frozenset(
        {
            "state",
            "name",
            "issued_date",
            "issued_by_id",
            "lost_date",
            "ended_date",
            "reason_id",
            "note",
            "replaces_id",
        }
    )
    _workflow_facts = dict.fromkeys((*HOLDER, "holder_kind", "organization_id", "valid_until"), ("draft",))

    name = fields.Char(string="Card Number", readonly=True, copy=False, index="trigram")
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("active", "Valid"),
            ("lost", "Lost, Void"),
            ("replaced", "Lost, Replaced"),
            ("ended", "Ended"),
            ("expired", "Expired"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Issuing Union",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.user.union_organization_ids[:1],
    )
    private_ids = fields.One2many(
        comodel_name="legal.aid.card.private", inverse_name="card_id", groups=OFFICER, copy=False
    )
    holder_name = PrivateChar(mask="name", groups=OFFICER)
    holder_id_number = PrivateChar(string="Identity Number", mask="resident_id", groups=OFFICER)
    holder_phone = PrivateChar(string="Phone", mask="phone", groups=OFFICER)
    holder_name_masked = Mask(string="Holder", of="holder_name")
    holder_id_number_masked = Mask(string="Identity Number (Masked)", of="holder_id_number")
    holder_phone_masked = Mask(string="Phone (Masked)", of="holder_phone")
    holder_id_hash = fields.Char(
        compute="_compute_holder_id_hash", store=True, compute_sudo=True, index=True, groups=OFFICER, copy=False
    )
    holder_kind = fields.Selection(
        selection=[
            ("hardship_worker", "Worker in hardship"),
            ("migrant_worker", "Migrant worker"),
            ("model_worker", "Model worker"),
        ],
        default="hardship_worker",
        required=True,
    )
    valid_until = fields.Date(
        copy=False, help="The last day on which the card is good; worked out from the policy when empty."
    )
    issued_date = fields.Date(string="Card Issued On", readonly=True, copy=False)
    issued_by_id = fields.Many2one(
        comodel_name="res.users", string="Officer", readonly=True, copy=False, ondelete="restrict"
    )
    lost_date = fields.Date(string="Reported Lost On", readonly=True, copy=False)
    ended_date = fields.Date(string="Ended On", readonly=True, copy=False)
    reason_id = fields.Many2one(comodel_name="legal.aid.reason", readonly=True, copy=False, ondelete="restrict")
    note = fields.Text(readonly=True, copy=False, groups=OFFICER)
    replaces_id = fields.Many2one(
        comodel_name="legal.aid.card",
        string="In Place Of",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    replaced_by_ids = fields.One2many(comodel_name="legal.aid.card", inverse_name="replaces_id", readonly=True)
    case_ids = fields.One2many(comodel_name="legal.aid.case", inverse_name="card_id", string="Cases", readonly=True)
    consultation_ids = fields.One2many(
        comodel_name="legal.aid.consultation", inverse_name="card_id", string="Consultations", readonly=True
    )
    can_handle = fields.Boolean(compute="_compute_can_handle")
    is_valid = fields.Boolean(string="Valid Today", compute="_compute_is_valid", search="_search_is_valid")

    _one_valid_card = models.UniqueIndex(
        "(holder_id_hash) WHERE state = 'active' AND holder_id_hash IS NOT NULL",
        "This worker holds a valid card already. Report that one lost first, or use it.",
    )
    _name_unique = models.UniqueIndex("(name) WHERE name IS NOT NULL", "Another card has this number. Try again.")

    # Compute

    @api.depends("name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for card in self:
            card.display_name = card.name or self.env._("New card")

    @api.depends("private_ids.holder_id_number")
    def _compute_holder_id_hash(self):
        twins = self._get_private()
        for card in self:
            twin = twins.get(card._origin.id)
            card.holder_id_hash = twin and self.env["legal.aid.case"]._hash_identity(twin.holder_id_number)

    @api.depends_context("uid")
    def _compute_can_handle(self):
        writable = self._origin._filtered_access("write")
        for card in self:
            card.can_handle = not card._origin or card._origin in writable

    @api.depends("state", "valid_until", "issued_date", "lost_date")
    def _compute_is_valid(self):
        today = legal_today(self)
        for card in self:
            card.is_valid = not card._get_problem(today)

    def _search_is_valid(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = legal_today(self)
        valid = Domain("state", "=", "active") & Domain("issued_date", "<=", today) & Domain("valid_until", ">=", today)
        return Domain.OR([valid if wanted else ~valid for wanted in value])

    # Constraints

    @api.constrains("valid_until")
    def _check_valid_until(self):
        for card in self:
            if card.issued_date and card.valid_until < card.issued_date:
                raise ValidationError(
                    self.env._("Card %(card)s cannot end before it was issued. Correct its last day.", card=card.name)
                )

    # CRUD

    def write(self, vals):
        result = super().write(vals)
        if "organization_id" in vals:
            # Record rules look at the union before the change; the one it is moved to must be the writer's as well.
            self.check_access("write")
        return result

    # Actions

    def action_issue(self):
        """Number the card and hand it out: from today to the day that the policy gives, or an earlier one."""
        self.check_access("write")
        self._check_state("draft")
        today = legal_today(self)
        self._get_held()._do_expire(today)
        self._raise_reasons(self._get_cannot_issue_reason(today))
        for card in self:
            card._do_issue(card.valid_until or card._get_last_day(today))
        return True

    def action_report_lost(self, date=None, note=""):
        """From the day of the report the card is void, whoever shows it."""
        self.check_access("write")
        self._check_state("active")
        today = legal_today(self)
        date = fields.Date.to_date(date) or today
        self._raise_reasons({card: card._get_wrong_loss_reason(date, today) for card in self})
        self._transition("lost", {"lost_date": date, "note": note})
        return True

    def action_replace(self):
        """Issue a new card to the same worker, to the same last day; the lost one stays void. Returns the new card's page."""
        self.check_access("write")
        self._check_state("lost")
        replaced = self.browse()
        for card in self:
            new = self.create(card._prepare_replacement())
            card._transition("replaced")
            new._workflow_write({"replaces_id": card.id})
            new.action_issue()
            replaced |= new
        return replaced._get_records_action()

    def action_end(self, reason_code=None, note=""):
        """Take the card back before its last day; opens a dialog when called without a reason."""
        if not reason_code:
            return self.env["legal.aid.reason.dialog"]._open(self, "action_end", "card", self.env._("End the Card"))
        reason = self.env["legal.aid.reason"]._get_coded("card", reason_code)
        self.check_access("write")
        self._check_state("active")
        today = legal_today(self)
        self._transition("ended", {"ended_date": today, "reason_id": reason.id, "note": note})
        return True

    # Business

    @api.model
    def _find_valid(self, id_hash, date):
        """The card that the worker with this hash of his number holds on ``date``, whichever union issued it."""
        if not id_hash:
            return self.browse()
        held = self.search([("holder_id_hash", "=", id_hash), ("state", "=", "active")])
        return held.filtered(lambda card: not card._get_problem(date))[:1]

    def _get_problem(self, date):
        """Why the card is not good on ``date``, or False. The last day is good, the day after is not."""
        self.ensure_one()
        date = fields.Date.to_date(date)
        names = {"card": self.display_name, "union": self.organization_id.name}
        if not self.issued_date or date < self.issued_date:
            return self.env._("Aid card %(card)s was not issued yet on that day.", **names)
        if self.lost_date and date >= self.lost_date:
            return self.env._(
                "Aid card %(card)s was reported lost and is void. Ask %(union)s for the new one.", **names
            )
        if self.ended_date and date >= self.ended_date:
            return self.env._("Aid card %(card)s was taken back by %(union)s and is void.", **names)
        if date > self.valid_until:
            return self.env._(
                "Aid card %(card)s was good until %(day)s only. Go on without it, or ask %(union)s for another one.",
                day=fields.Date.to_string(self.valid_until),
                **names,
            )
        return False

    def _get_holder_problem(self, id_hash):
        """Why a person with this hash of his number may not use the card, or False."""
        self.ensure_one()
        # Whose card it is, is another union's; whether it is this worker's decides for everybody.
        holder = self.sudo().holder_id_hash
        if id_hash and holder and id_hash != holder:
            return self.env._("Aid card %(card)s belongs to another person than the applicant.", card=self.display_name)
        return False

    def _is_of_office(self):
        """Whether the user acts for the union that issued the card, or for one above."""
        self.ensure_one()
        unions = self.env.user.access_organization_ids
        return not self.organization_id or any(self.organization_id._is_at_or_below(union) for union in unions)

    def _check_may_unmask(self):
        foreign = self.filtered(lambda card: not card._is_of_office())
        if foreign:
            raise AccessError(
                self.env._(
                    "%(cards)s: another union issued this card and knows whose it is. Compare the number with the worker's identity"
                    " card, or ask %(unions)s.",
                    cards=join_names(self.env, foreign.mapped("display_name")),
                    unions=join_names(self.env, foreign.organization_id.mapped("name")),
                )
            )
        return super()._check_may_unmask()

    def _get_hidden_names(self):
        hidden = super()._get_hidden_names()
        return {card: names if card._is_of_office() else [] for card, names in hidden.items()}

    def _get_last_day(self, date):
        self.ensure_one()
        months = self.env["legal.aid.policy"]._get(self.organization_id, date).card_months
        return date + relativedelta(months=months, days=-1)

    def _get_cannot_issue_reason(self, today):
        reasons = {}
        for card in self:
            missing = [
                self._fields[name]._description_string(self.env)
                for name in ("holder_name", "holder_id_number")
                if not card[name]
            ]
            held_sudo = card._get_held()
            reasons[card] = False
            if missing:
                reasons[card] = self.env._(
                    "A card without a holder is not issued. Missing: %(missing)s.",
                    missing=join_names(self.env, missing),
                )
            elif card.valid_until and card.valid_until < today:
                reasons[card] = self.env._("The last day of the card is over already. Enter a later one.")
            elif held_sudo:
                reasons[card] = self.env._(
                    "This worker holds card %(card)s of %(union)s, valid until %(day)s. One card is enough; report that one lost"
                    " if it is.",
                    card=held_sudo[0].name,
                    union=held_sudo[0].organization_id.name,
                    day=fields.Date.to_string(held_sudo[0].valid_until),
                )
        return reasons

    def _get_held(self):
        """The valid cards that the holders of these have already: a worker has one in all, whoever gave it."""
        hashes = [id_hash for id_hash in self.mapped("holder_id_hash") if id_hash]
        return self.sudo().search([("holder_id_hash", "in", hashes), ("state", "=", "active")])

    def _get_wrong_loss_reason(self, date, today):
        self.ensure_one()
        if self.issued_date <= date <= today:
            return False
        return self.env._(
            "Card %(card)s was issued on %(day)s; it cannot have been reported lost before that or in the future.",
            card=self.name,
            day=fields.Date.to_string(self.issued_date),
        )

    def _do_issue(self, valid_until):
        self.ensure_one()
        today = legal_today(self)
        # Everybody who issues a card draws its number; only administrators look after the numbering itself.
        number = self.env["ir.sequence"].sudo().next_by_code("legal.aid.card", sequence_date=today)
        self._workflow_write({"valid_until": valid_until})
        self._transition("active", {"name": number, "issued_date": today, "issued_by_id": self.env.user.id})

    def _do_expire(self, today):
        over = self.filtered(lambda card: card.state == "active" and card.valid_until < today)
        over._transition("expired")

    def _prepare_replacement(self):
        self.ensure_one()
        return {
            "organization_id": self.organization_id.id,
            "valid_until": self.valid_until,
            "holder_kind": self.holder_kind,
            **{name: self[name] for name in HOLDER},
        }

    def _prepare_holder(self):
        """What the card tells of an applicant, as far as the user may read it, for a case that is opened with it."""
        if not self:
            return {}
        self.ensure_one()
        known = {
            "applicant_name": self.holder_name,
            "applicant_id_number": self.holder_id_number,
            "applicant_phone": self.holder_phone,
        }
        return {name: value for name, value in known.items() if value}

    @api.model
    def _cron_expire(self):
        """Cards whose last day is over; they are refused from that night on, whether or not this ran."""
        today = legal_today(self)
        self.search([("state", "=", "active"), ("valid_until", "<", today)])._do_expire(today)
