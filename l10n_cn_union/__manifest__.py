{
    "name": "China - Trade Union Accounting",
    "summary": "Chart of accounts of the 2021 Union Accounting System (县级以上工会)",
    "icon": "/account/static/description/l10n.png",
    "countries": ["cn"],
    "version": "19.0.1.0.0",
    "category": "Accounting/Localizations/Account Charts",
    "author": "Union Legal Aid contributors",
    "description": """
Chart of accounts for trade unions at and above county level: 《工会会计制度》
(财会〔2021〕7号), in force since 1 January 2022, with the analytic plans its
Annex 1 asks for. Cash basis, no taxes.
""",
    "depends": ["account"],
    "data": [
        "data/account_analytic_plan_data.xml",
        "data/account_analytic_account_data.xml",
    ],
    "license": "LGPL-3",
}
