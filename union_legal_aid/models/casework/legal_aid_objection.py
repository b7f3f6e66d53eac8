from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER
from ..organization.wording import join_names

OPEN = ("received", "sent")


class LegalAidObjection(models.Model):
    """异议: an applicant objects to a refusal, or a recipient to a termination, and the justice bureau decides (法律援助法 §49).

    The bureau's people read it without names and without what the objector wrote. The decision is the bureau's; the union
    records it with its document.

    ==========  =====================================================  ==============================
    Step        Who                                                    From → to
    ==========  =====================================================  ==============================
    receive     officer of the union in charge                         → received
    send        officer; from the bureau's receipt its five days run   received → sent
    uphold      officer, with the bureau's decision                    sent → upheld
    set aside   officer, with the bureau's decision; a refused case    sent → set_aside
                is decided anew, a terminated one taken up again
    withdraw    officer, for the objector                              received, sent → withdrawn
    ==========  =====================================================  ==============================
    """

    _name = "legal.aid.objection"
    _description = "Objection"
    _inherit = ["legal.aid.link.mixin", "legal.aid.workflow.mixin", "legal.aid.followed.mixin"]
    _order = "received_date desc, id desc"
    _rec_names_search = ["case_number"]
    _checked_links = ("case_id",)

    _workflow_transitions = {
        "received": ("sent", "withdrawn"),
        "sent": ("upheld", "set_aside", "withdrawn"),
    }
    _workflow_fields = frozenset(
        {
            "state",
            "kind",
            "contested_date",
            "contested_reason_id",
            "bureau_id",
            "sent_date",
            "date_due",
            "decision_date",
            "decision_number",
            "decision_document_id",
            "recorded_by_id",
        }
    )
    _workflow_initial = {"state": "received"}
    _workflow_facts = {"case_id": (), "received_date": ("received",), "note": OPEN, "document_id": OPEN}

    case_id = fields.Many2one(comodel_name="legal.aid.case", required=True, ondelete="restrict", index=True)
    case_number = fields.Char(related="case_id.name", string="Case Number", store=True, index="trigram")
    organization_id = fields.Many2one(
        related="case_id.organization_id", string="Union in Charge", store=True, index=True
    )
    kind = fields.Selection(
        selection=[("refusal", "Against the refusal"), ("termination", "Against the termination")],
        string="Objection",
        readonly=True,
    )
    contested_date = fields.Date(string="Decided by the Union On", readonly=True)
    contested_reason_id = fields.Many2one(
        comodel_name="legal.aid.reason", string="Reason of the Union", readonly=True, ondelete="restrict"
    )
    received_date = fields.Date(
        string="Received On", required=True, default=legal_today, help="The day the union received it."
    )
    note = fields.Text(string="Grounds of the Objection", groups=OFFICER)
    document_id = fields.Many2one(
        comodel_name="legal.aid.case.document",
        string="Written Objection",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('case_id', '=', case_id)]",
        groups=OFFICER,
    )
    bureau_id = fields.Many2one(
        comodel_name="res.partner",
        string="Justice Bureau",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    sent_date = fields.Date(string="Received by the Bureau On", readonly=True)
    date_due = fields.Date(string="Bureau Decides By", readonly=True)
    decision_date = fields.Date(string="Decided by the Bureau On", readonly=True)
    decision_number = fields.Char(string="Number of the Decision", readonly=True)
    decision_document_id = fields.Many2one(
        comodel_name="legal.aid.case.document",
        string="Decision of the Bureau",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        groups=OFFICER,
    )
    is_late = fields.Boolean(string="Decided Late", compute="_compute_is_late")
    recorded_by_id = fields.Many2one(
        comodel_name="res.users", string="Decision Recorded By", readonly=True, ondelete="restrict"
    )
    state = fields.Selection(
        selection=[
            ("received", "Received"),
            ("sent", "With the Bureau"),
            ("upheld", "Decision Upheld"),
            ("set_aside", "Decision Set Aside"),
            ("withdrawn", "Withdrawn"),
        ],
        default="received",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    can_handle = fields.Boolean(compute="_compute_can_handle")

    _one_open_objection = models.UniqueIndex(
        "(case_id) WHERE state IN ('received', 'sent')",
        "An objection in this case is open already. Go on with that one.",
    )

    # Compute

    @api.depends("case_number", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for objection in self:
            objection.display_name = f"{objection.case_number or ''} {kinds.get(objection.kind, '')}".strip()

    @api.depends("decision_date", "date_due", "state")
    def _compute_is_late(self):
        today = legal_today(self)
        for objection in self:
            until = objection.decision_date or (objection.state == "sent" and today)
            objection.is_late = bool(objection.date_due and until and until > objection.date_due)

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_handle(self):
        writable = self._origin._filtered_access("write")
        for objection in self:
            objection.can_handle = objection._origin in writable

    # Constraints

    @api.constrains("received_date")
    def _check_received_date(self):
        today = legal_today(self)
        for objection in self:
            first = objection.contested_date
            if objection.received_date > today or (first and objection.received_date < first):
                raise ValidationError(
                    self.env._(
                        "The objection in case %(case)s cannot have been received on %(date)s: the day lies in the future or before"
                        " the decision it is raised against.",
                        case=objection.case_number,
                        date=fields.Date.to_string(objection.received_date),
                    )
                )

    @api.constrains("document_id", "decision_document_id")
    def _check_documents(self):
        for objection in self:
            if (objection.document_id | objection.decision_document_id).case_id - objection.case_id:
                raise ValidationError(
                    self.env._(
                        "A paper of the objection in case %(case)s belongs to another case. Choose one of this case.",
                        case=objection.case_number,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        cases = self.env["legal.aid.case"].browse([vals["case_id"] for vals in vals_list if vals.get("case_id")])
        cases.check_access("write")
        self._raise_reasons(cases._get_cannot_object_reason())
        objections = super().create(vals_list)
        for objection in objections:
            objection._workflow_write(objection._prepare_contested())
        objections._check_received_date()
        return objections

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(
            self.env._(
                "An objection stays on record: %(objections)s. Withdraw it, if the objector takes it back.",
                objections=join_names(self.env, self.mapped("display_name")),
            )
        )

    # Actions

    def action_send(self, date=None):
        """Record that the justice bureau received the objection; its five days run from that day.

        :param date: the day of the bureau's receipt, today by default
        """
        self.check_access("write")
        self._check_state("received")
        date = fields.Date.to_date(date) or legal_today(self)
        self._raise_reasons({objection: objection._get_cannot_send_reason(date) for objection in self})
        for objection in self:
            case = objection.case_id
            case._open_deadline("objection_review", date)
            clock = case._get_running_deadlines("objection_review")
            objection._transition(
                "sent",
                {
                    "sent_date": date,
                    "date_due": clock.date_due,
                    "bureau_id": case.organization_id.sudo().justice_bureau_id.id,
                },
            )
        return True

    def action_uphold(self, date=None, number="", document_id=None):
        """Record that the bureau upheld the union's decision; a dialog asks when called without its document.

        :param document_id: record or id of the bureau's decision among the documents of the case
        """
        return self._record_decision("upheld", date, number, document_id)

    def action_set_aside(self, date=None, number="", document_id=None):
        """Record that the bureau set the decision aside: the union decides anew, or takes the case up again."""
        return self._record_decision("set_aside", date, number, document_id)

    def action_withdraw(self, note=""):
        """Record that the objector took the objection back; opens a dialog when called without a note."""
        self.check_access("write")
        self._check_state(*OPEN)
        if not (note or "").strip():
            return self.env["legal.aid.reason.dialog"]._open(
                self, "action_withdraw", False, self.env._("Withdraw the Objection")
            )
        self._transition("withdrawn")
        for objection in self:
            objection.case_id._void_deadlines("objection_review")
            objection._message_log(body=self.env._("The objection was taken back."))
        return True

    # Business

    def _prepare_contested(self):
        """What the objection is raised against, kept for good: the case itself may be decided anew."""
        self.ensure_one()
        case = self.case_id
        return {
            "kind": "refusal" if case.state == "refused" else "termination",
            "contested_date": case.decision_date,
            "contested_reason_id": case.decision_reason_id.id,
        }

    def _get_form_action(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Objection"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _get_cannot_send_reason(self, date):
        self.ensure_one()
        union = self.case_id.organization_id
        names = {"case": self.case_number, "union": union.name, "date": fields.Date.to_string(date)}
        if not union.sudo().justice_bureau_id:
            return self.env._(
                "No justice bureau is on record for %(union)s, so the objection in case %(case)s cannot be sent. Enter it on the"
                " page of the union first.",
                **names,
            )
        if date > legal_today(self) or date < self.received_date:
            return self.env._(
                "The bureau cannot have received the objection in case %(case)s on %(date)s: the day lies in the future or before"
                " the union received it.",
                **names,
            )
        return False

    def _record_decision(self, state, date, number, document):
        documents = self.env["legal.aid.case.document"]
        document = document if isinstance(document, models.BaseModel) else documents.browse(document or [])
        self.check_access("write")
        self._check_state("sent")
        if not document:
            return self._open_decision_dialog(state)
        date = fields.Date.to_date(date) or legal_today(self)
        self._raise_reasons({objection: objection._get_no_decision_reason(date, document) for objection in self})
        for objection in self:
            objection._do_decide(state, date, number, document)
        return True

    def _open_decision_dialog(self, state):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decision of the Justice Bureau"),
            "res_model": "legal.aid.objection.decision",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_objection_id": self.id, "default_result": state},
        }

    def _get_no_decision_reason(self, date, document):
        self.ensure_one()
        names = {"case": self.case_number, "date": fields.Date.to_string(date)}
        if document.case_id != self.case_id or not document.attachment_id:
            return self.env._(
                "The bureau's decision in case %(case)s is recorded with its document. Attach it to this case and choose it.",
                **names,
            )
        if date > legal_today(self) or date < self.sent_date:
            return self.env._(
                "The bureau cannot have decided in case %(case)s on %(date)s: the day lies in the future or before it received the"
                " objection.",
                **names,
            )
        return False

    def _do_decide(self, state, date, number, document):
        self.ensure_one()
        case = self.case_id
        case._close_deadline("objection_review", date)
        self._transition(
            state,
            {
                "decision_date": date,
                "decision_number": number,
                "decision_document_id": document.id,
                "recorded_by_id": self.env.user.id,
            },
        )
        if state == "set_aside":
            case._do_set_aside(date)
