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
        # casework
        # service
        # conduct
        # money
        # portal
        # Record rules, after the models they name
        "security/organization/rules.xml",
        "security/approval/rules.xml",
        # Menus: the root first, then one file per room
        "views/menus.xml",
    ],
    "demo": [
        "demo/organization_demo.xml",
        # team
        # casework
        # service
        # conduct
        # money
    ],
    "application": True,
}
