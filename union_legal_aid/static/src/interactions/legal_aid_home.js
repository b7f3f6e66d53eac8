import { PortalHomeCounters } from "@portal/interactions/portal_home_counters";
import { patch } from "@web/core/utils/patch";

patch(PortalHomeCounters.prototype, {
    /**
     * A lawyer of the team buys nothing here: the card of his invoices comes only when there are some.
     */
    getCountersAlwaysDisplayed() {
        const counters = super.getCountersAlwaysDisplayed(...arguments);
        return this.el.querySelector(".o_legal_aid_home") ? counters.filter((name) => name !== "invoice_count") : counters;
    },
});
