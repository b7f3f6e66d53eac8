from typing import NamedTuple

from odoo import api, models, tools
from odoo.http import request

from .personal_fields import Masked

# What stands in every list and says nothing of the file.
HARMLESS = {"id", "display_name", "name"}
# A list shows many files and opens none. An object, because a key in the context may come from the client.
IN_LIST = object()


class Kept(dict):
    """What one reading found and need not look up again; nothing is written while it reads."""

    __hash__ = object.__hash__


class Opened(NamedTuple):
    """The records that the present reading opens; one row for all that is read of them."""

    model: str
    ids: tuple
    kept: Kept


class LegalAidLoggedMixin(models.AbstractModel):
    """A record whose readers are on record (X2): who opened its form, read its personal data, exported it.

    A list opens nothing and writes nothing. Prints and downloads are noted by ``ir.actions.report`` and ``ir.binary``, portal
    pages by their controllers. A model names in ``_access_log_fields`` what else than its masked fields is personal: whoever reads
    these by a call of his own, opens the file.
    """

    _name = "legal.aid.logged.mixin"
    _description = "Record with Access Log"

    _access_log_fields = frozenset()

    # CRUD

    @api.model
    @api.readonly
    def web_search_read(self, domain, specification, offset=0, limit=None, order=None, count_limit=None):
        listed = self.with_context(legal_aid_reading=IN_LIST)
        return super(LegalAidLoggedMixin, listed).web_search_read(
            domain, specification, offset=offset, limit=limit, order=order, count_limit=count_limit
        )

    @api.model
    @api.readonly
    def web_read_group(
        self,
        domain,
        groupby,
        aggregates=(),
        limit=None,
        offset=0,
        order=None,
        *,
        auto_unfold=False,
        opening_info=None,
        unfold_read_specification=None,
        unfold_read_default_limit=80,
        groupby_read_specification=None,
    ):
        listed = self.with_context(legal_aid_reading=IN_LIST)
        return super(LegalAidLoggedMixin, listed).web_read_group(
            domain,
            groupby,
            aggregates,
            limit=limit,
            offset=offset,
            order=order,
            auto_unfold=auto_unfold,
            opening_info=opening_info,
            unfold_read_specification=unfold_read_specification,
            unfold_read_default_limit=unfold_read_default_limit,
            groupby_read_specification=groupby_read_specification,
        )

    @api.readonly
    def web_read(self, specification):
        if not self._is_opened_by(specification):
            return super().web_read(specification)
        opened = self.with_context(legal_aid_reading=Opened(self._name, self._ids, Kept()))
        values = super(LegalAidLoggedMixin, opened).web_read(specification)
        self._note_access("open")
        return values

    def _read_format(self, fnames, load="_classic_read"):
        values = super()._read_format(fnames, load)
        personal = self._get_access_log_names() & set(fnames)
        if personal and not self.env.su and not self._is_on_record():
            # What a form that is being filled in shows of a record that exists, is read from it.
            self._origin._note_access("open", sorted(personal))
        return values

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        rows = super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)
        names = {path[0] for path in fields if path} - HARMLESS - {".id"}
        if _is_toplevel_call or names:
            self._note_access("export", sorted(names))
        return rows

    # Actions

    def action_open_access_log(self):
        """Who opened this file; for people who may read the log."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("union_legal_aid.legal_aid_access_log_action")
        action["domain"] = self._get_access_log_domain()
        action["context"] = {}
        return action

    # Business

    def _note_access(self, kind, field_names=(), reason=None):
        return self.env["legal.aid.access.log"]._log(self, kind, field_names, reason)

    def _get_access_log_union(self):
        """The union whose managers and auditors read the rows about this record."""
        return self.organization_id

    def _get_access_log_domain(self):
        """The rows about this record and the papers that belong to it."""
        self.ensure_one()
        return [("res_model", "=", self._name), ("res_id", "=", self.id)]

    @api.model
    @tools.ormcache()
    def _get_access_log_names(self):
        masked = {name for name, field in self._fields.items() if isinstance(field, Masked)}
        return self._access_log_fields | masked

    def _is_opened_by(self, specification):
        """Whether this reading is that of a form: of one record, asked for as such, and of more than its name."""
        return (
            len(self) == 1
            and isinstance(self.id, int)
            and not self.env.su
            and self.env.context.get("legal_aid_reading") is not IN_LIST
            and bool(specification.keys() - HARMLESS)
            # As one line in another record's form it is not opened.
            and (not request or request.params.get("model", self._name) == self._name)
        )

    def _is_on_record(self):
        opened = self.env.context.get("legal_aid_reading")
        return isinstance(opened, Opened) and opened.model == self._name and set(self._ids) <= set(opened.ids)
