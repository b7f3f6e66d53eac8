from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..organization.legal_day import legal_today
from ..organization.wording import join_names

FILE_STATES = [
    ("due", "To be handed in"),
    ("received", "To be reviewed"),
    ("returned", "Returned"),
    ("accepted", "Accepted"),
]


class LegalAidCaseFileMixin(models.AbstractModel):
    """The lawyer's file (C8): handed in within 30 days, reviewed within 30, returned with reasons or archived."""

    _name = "legal.aid.case.file.mixin"
    _description = "File of a Case"

    file_received_date = fields.Date(
        readonly=True, copy=False, help="The day the union received the lawyer's file, on paper or as documents."
    )
    archived_date = fields.Date(readonly=True, copy=False, tracking=True)
    file_review_ids = fields.One2many(
        comodel_name="legal.aid.file.review", inverse_name="case_id", string="Reviews of the File", readonly=True
    )
    file_state = fields.Selection(
        selection=FILE_STATES,
        string="File",
        compute="_compute_file_state",
        store=True,
        compute_sudo=True,
        index="btree_not_null",
    )

    # Compute

    @api.depends("state", "closed_date", "file_review_ids.state")
    def _compute_file_state(self):
        for case in self:
            last = case._get_current_review()
            if case.state == "archived":
                case.file_state = "accepted"
            elif case.state not in ("closed", "terminated") or not case.closed_date:
                case.file_state = False
            else:
                case.file_state = last.state if last else "due"

    # Actions

    def action_receive_file(self, date=None):
        """An officer takes in the lawyer's file on paper and gives the receipt; the review begins (C8).

        :param date: the day the file came in, today by default; opens a dialog when called from the form
        """
        if date is None and len(self) == 1 and self.env.context.get("legal_aid_dialog"):
            return self._open_file_dialog("receive", self.env._("Receive the File"))
        self.check_access("write")
        self._raise_reasons(self._get_cannot_hand_in_reason(date))
        for case in self:
            case._do_receive_file(date, is_on_paper=True)
        return True

    def action_hand_in_file(self):
        """The lawyer hands in the file as documents on record; its clock is met today (C8)."""
        self._check_handler()
        self._raise_reasons(self._get_cannot_hand_in_reason(None))
        missing = {
            case: not case._has_stamped_page("file") and case._get_missing_items("file").filtered("document_kind")
            for case in self
        }
        self._raise_reasons(
            {
                case: items
                and self.env._(
                    "The file of case %(case)s is not complete. Missing: %(missing)s Attach it, or attach the whole file as"
                    " one document of the kind “Case file”.",
                    case=case.name,
                    missing=items._explain_missing(),
                )
                for case, items in missing.items()
            }
        )
        # Reviews are written by these steps only.
        for case_sudo in self.sudo():
            case_sudo._do_receive_file(None, is_on_paper=False)
        return True

    def action_review_file(self):
        """Open the dialog in which an officer accepts the file or returns it."""
        self.ensure_one()
        self._check_reviewer()
        self._raise_reasons(self._get_cannot_review_reason())
        return self._open_file_dialog("review", self.env._("Review the File"))

    def action_accept_file(self, *, seen_item_ids=(), note=""):
        """Accept the file: every mandatory item is on record, or was seen in the file that was handed in.

        :param seen_item_ids: ids of items that the reviewer saw in the file itself, on paper or in the scanned whole
        """
        self._check_reviewer()
        self._raise_reasons(self._get_cannot_review_reason())
        missing = {case: case._get_missing_items("file") for case in self}
        self._raise_reasons(
            {
                case: (unseen := items.filtered(lambda item: item.id not in seen_item_ids))
                and self.env._(
                    "The file of case %(case)s cannot be accepted. Missing: %(missing)s Return it with the reason, or tick what"
                    " you saw in the file itself.",
                    case=case.name,
                    missing=unseen._explain_missing(),
                )
                for case, items in missing.items()
            }
        )
        for case in self:
            seen = missing[case].filtered(lambda item: item.id in seen_item_ids)
            case._do_review_file(
                "accepted", {"note": note, "seen_in_file": join_names(self.env, seen.mapped("name")) or False}
            )
        return True

    def action_return_file(self, reason_codes=None, note=""):
        """Return the file with coded reasons; the clock of handing it in runs again (C8).

        :param reason_codes: a code or several of ``legal.aid.reason`` with the use “file_return”
        """
        self._check_reviewer()
        self._raise_reasons(self._get_cannot_review_reason())
        codes = [reason_codes] if isinstance(reason_codes, str) else list(reason_codes or ())
        if not codes:
            raise UserError(
                self.env._(
                    "Say why the file of %(cases)s is returned: choose at least one reason.",
                    cases=join_names(self.env, self.mapped("name")),
                )
            )
        reasons = self.env["legal.aid.reason"]
        reasons = reasons.union(*(reasons._get_coded("file_return", code) for code in codes))
        for case in self:
            case._do_review_file("returned", {"reason_ids": [fields.Command.set(reasons.ids)], "note": note})
            case._notify_lawyer(
                lambda env, case=case: env._("The file of case %(case)s was returned", case=case.name),
                lambda env, case=case: env._(
                    "The file of case %(case)s was returned. See the reasons on the page of the case and hand it in again.",
                    case=case.name,
                ),
            )
        return True

    def action_archive(self, *, file_received_date=None):
        """Archive a case whose file was accepted.

        :param file_received_date: the file comes over the counter on this day and the officer finds it complete: receipt,
            review and archive in one act, each on record
        """
        self.check_access("write")
        self._check_state("closed", "terminated")
        if file_received_date:
            waiting = self.filtered(lambda case: case.file_state in ("due", "returned"))
            waiting.action_receive_file(date=file_received_date)
            for case in waiting:
                case.action_accept_file(seen_item_ids=case._get_missing_items("file").ids)
        self._raise_reasons(self._get_cannot_archive_reason())
        for case in self:
            case._transition("archived", {"archived_date": legal_today(self)})
        return True

    # Business

    def _get_current_review(self):
        """The latest attempt since the case was closed; one that a reopening made void does not count."""
        self.ensure_one()
        return self.file_review_ids.filtered(lambda review: review.state != "void").sorted("id")[-1:]

    def _check_reviewer(self):
        """An officer of the union in charge, and never the lawyer himself."""
        self.check_access("write")
        own = self.filtered(lambda case: case.sudo().volunteer_id.user_id == self.env.user and not self.env.su)
        if own:
            raise AccessError(
                self.env._(
                    "You are the lawyer of %(cases)s, so somebody else reviews the file. Ask another officer of the union in"
                    " charge.",
                    cases=join_names(self.env, own.mapped("name")),
                )
            )

    def _open_file_dialog(self, step, title):
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": f"legal.aid.file.{step}.dialog",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_case_id": self.id},
        }

    def _get_cannot_hand_in_reason(self, date):
        """``{case: why no file can be handed in, or False}``"""
        day = fields.Date.to_date(date) or legal_today(self)
        reasons = {}
        for case in self:
            names = {"case": case.name, "date": fields.Date.to_string(day)}
            reasons[case] = False
            if case.file_state == "received":
                reasons[case] = self.env._("The file of case %(case)s is in already and waits for its review.", **names)
            elif case.file_state not in ("due", "returned"):
                reasons[case] = self.env._(
                    "Case %(case)s is in state “%(state)s”. Its file is handed in after closing and before the archive.",
                    state=case._get_state_label(case.state),
                    **names,
                )
            elif day > legal_today(self) or day < case.closed_date:
                reasons[case] = self.env._(
                    "The file of case %(case)s cannot have come in on %(date)s: the day lies in the future or before the"
                    " closing. Correct it.",
                    **names,
                )
        return reasons

    def _get_cannot_review_reason(self):
        return {
            case: case.file_state != "received"
            and self.env._(
                "There is no file of case %(case)s to review. Let the lawyer hand it in, or press “Receive File” when it"
                " comes on paper.",
                case=case.name,
            )
            for case in self
        }

    def _get_cannot_archive_reason(self):
        reasons = {}
        for case in self:
            reasons[case] = False
            if case.file_state in ("due", "returned", False):
                reasons[case] = self.env._(
                    "The file of case %(case)s is not in. Let the lawyer hand it in on his page, or press “Receive File” when"
                    " it comes on paper.",
                    case=case.name,
                )
            elif case.file_state == "received":
                reasons[case] = self.env._(
                    "The file of case %(case)s was not reviewed yet. Press “Review File” and accept it, then archive the case.",
                    case=case.name,
                )
        return reasons

    def _do_receive_file(self, date, is_on_paper):
        self.ensure_one()
        day = fields.Date.to_date(date) or legal_today(self)
        # See action_hand_in_file.
        self.env["legal.aid.file.review"].sudo().create(
            {
                "case_id": self.id,
                "volunteer_id": self.sudo().volunteer_id.id,
                "attempt": len(self.sudo().file_review_ids) + 1,
                "received_date": day,
                "is_on_paper": is_on_paper,
                "received_by_id": self.env.user.id,
            }
        )
        self._workflow_write({"file_received_date": day})
        self._close_deadline("file_submit", day)
        self._open_deadline("file_review", day)

    def _do_review_file(self, state, vals):
        self.ensure_one()
        today = legal_today(self)
        # See action_hand_in_file.
        review_sudo = self._get_current_review().sudo()
        review_sudo.write({"state": state, "reviewed_date": today, "reviewer_id": self.env.user.id, **vals})
        # The next attempt is inserted at once, and the database allows one open review only.
        review_sudo.flush_recordset(["state"])
        self._close_deadline("file_review", today)
        if state == "returned":
            self._workflow_write({"file_received_date": False})
            self._open_deadline("file_submit", today)
