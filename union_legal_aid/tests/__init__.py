# tools
from . import (
    test_tools_access_table,
    test_tools_areas,
    test_tools_assessment,
    test_tools_bank,
    test_tools_clock_count,
    test_tools_clocks,
    test_tools_deadlines,
    test_tools_docx,
    test_tools_fees,
    test_tools_ids,
    test_tools_limitation,
    test_tools_masking,
    test_tools_money,
    test_tools_pdf_file,
    test_tools_periods,
    test_tools_receipts,
    test_tools_removal_grounds,
    test_tools_rmb,
    test_tools_tax,
)

# house, organization, approval
from . import (
    test_approval,
    test_approval_concurrency,
    test_approval_fail_closed,
    test_approval_follow_up,
    test_approval_inbox,
    test_approval_preview,
    test_approval_stand_in,
    test_approval_tour,
    test_approval_trust,
    test_house,
    test_house_language,
    test_institution,
    test_main_job,
    test_main_job_tour,
    test_migration,
    test_multi_company,
    test_new_county,
    test_new_county_tour,
    test_organization,
    test_organization_notifications,
    test_organization_wording,
)

# personal data and who saw them: all rooms
from . import test_access_log, test_access_log_http, test_private_data, test_private_texts, test_unmask

# access: all rooms
from . import (
    test_access_copies,
    test_access_doors,
    test_access_fields,
    test_access_forms,
    test_access_http_doors,
    test_access_matrix,
    test_access_moves,
)

# views that cross a border: all rooms
from . import (
    test_house_consent,
    test_house_union,
    test_justice_view,
    test_portal_enterprise,
    test_portal_request,
    test_portal_union_doors,
    test_portal_union_tour,
    test_shared_cost,
    test_transfer_view,
)

# team
from . import (
    test_team_batch,
    test_team_card,
    test_team_contract,
    test_team_firm,
    test_team_joining,
    test_team_joining_tour,
    test_team_notice,
    test_team_roster,
    test_team_volunteer,
)

# casework
from . import (
    test_casework_closing,
    test_casework_correction,
    test_casework_day,
    test_casework_file,
    test_casework_drop_right,
    test_casework_eligibility,
    test_casework_clocks,
    test_casework_facts,
    test_casework_assignment,
    test_casework_conflict,
    test_casework_employer,
    test_casework_card,
    test_casework_consultation,
    test_casework_flow,
    test_casework_reminders,
    test_casework_archive_file,
    test_casework_form_cost,
    test_casework_forms,
    test_casework_gates,
    test_casework_group,
    test_casework_intake,
    test_casework_letter,
    test_casework_lock,
    test_casework_major,
    test_casework_lawyer_change,
    test_casework_leaving,
    test_casework_next_step,
    test_casework_quality,
    test_casework_objection,
    test_casework_overlap,
    test_casework_question,
    test_casework_reports,
    test_casework_request,
    test_casework_security,
    test_casework_termination,
    test_casework_tour,
    test_casework_urgent,
    test_casework_work_log,
)

# service
from . import (
    test_service_activity,
    test_service_certificate,
    test_service_facts,
    test_service_ledger,
    test_service_ledger_content,
    test_service_portal,
)

# conduct
from . import (
    test_conduct_assessment,
    test_conduct_award,
    test_conduct_complaint,
    test_conduct_letter,
    test_conduct_no_service,
    test_conduct_readmission,
    test_conduct_removal,
    test_conduct_removal_grounds,
    test_conduct_sanction,
    test_conduct_complaint_course,
    test_conduct_complaint_public,
    test_conduct_tour,
    test_portal_complaint,
    test_portal_removal,
)

# money
from . import (
    test_money_dispute,
    test_money_audit_pack,
    test_money_bank,
    test_money_books,
    test_money_concurrency,
    test_money_documents,
    test_money_expense,
    test_money_fee_schedule,
    test_money_ledger,
    test_money_payout,
    test_money_receipt,
    test_money_security,
    test_money_statement,
    test_money_subsidy,
    test_money_tax,
    test_money_tour,
    test_money_voucher,
    test_money_voucher_export,
    test_tools_sampling,
    test_tools_workbook,
)

# oversight
from . import (
    test_oversight_home,
    test_oversight_disposal,
    test_oversight_import,
    test_oversight_import_messy,
    test_oversight_seal,
    test_oversight_formulas,
    test_oversight_load_doors,
    test_oversight_second_city,
    test_oversight_persons,
    test_oversight_statistics,
    test_oversight_statistics_by_hand,
    test_oversight_statistics_corners,
    test_oversight_tour,
    test_oversight_yearly_round,
    test_oversight_summary,
    test_public_information,
    test_public_pages,
    test_public_walk,
    test_tools_indicators,
)

# portal
from . import (
    test_portal_access,
    test_portal_doors,
    test_portal_home,
    test_portal_templates,
    test_portal_tour,
    test_portal_account,
    test_portal_assessment,
    test_portal_case,
    test_portal_consultation,
    test_portal_export,
    test_portal_firm_client,
    test_portal_hand_over,
    test_portal_lawyer_change,
    test_portal_membership,
    test_portal_substitute,
    test_portal_lawyer_first,
    test_portal_payment,
    test_portal_publication,
    test_printed_documents,
)
