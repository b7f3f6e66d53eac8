import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/**
 * On a phone a slow page gets a second tap: a form that was sent is not sent again.
 */
export class LegalAidForm extends Interaction {
    static selector = ".o_legal_aid_form";
    dynamicContent = {
        _root: { "t-on-submit": this.onSubmit },
        // Back from the browser's memory the page must work again.
        _window: { "t-on-pageshow": () => (this.isSent = false) },
        "button[type=submit]": { "t-att-disabled": () => (this.isSent ? "disabled" : undefined) },
    };

    setup() {
        this.isSent = false;
    }

    onSubmit(ev) {
        if (this.isSent) {
            ev.preventDefault();
        }
        this.isSent = true;
    }
}

/**
 * The list of unions holds a whole city; the place of the employer narrows it.
 */
export class LegalAidEmployer extends Interaction {
    static selector = ".o_legal_aid_consultation_form";
    dynamicContent = {
        "[name=employer_place_id]": { "t-on-change": this.narrow },
    };

    start() {
        this.narrow();
    }

    narrow() {
        const place = this.el.querySelector("[name=employer_place_id]").value;
        const unions = this.el.querySelector("[name=employer_organization_id]");
        for (const option of unions.options) {
            // A union directly under the city stays: its house may be in any district.
            const elsewhere = Boolean(place && option.dataset.place && option.dataset.place !== place);
            option.hidden = elsewhere;
            option.disabled = elsewhere;
        }
        if (unions.selectedOptions[0]?.disabled) {
            unions.value = "";
        }
    }
}

registry.category("public.interactions").add("union_legal_aid.form", LegalAidForm);
registry.category("public.interactions").add("union_legal_aid.employer", LegalAidEmployer);
