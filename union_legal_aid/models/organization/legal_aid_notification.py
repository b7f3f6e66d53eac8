from odoo import api, fields, models
from odoo.exceptions import AccessError

OFFICER = "union_legal_aid.group_officer"


class LegalAidNotification(models.Model):
    """One notice to one person: whether it left, by which way, and if not, who told him otherwise and when (V6, A6).

    ============  =============================================  =====================================
    Action        Who                                            From
    ============  =============================================  =====================================
    Send          the hook, on a schedule                        waiting
    Tell          officers of the union that looks after him     every state but dropped
    Send again    officers of the union that looks after him     failed
    ============  =============================================  =====================================
    """

    _name = "legal.aid.notification"
    _description = "Notification"
    _inherit = [
        "legal.aid.workflow.mixin",
        "legal.aid.notification.hook.mixin",
        "legal.aid.notification.sms.mixin",
    ]
    _order = "id desc"
    _rec_name = "subject"

    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Person Told", required=True, readonly=True, ondelete="cascade", index=True
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Account",
        readonly=True,
        ondelete="cascade",
        index="btree_not_null",
        help="Empty for somebody who has no account: he is told by mail or in person only.",
    )
    organization_id = fields.Many2one(
        comodel_name="union.organization",
        string="Union",
        readonly=True,
        ondelete="restrict",
        index=True,
        help="Its officers ring or write when the notification does not reach him.",
    )
    message_id = fields.Many2one(
        comodel_name="mail.message", readonly=True, ondelete="set null", index="btree_not_null"
    )
    mail_id = fields.Many2one(comodel_name="mail.mail", readonly=True, ondelete="set null", index="btree_not_null")
    res_model = fields.Char(string="Model", readonly=True)
    res_id = fields.Many2oneReference(string="Record ID", model_field="res_model", readonly=True)
    needs_access = fields.Boolean(readonly=True, help="Leaves only to somebody who may read the record then.")
    subject = fields.Char(required=True, readonly=True, help="In the reader's language, by number only.")
    body = fields.Text(string="Text", readonly=True)
    page = fields.Char(required=True, readonly=True)
    link = fields.Char(readonly=True)
    key = fields.Char(readonly=True, help="The same key is said to the same person once.")
    leaves_at = fields.Datetime(required=True, readonly=True, help="Not before; together with what else waits then.")
    sent_at = fields.Datetime(string="Left At", readonly=True)
    channels = fields.Char(readonly=True)
    state = fields.Selection(
        selection=[
            ("waiting", "Waiting to leave"),
            ("sent", "Sent out"),
            ("shown", "In the inbox"),
            ("failed", "Not delivered"),
            ("dropped", "Not sent"),
            ("told", "Told in person"),
        ],
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    reason = fields.Selection(
        selection=[
            ("no_address", "No address to send to"),
            ("mail_failed", "The mail failed"),
            ("gone", "The record is gone"),
            ("archived", "The person has left"),
            ("no_access", "May not read the record any more"),
        ],
        string="Why Not",
        readonly=True,
    )
    told_by = fields.Selection(
        selection=[
            ("phone", "By phone"),
            ("wechat", "By WeChat"),
            ("sms", "By SMS"),
            ("in_person", "Face to face"),
        ],
        string="Told How",
        readonly=True,
    )
    told_user_id = fields.Many2one(
        comodel_name="res.users", string="Told By", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    told_at = fields.Datetime(readonly=True)
    copy_text = fields.Char(
        string="Text to Paste", compute="_compute_copy_text", help="For SMS or WeChat, in the reader's language."
    )
    can_tell = fields.Boolean(compute="_compute_can_tell")

    _waiting_index = models.Index("(leaves_at) WHERE state = 'waiting'")
    _once = models.UniqueIndex("(partner_id, key) WHERE key IS NOT NULL", "This person was told of it already.")

    _workflow_transitions = {
        "waiting": ("sent", "shown", "failed", "dropped", "told"),
        "sent": ("failed", "told"),
        "shown": ("told",),
        "failed": ("waiting", "told"),
    }
    _workflow_fields = frozenset({"state", "reason", "sent_at", "channels", "told_by", "told_user_id", "told_at"})
    _workflow_initial = {"state": "waiting"}

    # Compute

    @api.depends("subject", "page", "organization_id.name", "partner_id.lang")
    @api.depends_context("lang")
    def _compute_copy_text(self):
        for row in self:
            row.copy_text = row._get_short_text()

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_tell(self):
        is_officer = self.env.user.has_group(OFFICER)
        for row in self:
            row.can_tell = is_officer and "told" in row._workflow_transitions.get(row.state, ())

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        if not self._in_workflow():
            raise AccessError(self.env._("Notifications are written by the steps that cause them, not by hand."))
        return super().create(vals_list)

    # Actions

    def action_tell(self, channel):
        """Note that these people were told ``phone``, ``wechat``, ``sms`` or ``in_person``: by whom, and when."""
        self._check_officer()
        # Officers read notifications and write nothing into them but this.
        self.sudo()._transition(
            "told", {"told_by": channel, "told_user_id": self.env.uid, "told_at": fields.Datetime.now()}
        )

    def action_tell_by_phone(self):
        self.action_tell("phone")

    def action_tell_by_wechat(self):
        self.action_tell("wechat")

    def action_tell_in_person(self):
        self.action_tell("in_person")

    def action_send_again(self):
        """Once the address is mended."""
        self._check_officer()
        self.sudo()._transition("waiting", {"reason": False, "sent_at": False, "channels": False})

    # Business

    def _check_officer(self):
        """:raises AccessError: for whoever reads only what he was told himself"""
        self.check_access("read")
        if not self.env.user.has_group(OFFICER):
            raise AccessError(
                self.env._("Officers note who was told. Ask the office of the union that looks after the person.")
            )

    def _get_short_text(self):
        """For a short message, all of ``self`` for one person in one text: union, subject, where to read on."""
        row = self.with_context(lang=self.partner_id.lang or self.env.lang)[:1]
        return row.env._(
            "[%(union)s] %(subject)s. Read on: %(link)s",
            union=row.organization_id.name or row.env.company.name,
            subject=self.with_env(row.env)._get_bundle_subject(),
            link=row.get_base_url() + (row.page if len(self) == 1 else "/my" if row._is_for_portal() else "/odoo"),
        )

    def _is_for_portal(self):
        return self.partner_id.partner_share

    def _note_failed_mail(self):
        """The mail server refused it: the office sees whom it has to ring."""
        self.filtered(lambda row: row.state == "sent" and row.channels == "email")._transition(
            "failed", {"reason": "mail_failed"}
        )
