from odoo import fields, models


class LegalAidCaseLetterMixin(models.AbstractModel):
    """Labour-law supervision letters drafted from a case (C14, 一函两书)."""

    _name = "legal.aid.case.letter.mixin"
    _description = "Supervision Letters of a Case"

    letter_ids = fields.One2many(
        comodel_name="legal.aid.supervision.letter",
        inverse_name="case_id",
        string="Supervision Letters",
        readonly=True,
        copy=False,
    )

    # Actions

    def action_draft_letter(self, kind="opinion"):
        """Draft a letter from the facts of the case, and open it.

        :param kind: "notice" (提示函), "opinion" (意见书); the proposal (建议书) follows a letter that was not answered
        """
        self.ensure_one()
        self.check_access("write")
        letter = self.env["legal.aid.supervision.letter"].create(
            {
                "case_id": self.id,
                "kind": kind,
                "addressee": self.employer_name,
                "facts": self.description,
            }
        )
        return letter._open()

    # Business

    def _do_transfer(self):
        result = super()._do_transfer()
        # The clocks of the letters follow their case, as its own do (I3).
        self.sudo().letter_ids._get_running_deadlines().write({"organization_id": self.organization_id.id})
        return result
