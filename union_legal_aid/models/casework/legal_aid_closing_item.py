from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import ormcache

from ..organization.wording import join_clauses

# What the record itself shows; the key is what is asked of the case.
FACTS = [
    ("work_log", "Work is logged"),
    ("agency_signed", "Power of attorney and agreement are signed"),
    ("grant_notice", "Notice of the grant is stamped or delivered"),
    ("tribunal", "Court or commission and its case number are entered"),
    ("summary", "Summary of the work"),
]
# The steps of a case that an item guards, in their order. Who reads the list sees which step waits for what.
STAGES = [
    ("clock", "Before the clock of five days is met"),
    ("work", "Before work is logged"),
    ("close", "Before closing"),
    ("file", "In the file"),
    ("pay", "Before payment"),
]


class LegalAidClosingItem(models.Model):
    """One line of the check-list of a case, per form of aid: what a step of the case waits for (C8, C12); configured, not coded."""

    _name = "legal.aid.closing.item"
    _description = "Item of the Check-list"
    _order = "stage, sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    service_form = fields.Selection(selection="_get_service_forms", help="Empty: for every form of aid.")
    stage = fields.Selection(
        selection=STAGES,
        required=True,
        default="file",
        help="The step that waits for a mandatory item. “In the file”: handed in with the file and checked when it is reviewed."
        " Urgent help waits for nothing; the closing and the payment of an urgent case do.",
    )
    kind = fields.Selection(
        selection=[("document", "Document"), ("fact", "Fact on record")], required=True, default="document"
    )
    document_kind = fields.Selection(selection="_get_document_kinds")
    fact = fields.Selection(selection=FACTS)
    is_mandatory = fields.Boolean(string="Mandatory", default=True)
    advice = fields.Char(string="What to Do", translate=True, help="Said to whoever misses it.")

    _kind_is_told = models.Constraint(
        "CHECK((kind = 'document') = (document_kind IS NOT NULL) AND (kind = 'fact') = (fact IS NOT NULL))",
        "Say which document or which fact the item asks for, and only one of them.",
    )

    # Compute

    @api.model
    def _get_service_forms(self):
        return self.env["legal.aid.case"]._fields["service_form"]._description_selection(self.env)

    @api.model
    def _get_document_kinds(self):
        return self.env["legal.aid.case.document"]._fields["kind"]._description_selection(self.env)

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        self.env.registry.clear_cache()
        return items

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    # Business

    @api.model
    def _find_items(self, case, stages=()):
        """The items that concern ``case``; a case that closes without a document is not asked for one."""
        # The list is the same for everybody, also for a lawyer who does not open the configuration.
        items = self.sudo().browse(self._find_item_ids(case.service_form))
        if stages:
            items = items.filtered(lambda item: item.stage in stages)
        without = case.sudo().closing_basis in ("performance", "delivery", "termination")
        return items.filtered(lambda item: not (without and item.document_kind == "decision"))

    @api.model
    @ormcache("service_form")
    def _find_item_ids(self, service_form):
        return self.sudo().search(Domain("service_form", "in", (service_form, False)))._ids

    def _is_met(self, case):
        """Whether the record of ``case`` shows this item."""
        self.ensure_one()
        # Whether there is such a paper is asked for everybody; the paper itself stays with its own rules.
        case_sudo = case.sudo()
        if self.kind == "document":
            return case_sudo._has_stamped_page(self.document_kind)
        if self.fact == "work_log":
            return bool(case_sudo.work_log_ids)
        if self.fact == "agency_signed":
            return bool(case_sudo.agency_signed_date)
        if self.fact == "grant_notice":
            return case_sudo._has_grant_notice()
        if self.fact == "tribunal":
            return bool(case_sudo.tribunal_name and case_sudo.tribunal_case_number)
        return bool(case_sudo.closing_summary)

    def _get_page_kinds(self):
        """The kinds of papers that would meet these items; a fact that no paper shows has none."""
        kinds = [item.document_kind or (item.fact == "grant_notice" and "notice") for item in self]
        return [kind for kind in kinds if kind]

    def _explain_missing(self):
        """What is missing and what to do, as the end of a sentence."""
        parts = [f"{item.name} ({item.advice})" if item.advice else item.name for item in self]
        return join_clauses(self.env, parts) + "."
