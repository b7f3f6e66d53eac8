def migrate(cr, version):
    """Lists that were made before keep the names of their payees from now on; what was paid before is to be reported, too."""
    if not version:
        return
    cr.execute(
        """
        UPDATE legal_aid_payout_line AS line
           SET lawyer_name = person.name, law_firm_name = firm.name
          FROM legal_aid_volunteer AS lawyer
          JOIN res_partner AS person ON person.id = lawyer.partner_id
          LEFT JOIN res_partner AS firm ON firm.id = lawyer.law_firm_id
         WHERE line.volunteer_id = lawyer.id
           AND line.lawyer_name IS NULL
        """
    )
    cr.execute(
        """
        INSERT INTO legal_aid_tax_list
               (organization_id, company_id, kind, year, month, date_from, date_to, currency_id, state)
        SELECT payout.organization_id, payout.company_id, kind.name, period.year, period.month, period.first,
               (period.first + kind.length - INTERVAL '1 day')::date, MIN(payout.currency_id), 'draft'
          FROM legal_aid_payout_line AS line
          JOIN legal_aid_payout AS payout ON payout.id = line.payout_id
          JOIN (VALUES ('exempt', 'exempt', INTERVAL '1 month'),
                       ('justice', 'exempt', INTERVAL '1 year'),
                       ('withholding', 'taxable', INTERVAL '1 month')) AS kind (name, treatment, length)
            ON kind.treatment = payout.tax_treatment
         CROSS JOIN LATERAL (
               SELECT EXTRACT(YEAR FROM line.paid_date)::int AS year,
                      CASE kind.name WHEN 'justice' THEN 0 ELSE EXTRACT(MONTH FROM line.paid_date)::int END AS month,
                      DATE_TRUNC(CASE kind.name WHEN 'justice' THEN 'year' ELSE 'month' END, line.paid_date)::date AS first
               ) AS period
         WHERE line.included
           AND line.state = 'paid'
           AND line.paid_date IS NOT NULL
         GROUP BY payout.organization_id, payout.company_id, kind.name, kind.length,
                  period.year, period.month, period.first
            ON CONFLICT DO NOTHING
        """
    )
