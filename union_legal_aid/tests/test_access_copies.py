from odoo.tests import tagged

from .access_common import LegalAidAccessCommon


@tagged("post_install", "-at_install")
class TestCopies(LegalAidAccessCommon):
    def test_dump(self):
        for model, specimens in sorted(self.specimens.items()):
            record = specimens[0].record
            if record._transient or not record._auto:
                continue
            data = record.copy_data()[0]
            wf = sorted(set(getattr(record, "_workflow_fields", ())) & data.keys())
            ro = sorted(n for n in data if record._fields[n].readonly)
            print("DUMP", model, "| WF", wf, "| RO", ro, "|", {k: (v if not isinstance(v, list) else "LIST") for k, v in data.items() if k not in ro})
