import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..organization.legal_day import legal_today
from ..organization.personal_fields import AUDITOR, OFFICER
from ..organization.wording import join_names

PAPER_FIELDS = frozenset({"justice_signer_name", "justice_page_id", "justice_recorded_by_id"})


class LegalAidAssessmentPaperMixin(models.AbstractModel):
    """The bureau's signature on paper (T10): where the bureau has no account, an officer of the city records it with the signed page."""

    _name = "legal.aid.assessment.paper.mixin"
    _description = "Assessment Signed on Paper"

    justice_signer_name = fields.Char(
        string="Signed on Paper By", readonly=True, copy=False, help="Who signed for the justice bureau."
    )
    justice_page_id = fields.Many2one(
        comodel_name="ir.attachment",
        string="Signed Page",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups=f"{OFFICER},{AUDITOR},union_legal_aid.group_justice",
    )
    justice_recorded_by_id = fields.Many2one(
        comodel_name="res.users", string="Signature Recorded By", readonly=True, copy=False, ondelete="restrict"
    )
    can_record_cosign = fields.Boolean(compute="_compute_can_record_cosign")

    # Compute

    @api.depends("state", "organization_id", "city_signed_by_id")
    @api.depends_context("uid")
    def _compute_can_record_cosign(self):
        for record in self:
            record.can_record_cosign = (
                record.state == "cosign"
                and record.is_own
                and record.city_signed_by_id != self.env.user
                and not record._get_bureau_users()
            )

    # Actions

    def action_record_cosign(self, signer="", date=None, evidence=None, evidence_name="", note=""):
        """Record what the justice bureau signed on paper; opens a dialog when called without the page.

        :param signer: who signed for the bureau
        :param date: the day on the page
        :param evidence: the signed page, a file in Base64
        :raises UserError: when the bureau has an account and signs itself, or day, name or page are missing
        """
        self.check_access("write")
        self._check_state("cosign")
        self._check_other_signer()
        self._raise_reasons(self._get_cannot_record_reason())
        if not evidence:
            return self._open_paper_dialog()
        day = fields.Date.to_date(date) or legal_today(self)
        self._check_page(signer, day)
        for record in self:
            page = record._attach_page(evidence, evidence_name)
            signature = {
                "justice_signer_name": signer.strip(),
                "justice_page_id": page.id,
                "justice_recorded_by_id": self.env.uid,
            }
            record._do_cosign(day, note, signature)
        return True

    # Business

    def _get_cannot_record_reason(self):
        return {
            record: record._get_bureau_users()
            and self.env._(
                "%(record)s: the justice bureau has an account and signs by itself: %(names)s.",
                record=record.display_name,
                names=join_names(self.env, record._get_bureau_users().mapped("name")),
            )
            for record in self
        }

    def _check_page(self, signer, day):
        today = legal_today(self)
        reasons = {}
        for record in self:
            values = {"record": record.display_name}
            reasons[record] = False
            if not (signer or "").strip():
                reasons[record] = self.env._("%(record)s: enter who signed for the justice bureau.", **values)
            elif not record.city_signed_date <= day <= today:
                reasons[record] = self.env._(
                    "%(record)s: the bureau signs after the city, on %(date)s or later, and not in the future. Correct the day.",
                    date=fields.Date.to_string(record.city_signed_date),
                    **values,
                )
        self._raise_reasons(reasons)

    def _attach_page(self, evidence, name):
        self.ensure_one()
        try:
            content = base64.b64decode(evidence, validate=True)
        except (binascii.Error, ValueError) as error:
            raise UserError(self.env._("The signed page is no file that could be read. Attach it again.")) from error
        return self.env["ir.attachment"].create(
            {
                "name": name or self.env._("Signed Page"),
                "raw": content,
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    def _open_paper_dialog(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Signed on Paper by the Justice Bureau"),
            "res_model": "legal.aid.assessment.paper",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_assessment_id": self.id},
        }
