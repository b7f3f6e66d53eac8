"""A consultation on record need not be answered yet: its state has another name, and the old Chinese one would stay."""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE ir_model_fields_selection AS choice
           SET name = jsonb_build_object('en_US', choice.name->>'en_US')
          FROM ir_model_fields AS field
         WHERE field.id = choice.field_id
           AND field.model = 'legal.aid.consultation'
           AND field.name = 'state'
           AND choice.value = 'open'
        """
    )
