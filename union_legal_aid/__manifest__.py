{
    "name": "Union Legal Aid",
    "summary": "The workers' legal-aid volunteer programme of a Chinese trade-union federation",
    "version": "19.0.1.0.0",
    "category": "Services/Union Legal Aid",
    "author": "Union Legal Aid contributors",
    "license": "LGPL-3",
    "depends": ["mail", "portal", "account", "l10n_cn_union"],
    "data": [
        # Roles and rights to models, room by room
        "security/groups.xml",
        "security/organization/ir.model.access.csv",
        "security/approval/ir.model.access.csv",
        # Data
        "data/legal_aid_calendar_day_data.xml",
        "data/legal_aid_reason_data.xml",
        "data/mail_activity_type_data.xml",
        "data/union_organization_data.xml",
        "data/legal_aid_policy_data.xml",
        # Views: organization, approval
        "views/union_organization_views.xml",
        "views/legal_aid_policy_views.xml",
        "views/legal_aid_calendar_day_views.xml",
        "views/legal_aid_reason_views.xml",
        "views/legal_aid_deadline_views.xml",
        "views/res_users_views.xml",
        "views/legal_aid_approval_rule_views.xml",
        "views/legal_aid_approval_request_views.xml",
        "views/legal_aid_stand_in_views.xml",
        "wizards/legal_aid_approval_reject_views.xml",
        # team
        "security/team/ir.model.access.csv",
        "data/legal_aid_specialty_data.xml",
        "data/team_approval_rule_data.xml",
        "data/team_cron_data.xml",
        "reports/legal_aid_contract_reports.xml",
        "reports/legal_aid_contract_templates.xml",
        "wizards/legal_aid_reason_dialog_views.xml",
        "views/legal_aid_specialty_views.xml",
        "views/legal_aid_volunteer_views.xml",
        "views/legal_aid_contract_views.xml",
        "views/legal_aid_notice_views.xml",
        "views/union_organization_team_views.xml",
        # casework
        # service
        "security/service/ir.model.access.csv",
        "views/legal_aid_ledger_views.xml",
        # conduct
        "security/conduct/ir.model.access.csv",
        "data/legal_aid_complaint_sequence_data.xml",
        "data/conduct_approval_rule_data.xml",
        "views/legal_aid_complaint_views.xml",
        "views/legal_aid_removal_views.xml",
        "views/legal_aid_volunteer_conduct_views.xml",
        # money
        # portal
        "views/portal_templates.xml",
        "views/portal_consultation_templates.xml",
        "views/portal_case_templates.xml",
        "views/portal_account_templates.xml",
        # Record rules, after the models they name
        "security/organization/rules.xml",
        "security/approval/rules.xml",
        "security/team/rules.xml",
        "security/service/rules.xml",
        "security/conduct/rules.xml",
        # Menus: the root first, then one file per room
        "views/menus.xml",
        "views/team_menus.xml",
        "views/service_menus.xml",
        "views/conduct_menus.xml",
    ],
    "demo": [
        "demo/organization_demo.xml",
        # team
        # casework
        # service
        # conduct
        # money
    ],
    "assets": {
        "web.assets_frontend": [
            "union_legal_aid/static/src/interactions/**/*",
            "union_legal_aid/static/src/scss/legal_aid_portal.scss",
        ],
    },
    "application": True,
}
