from odoo.fields import Domain
from odoo.http import request, route

from odoo.addons.portal.controllers.portal import pager as portal_pager

from .portal import LegalAidPortal

MODEL = "legal.aid.mandate"
LIVE = Domain("state", "!=", "cancelled")
FILTERS = {
    "requested": Domain("state", "=", "draft"),
    "issued": Domain("state", "=", "issued"),
    "all": Domain.TRUE,
}


class LegalAidPortalEnterprise(LegalAidPortal):
    """The pages of an enterprise union: number and stage of its cases, and the mandate that it is asked for (O2, C1).

    Everything is found under the user's own rights, which end where his own enterprise is the opponent. Whether the case exists
    or belongs to somebody else, the answer is the same.
    """

    # Home

    @route()
    def home(self, **kw):
        response = super().home(**kw)
        if self._is_enterprise_user():
            response.qcontext.update(self._prepare_frame(), legal_aid_enterprise=self._prepare_enterprise_home())
            self._keep_nowhere(response)
        return response

    def _prepare_enterprise_home(self):
        """What the home page of an enterprise union shows."""
        mandates = request.env[MODEL]
        return {
            "case_count": mandates.search_count(LIVE),
            "requested_count": mandates.search_count(FILTERS["requested"]),
        }

    # Pages

    @route(["/my/mandates", "/my/mandates/page/<int:page>"], type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_mandates(self, page=1, filterby="", **kw):
        self._check_enterprise_user()
        mandates = request.env[MODEL]
        counts = {name: mandates.search_count(domain) for name, domain in FILTERS.items()}
        if filterby not in FILTERS:
            # What the union has to do comes first.
            filterby = "requested" if counts["requested"] else "all"
        pager = portal_pager(
            url="/my/mandates",
            url_args={"filterby": filterby},
            total=counts[filterby],
            page=page,
            step=self._items_per_page,
        )
        return self._render_page(
            "union_legal_aid.portal_mandates",
            [(request.env._("Our cases"), False)],
            {
                "mandates": mandates.search(FILTERS[filterby], limit=self._items_per_page, offset=pager["offset"]),
                "filters": [(name, label, counts[name]) for name, label in self._get_mandate_filter_labels().items()],
                "filterby": filterby,
                "pager": pager,
            },
        )

    @route("/my/mandates/<int:mandate_id>", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_mandate(self, mandate_id, done="", **kw):
        return self._render_mandate(self._get_mandate(mandate_id), done=done)

    @route("/my/mandates/<int:mandate_id>/issue", type="http", auth="user", methods=["POST"], website=True)
    def legal_aid_mandate_issue(self, mandate_id, **post):
        mandate = self._get_mandate(mandate_id)
        error = self._attempt(mandate.action_issue)
        if error:
            return self._render_mandate(mandate, error=error)
        return request.redirect(f"/my/mandates/{mandate.id}?done=issued")

    @route("/my/mandates/<int:mandate_id>/issue", type="http", auth="user", methods=["GET"], website=True)
    def legal_aid_mandate_step(self, mandate_id, **kw):
        """Back to the mandate, after a new sign-in or a change of language in the middle of a form."""
        return self._go_back(f"/my/mandates/{mandate_id}")

    # What the pages share

    def _is_enterprise_user(self):
        return request.env.user.has_group("union_legal_aid.group_enterprise_portal")

    def _check_enterprise_user(self):
        if not self._is_enterprise_user():
            self._abort_not_found()

    def _get_mandate(self, mandate_id):
        """The mandate of this id that the user may read, or the page “not found”."""
        self._check_enterprise_user()
        return self._get_readable(MODEL, mandate_id)

    def _get_mandate_filter_labels(self):
        env = request.env
        return {"requested": env._("Waiting for us"), "issued": env._("Issued"), "all": env._("All")}

    def _render_mandate(self, mandate, done="", error=""):
        env = request.env
        return self._render_page(
            "union_legal_aid.portal_mandate",
            [(env._("Our cases"), "/my/mandates"), (mandate.case_number, False)],
            {
                "mandate": mandate,
                "error": error,
                "message": env._("The mandate is issued. The lawyer was told and may begin.")
                if done == "issued"
                else "",
            },
        )
