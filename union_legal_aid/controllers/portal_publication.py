from odoo.exceptions import UserError
from odoo.http import request, route

from .portal import LegalAidPortal


class LegalAidPortalPublication(LegalAidPortal):
    """What is published of the lawyer, and his consent to it: he gives it here with the text he agrees to, chooses what besides name
    and firm is shown, and takes it back at any time (T13, F§11).
    """

    @route("/my/publication", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_publication(self, done="", **kw):
        return self._render_publication(done=done)

    @route("/my/publication/<int:lawyer_id>/give", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_publication_give(self, lawyer_id, **post):
        lawyer = self._get_own("legal.aid.volunteer", lawyer_id)
        flags = {name: True for name in lawyer._get_consent_flags() if post.get(name)}
        error = self._attempt(lambda: lawyer.action_give_consent(**flags))
        if error:
            return self._render_publication(error=error)
        return request.redirect("/my/publication?done=given")

    @route("/my/publication/<int:lawyer_id>/withdraw", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_publication_withdraw(self, lawyer_id, **post):
        lawyer = self._get_own("legal.aid.volunteer", lawyer_id)
        error = self._attempt(lawyer.action_withdraw_consent)
        if error:
            return self._render_publication(error=error)
        return request.redirect("/my/publication?done=withdrawn")

    @route(
        ["/my/publication/<int:lawyer_id>/give", "/my/publication/<int:lawyer_id>/withdraw"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
    )
    def legal_aid_publication_step(self, lawyer_id, **kw):
        """Back to the page, after a new sign-in or a change of language in the middle of a form."""
        return self._go_back("/my/publication")

    # Odoo's own page of name and address

    def _validate_address_values(self, address_values, partner_sudo, *args, **kwargs):
        invalid_fields, missing_fields, messages = super()._validate_address_values(
            address_values, partner_sudo, *args, **kwargs
        )
        try:
            partner_sudo._check_own_name(address_values)
        except UserError as error:
            invalid_fields.add("name")
            messages.append(str(error))
        return invalid_fields, missing_fields, messages

    # What the pages share

    def _render_publication(self, done="", error=""):
        env = request.env
        messages = {
            "given": env._("Your consent is on record. You are on the public roster as shown below."),
            "withdrawn": env._("Your consent is withdrawn. You are off the public roster from this moment."),
        }
        lawyers = self._get_lawyers().filtered(lambda lawyer: lawyer.kind == "lawyer")
        return self._render_page(
            "union_legal_aid.portal_publication",
            [(env._("My publication"), False)],
            {
                "sheets": [self._prepare_publication(lawyer) for lawyer in lawyers],
                "message": messages.get(done, ""),
                "error": error,
            },
        )

    def _prepare_publication(self, lawyer):
        """What the page shows of one of the lawyer's team records."""
        # The city is closed to portal users; its words for the roster stand on the public page.
        labels = lawyer.sudo().organization_id._in_roster_language()._get_roster_labels()
        line = lawyer._get_roster_values().get(lawyer, {})
        return {
            "lawyer": lawyer,
            "union_name": lawyer.sudo().organization_id.name,
            "flags": [
                (name, labels[name.removeprefix("publish_")], bool(lawyer[name]))
                for name in lawyer._get_consent_flags()
            ],
            "text": lawyer._get_consent_text([labels["name"], labels["law_firm"], request.env._("what I tick below")]),
            "line": [
                (labels[name], "、".join(value) if isinstance(value, list) else value)
                for name, value in line.items()
                if value
            ],
            "consents": request.env["legal.aid.publication.consent"].search([("volunteer_id", "=", lawyer.id)]),
            "awards": request.env["legal.aid.award"].search([("volunteer_id", "=", lawyer.id)]),
        }
