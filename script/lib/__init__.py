"""What stands behind the commands in `script/`: standard library only, Python 3.10 to 3.13.

Reading order: `feedback` and `cache` (ground), `debian`, `odoo_source`, `python_environment`, `programs`, `postgres`
(what is fetched or started), `database` and `odoo_process` (what is done with it), `workbench` (all of it together),
`suite` and `translations` (what is checked), `commands/` (one file per command).
"""

import sys

# Before any other module is read: an older Python would stumble over their syntax instead of hearing this.
if not (3, 10) <= sys.version_info[:2] <= (3, 13):
    sys.exit(
        f"Odoo 19 runs on Python 3.10 to 3.13, and this is Python {sys.version.split()[0]}: start the command with "
        "another one, such as `python3.12 script/server`."
    )
