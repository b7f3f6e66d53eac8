"""Kinds of fields for personal data: masked ones, their masks, and private ones that stand on a twin of their record."""

from odoo import fields

from ...tools import masking

OFFICER = "union_legal_aid.group_officer"
FINANCE = "union_legal_aid.group_finance"
AUDITOR = "union_legal_aid.group_auditor"
# Supervisors, liaisons and portal users get not even a part of a number (F§11).
MASK_READERS = f"{OFFICER},{FINANCE},{AUDITOR}"


class Masked:
    """A field with personal data: who may read it reads it in clear, but a list that leaves the system carries its mask only.

    ``mask`` is the kind of data, one of ``tools.masking``.
    """

    mask = "text"

    def convert_to_export(self, value, record):
        # A twin holds nothing but personal data, so it has no word of its own in this.
        return record._mask(self.name, value) if hasattr(record, "_mask") else self.hide(value)

    def _description_groupable(self, env):
        return False  # see legal.aid.ungrouped.mixin; no page offers it

    def hide(self, value):
        """The mask of ``value``; an empty text for nothing."""
        return masking.mask(self.mask, str(value)) if value else ""


class MaskedChar(Masked, fields.Char):
    pass


class MaskedText(Masked, fields.Text):
    pass


class MaskedMonetary(Masked, fields.Monetary):
    aggregator = None


class Mask(fields.Char):
    """The mask of the field ``of``, to be shown where that field itself stays closed."""

    of = None

    def __init__(self, **kwargs):
        defaults = {"compute": "_compute_masks", "compute_sudo": True, "groups": MASK_READERS}
        # A copy that Odoo makes for an inheriting model takes everything from the original.
        super().__init__(**(kwargs if "_base_fields__" in kwargs else {**defaults, **kwargs}))


class Private(Masked):
    """A masked field whose value stands on the twin of its record (``legal.aid.private.mixin``)."""

    def __init__(self, **kwargs):
        defaults = {
            "compute": "_compute_private_data",
            "inverse": "_inverse_private_data",
            "search": "_search_private_data",
        }
        # See Mask.
        super().__init__(**(kwargs if "_base_fields__" in kwargs else {**defaults, **kwargs}))

    def determine_domain(self, records, operator, value):
        return records._search_private_data(self.name, operator, value)


class PrivateChar(Private, fields.Char):
    pass


class PrivateText(Private, fields.Text):
    pass


class PrivateMonetary(Private, fields.Monetary):
    aggregator = None
