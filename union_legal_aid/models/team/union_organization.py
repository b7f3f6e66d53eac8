from odoo import api, fields, models
from odoo.exceptions import UserError


class UnionOrganization(models.Model):
    _inherit = "union.organization"

    _noted_fields = frozenset({"appointment_sequence_id"})

    appointment_prefix = fields.Char(
        string="Prefix of Appointments",
        compute="_compute_appointment_prefix",
        store=True,
        readonly=False,
        help="The letters that start the numbers of letters of appointment, for example 平工聘 in 平工聘〔2026〕001号.",
    )
    appointment_sequence_id = fields.Many2one(
        comodel_name="ir.sequence",
        string="Numbers of Appointments",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )

    # Compute

    @api.depends("document_prefix")
    def _compute_appointment_prefix(self):
        for organization in self.filtered(lambda union: not union.appointment_prefix):
            prefix = organization.document_prefix
            organization.appointment_prefix = prefix and f"{prefix.removesuffix('援')}聘"

    # CRUD

    def write(self, vals):
        result = super().write(vals)
        if "appointment_prefix" in vals:
            for organization in self.filtered("appointment_sequence_id"):
                # The union's administrator may have no rights on the ERP's numbering.
                organization.sudo().appointment_sequence_id.prefix = organization._get_appointment_number_prefix()
        return result

    # Business

    def _get_supervision_phones(self):
        """``[{name, phone}]`` of both bodies, as 管理办法 §6 publishes them."""
        self.ensure_one()
        union = self.sudo()  # published for everybody
        bodies = [
            (union.name, union.supervision_phone),
            (union.justice_bureau_id.name, union.justice_bureau_id.phone),
        ]
        return [{"name": name, "phone": phone} for name, phone in bodies if name and phone]

    def _next_appointment_numbers(self, date, count):
        """The next ``count`` numbers of letters of appointment in the year of ``date``, 平工聘〔2026〕001号.

        :raises UserError: when the union has no prefix for these numbers
        """
        self.ensure_one()
        if not self.appointment_prefix:
            raise UserError(
                self.env._(
                    "%(organization)s has no numbering for appointments. Ask an administrator to enter its prefix of"
                    " appointments.",
                    organization=self.name,
                )
            )
        # Approving draws the number; only administrators may look after the numbering itself.
        union_sudo = self.sudo()
        if not union_sudo.appointment_sequence_id:
            union_sudo.appointment_sequence_id = union_sudo.env["ir.sequence"].create(
                {
                    "name": f"{self.name} {self.appointment_prefix}",
                    "prefix": self._get_appointment_number_prefix(),
                    "suffix": "号",
                    "padding": 3,
                    "use_date_range": True,
                    "company_id": False,
                }
            )
        return union_sudo._draw_appointment_numbers(date, count)

    def _draw_appointment_numbers(self, date, count):
        sequence = self.appointment_sequence_id
        numbers = [sequence.next_by_id(sequence_date=date)]  # opens the year, where it is the first one
        if count > 1 and sequence.implementation == "standard":
            # One statement for a whole team, which Odoo has not.
            year = sequence.date_range_ids.filtered(lambda period: period.date_from <= date <= period.date_to)[:1]
            self.env.cr.execute(
                "SELECT nextval(%s) FROM generate_series(2, %s)",
                (f"ir_sequence_{sequence.id:03d}_{year.id:03d}", count),
            )
            dated = sequence.with_context(ir_sequence_date_range=year.date_from)
            numbers += [dated.get_next_char(value) for (value,) in self.env.cr.fetchall()]
        else:
            numbers += [sequence.next_by_id(sequence_date=date) for _number in range(count - 1)]
        return numbers

    def _get_appointment_number_prefix(self):
        return f"{self.appointment_prefix}〔%(range_year)s〕"
