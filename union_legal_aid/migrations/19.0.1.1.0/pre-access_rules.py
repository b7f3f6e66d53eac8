"""Record rules now follow from the access table, under names of their own.

Those of 19.0.1.0.0 were marked as not to be updated, so Odoo would keep them beside the new ones, and every right they gave would
still be given.
"""


def migrate(cr, version):
    cr.execute(
        """
        DELETE FROM ir_rule
        WHERE id IN (SELECT res_id FROM ir_model_data WHERE module = 'union_legal_aid' AND model = 'ir.rule')
        """
    )
    cr.execute("DELETE FROM ir_model_data WHERE module = 'union_legal_aid' AND model = 'ir.rule'")
