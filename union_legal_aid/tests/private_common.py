import logging
from contextlib import contextmanager

from .casework_common import WORKER_ID, LegalAidCaseworkCommon

SECRETS = {
    "applicant_name": "王小明",
    "applicant_id_number": WORKER_ID,
    "applicant_phone": "13803750001",
    "applicant_address": "宝丰县某村一组",
    "description": "包工头欠薪三个月",
    "family_income": 1357.5,
    "medical_note": "左手粉碎性骨折",
    "hardship_note": "低保户，妻子残疾",
}


class LegalAidPrivateCommon(LegalAidCaseworkCommon):
    """A case of county a with everything private in it, whose contact point is county b."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = (
            cls.env["legal.aid.case"]
            .with_user(cls.a_officer)
            .create(cls._prepare_case(**{**SECRETS, "hardship_basis": "self_commitment"}, applicant_kind="worker"))
        )
        cls.case.contact_point_id = cls.county_b
        cls.env.flush_all()
        cls.env.invalidate_all()

    @classmethod
    def _allow_export(cls, *users):
        for user in users:
            user.group_ids += cls.env.ref("base.group_allow_export")

    def _find_secrets(self, text, *more):
        return [str(secret) for secret in (*SECRETS.values(), *more) if str(secret) in text]

    def _get_rows(self, record=None, **values):
        """Rows of the access log about ``record`` (the case), the oldest first."""
        record = record or self.case
        domain = [("res_model", "=", record._name), ("res_id", "in", record.ids)]
        domain += [(name, "=", value) for name, value in values.items()]
        return self.env["legal.aid.access.log"].search(domain, order="id")

    @contextmanager
    def _catch_server_log(self, name=None):
        """Collects what is written to the server log, or by its logger ``name``, at any level that a server writes."""
        lines = []
        handler = logging.Handler(logging.INFO)
        handler.emit = lambda record: lines.append(record.getMessage())
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        try:
            yield lines
        finally:
            logger.removeHandler(handler)
