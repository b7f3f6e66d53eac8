"""Cases that were terminated before a lawyer had them end on the day of that decision, and those that go on, by the bureau or
taken up again, have neither end nor outcome (C7, C13, V4): the former were counted as open for ever, the latter as terminated.
"""


def migrate(cr, version):
    cr.execute(
        """
        UPDATE legal_aid_case AS ended
           SET outcome = 'terminated', closed_date = decision_date, closing_recorded_date = decision_date, file_state = 'due'
         WHERE state = 'terminated' AND closed_date IS NULL AND volunteer_id IS NULL AND decision_date IS NOT NULL
           AND NOT EXISTS (
               SELECT FROM legal_aid_termination_notice AS notice
                WHERE notice.case_id = ended.id AND notice.addressee = 'firm' AND notice.state <> 'void')
        """
    )
    cr.execute(
        """
        UPDATE legal_aid_case
           SET outcome = NULL, amount_recovered = 0, closed_date = NULL,
               closing_basis = NULL, closing_basis_date = NULL, closing_recorded_date = NULL
         WHERE state IN ('granted', 'assigned', 'in_progress') AND (closed_date IS NOT NULL OR outcome IS NOT NULL)
        """
    )
