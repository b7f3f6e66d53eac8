from odoo import models


class LegalAidCase(models.Model):
    """Indexes from which statistics are read, each with all that the returns ask of its rows, so that the table is left alone (V4);
    and those of what home pages count among all cases (V5).
    """

    _inherit = "legal.aid.case"

    _statistic_application_idx = models.Index(
        "(application_date, organization_id) INCLUDE (matter_id, service_form, applicant_kind, headcount)"
        " WHERE submitted_date IS NOT NULL OR granted_date IS NOT NULL"
    )
    _statistic_granted_idx = models.Index(
        "(granted_date, organization_id) INCLUDE (matter_id, service_form, applicant_kind, is_union_member, is_group, priority,"
        " headcount, women_count, minor_count, senior_count, disabled_count, minority_count, military_count, foreign_count,"
        " unknown_sex_count) WHERE granted_date IS NOT NULL"
    )
    _statistic_closed_idx = models.Index(
        "(closed_date, organization_id) INCLUDE (granted_date, outcome, matter_id, service_form, applicant_kind, amount_recovered,"
        " headcount) WHERE closed_date IS NOT NULL"
    )
    _statistic_decided_idx = models.Index("(decision_date, organization_id) WHERE state IN ('refused', 'withdrawn')")
    _urgent_open_idx = models.Index("(organization_id) WHERE is_urgent IS TRUE AND formalities_date IS NULL")
    _silent_since_idx = models.Index("(silent_since, policy_id) WHERE silent_since IS NOT NULL")
