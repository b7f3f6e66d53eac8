import hmac

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..organization.fingerprint import fingerprint
from ..organization.legal_day import legal_today
from ..organization.personal_fields import OFFICER, Mask, PrivateChar
from ..organization.wording import join_names
from .legal_aid_verdict_mixin import OPEN_STATES

INTAKE_FIELDS = frozenset({"acknowledged_date", "acknowledge_note", "follow_hash"})
# What a visitor may say on the public page; everything else is the office's.
PUBLIC_FIELDS = {
    "complainant_kind": 20,
    "complainant_name": 60,
    "complainant_phone": 30,
    "category": 20,
    "text": 4000,
}
PUBLIC_KINDS = ("worker", "family", "employer", "anonymous", "other")
# Letters and digits that nobody mixes up when he reads them out on the phone.
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 10


class LegalAidComplaintIntakeMixin(models.AbstractModel):
    """How a complaint comes in (T7): by whatever channel, from whomever, also without a name, for somebody else, or from
    another body; and that the complainant is told that it was accepted (受理), under its number.
    """

    _name = "legal.aid.complaint.intake.mixin"
    _description = "Intake of a Complaint"

    channel = fields.Selection(
        selection=[
            ("phone", "Phone"),
            ("visit", "Visit"),
            ("letter", "Letter"),
            ("online", "Online"),
            ("hotline", "Hotline"),
            ("transfer", "Handed On by Another Body"),
        ],
        string="Way In",
        default="phone",
        help="How the complaint came in.",
    )
    transfer_from = fields.Char(string="Handed On By", help="The body that handed the complaint on.")
    transfer_number = fields.Char(string="Number There", help="The number that the other body gave it.")
    is_represented = fields.Boolean(
        string="By a Representative",
        help="Somebody complains for the complainant. With his authority on file the complaint counts as the worker's own.",
    )
    representative_relation = fields.Selection(
        selection=[
            ("family", "Family"),
            ("colleague", "Colleague"),
            ("lawyer", "Another lawyer"),
            ("union", "Union"),
            ("other", "Other"),
        ],
        string="Relation to the Complainant",
    )
    representative_name = PrivateChar(mask="name", groups=OFFICER)
    representative_name_masked = Mask(string="Representative (Masked)", of="representative_name")
    has_authority = fields.Boolean(
        string="Authority on File",
        compute="_compute_has_authority",
        store=True,
        compute_sudo=True,
        help="The authority (授权委托书) of the representative is among the papers.",
    )
    acknowledged_date = fields.Date(string="Accepted On", readonly=True, copy=False)
    acknowledge_note = fields.Text(string="How the Complainant Was Told", readonly=True, copy=False, groups=OFFICER)
    follow_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)

    # Compute

    @api.depends("step_ids.kind")
    def _compute_has_authority(self):
        papers = self.env["legal.aid.complaint.step"].search(
            [("complaint_id", "in", self._origin.ids), ("kind", "=", "authority")]
        )
        with_authority = set(papers.complaint_id.ids)
        for complaint in self:
            complaint.has_authority = complaint._origin.id in with_authority

    # Constraints

    @api.constrains("channel", "transfer_from")
    def _check_transfer(self):
        for complaint in self:
            if complaint.channel == "transfer" and not (complaint.transfer_from or "").strip():
                raise ValidationError(
                    self.env._(
                        "%(complaint)s was handed on: enter by which body, and its number there.",
                        complaint=complaint.display_name,
                    )
                )

    @api.constrains("is_represented", "representative_relation", "complainant_kind")
    def _check_represented(self):
        for complaint in self.filtered("is_represented"):
            if complaint.complainant_kind == "anonymous":
                raise ValidationError(
                    self.env._(
                        "%(complaint)s is anonymous, so nobody can show an authority for it. Choose who complains.",
                        complaint=complaint.display_name,
                    )
                )
            if not complaint.representative_relation:
                raise ValidationError(
                    self.env._(
                        "%(complaint)s: choose how the representative is related to the complainant.",
                        complaint=complaint.display_name,
                    )
                )

    # Actions

    def action_acknowledge(self, note="", date=None):
        """Accept the complaint (受理); the complainant is told its number. The office of the city, or who took it down."""
        self.check_access("write")
        self._check_state(*OPEN_STATES)
        again = self.filtered("acknowledged_date")
        if again:
            raise UserError(
                self.env._(
                    "Accepted already: %(complaints)s. Go on with the investigation.",
                    complaints=join_names(self.env, again.mapped("display_name")),
                )
            )
        self._do_acknowledge(self._get_day(date), note)
        return True

    # Business

    def _get_day(self, date):
        """The day of a step: today, or a day that is past and not before the complaint."""
        day = self.env["legal.aid.volunteer"]._get_past_date(date)
        early = self.filtered(lambda complaint: day < complaint.date)
        if early:
            raise UserError(
                self.env._(
                    "%(date)s is before the complaint was received: %(complaints)s. Correct the day.",
                    date=fields.Date.to_string(day),
                    complaints=join_names(self.env, early.mapped("display_name")),
                )
            )
        return day

    def _do_acknowledge(self, day, note=""):
        waiting = self.filtered(lambda complaint: not complaint.acknowledged_date)
        waiting._workflow_write({"acknowledged_date": day, "acknowledge_note": note})
        waiting._close_deadline("complaint_acknowledge", day)

    @api.model
    def _receive_public(self, vals, code):
        """Take down what somebody entered on a public page, without an account and, if he likes, without a name.

        :param vals: fields of ``PUBLIC_FIELDS``, and ``volunteer_id``, ``lawyer_name`` or ``case_number`` to find the lawyer
        :param code: follow-up code of :meth:`_derive_code`; it is shown on the receipt and kept as a fingerprint only
        :return: ``(number, code)``
        :raises UserError: when the lawyer cannot be found, or what was entered is not complete
        """
        # A visitor has no rights at all; what he may say was reduced to the fields above.
        complaint_sudo = self.sudo().create(self._prepare_public(vals))
        complaint_sudo._workflow_write({"follow_hash": self._hash_code(complaint_sudo.name, code)})
        complaint_sudo._notify_city_office("received")
        return complaint_sudo.name, code

    @api.model
    def _prepare_public(self, vals):
        given = {name: str(vals.get(name) or "").strip() for name in PUBLIC_FIELDS}
        long = [name for name, length in PUBLIC_FIELDS.items() if len(given[name]) > length]
        if long:
            raise UserError(self.env._("%(fields)s: please write less.", fields=self._get_field_labels(sorted(long))))
        if not given["text"]:
            raise UserError(self.env._("Please write what happened."))
        if given["complainant_kind"] not in PUBLIC_KINDS:
            raise UserError(self.env._("Please choose who you are, or “anonymous”."))
        if given["complainant_kind"] == "anonymous":
            given.update(complainant_name="", complainant_phone="")
        if given["category"] not in dict(self._fields["category"].selection):
            given["category"] = "other"
        lawyer, case = self._find_public_lawyer(vals)
        return {
            **{name: value for name, value in given.items() if value},
            "channel": "online",
            "date": legal_today(self),
            "volunteer_id": lawyer.id,
            "case_id": case.id,
            "organization_id": lawyer.organization_id.id,
        }

    @api.model
    def _find_public_lawyer(self, vals):
        """The one lawyer that a visitor means: chosen on the roster, by name, or by the number of his own case."""
        lawyers_sudo = self.env["legal.aid.volunteer"].sudo()
        number = str(vals.get("case_number") or "").strip()
        case_sudo = self.env["legal.aid.case"].sudo()
        if number and number != "/":
            case_sudo = case_sudo.search([("name", "=", number)], limit=1)
        name = str(vals.get("lawyer_name") or "").strip()
        if vals.get("volunteer_id"):
            chosen = str(vals["volunteer_id"])
            found = lawyers_sudo.browse(int(chosen) if chosen.isascii() and chosen.isdigit() else 0).exists()
        elif name:
            found = lawyers_sudo.search([("name", "=", name)])
        else:
            found = case_sudo.volunteer_id
        found = found.filtered(lambda lawyer: lawyer.state in ("active", "suspended", "removed", "left"))
        if len(found) > 1 and case_sudo.volunteer_id in found:
            found = case_sudo.volunteer_id
        if len(found) != 1:
            raise UserError(
                self.env._(
                    "We could not find that lawyer. Please choose the lawyer from the roster, or call the supervision phone."
                )
            )
        return found, case_sudo if case_sudo.volunteer_id == found else case_sudo.browse()

    @api.model
    def _get_public_status(self, number, code):
        """How far the complaint of this number got, for whoever has its code; None for everybody else.

        Days and the outcome; nothing of who complained, about whom, or what was found.
        """
        complaint_sudo = self.sudo().search([("name", "=", (number or "").strip())], limit=1)
        told = self._hash_code(complaint_sudo.name or "", (code or "").strip().upper())
        if not complaint_sudo.follow_hash or not hmac.compare_digest(complaint_sudo.follow_hash, told):
            return None
        return {
            "number": complaint_sudo.name,
            "state": complaint_sudo.state,
            "state_label": complaint_sudo._get_state_label(complaint_sudo.state),
            "date": complaint_sudo.date,
            "acknowledged_date": complaint_sudo.acknowledged_date,
            "decided_date": complaint_sudo.decided_date,
        }

    @api.model
    def _derive_code(self, form_hash):
        """The follow-up code of a form, the same each time, which nobody can tell who has not the key of this database."""
        draw = int(fingerprint(self.env, f"code {form_hash}"), 16)
        return "".join(
            CODE_LETTERS[draw // len(CODE_LETTERS) ** place % len(CODE_LETTERS)] for place in range(CODE_LENGTH)
        )

    @api.model
    def _hash_code(self, number, code):
        return fingerprint(self.env, f"complaint {number} {code}")
