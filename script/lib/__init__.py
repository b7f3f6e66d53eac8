"""What stands behind the commands in `script/`: standard library only, Python 3.10 to 3.13.

Reading order: `feedback` and `cache` (ground), `debian`, `odoo_source`, `python_environment`, `programs`, `postgres`
(what is fetched or started), `database` and `odoo_process` (what is done with it), `commands/` (one file per command).
"""
