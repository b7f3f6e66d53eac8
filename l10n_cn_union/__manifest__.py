{
    "name": "China - Trade Union Accounting",
    "summary": "Charts of accounts of the 2021 Union Accounting System (县级以上工会, 基层工会)",
    "icon": "/account/static/description/l10n.png",
    "countries": ["cn"],
    "version": "19.0.1.1.0",
    "category": "Accounting/Localizations/Account Charts",
    "author": "Union Legal Aid Maintainers",
    "depends": ["account"],
    "data": [
        "data/account_analytic_plan_data.xml",
        "data/account_analytic_account_data.xml",
    ],
    "license": "LGPL-3",
}
