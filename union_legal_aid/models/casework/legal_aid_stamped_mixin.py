from odoo import models

# One photograph may show both papers; whoever took two has the same proof.
COMBINED = {"attorney": "agency", "agreement": "agency"}


class LegalAidStampedMixin(models.AbstractModel):
    """A stamped or signed page, photographed and attached, is what opens a gate (C12): print, stamp, photograph, attach."""

    _name = "legal.aid.stamped.mixin"
    _description = "Record with Stamped Pages"

    # Business

    def _has_stamped_page(self, kind):
        """Whether a page of ``kind`` with its file is among the papers, alone or together with its companion."""
        self.ensure_one()
        # That a page is there is no secret; who may read it is the page's own rule.
        pages = self.sudo().all_document_ids.filtered(lambda page: page.attachment_id and not page.is_superseded)
        present = set(pages.mapped("kind"))
        parts = {part for part, whole in COMBINED.items() if whole == kind}
        return kind in present or COMBINED.get(kind) in present or bool(parts) and parts <= present
