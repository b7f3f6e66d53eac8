import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const MEGABYTE = 2 ** 20;
// Odoo takes 128 MB in one request; the texts of the form travel along.
const MEGABYTES_AT_ONCE = 100;

/**
 * On a phone a slow page gets a second tap: a form that was sent is not sent again. A file that the server would refuse is told
 * before anything is sent, so that nothing typed is lost and no megabytes are paid for.
 */
export class LegalAidForm extends Interaction {
    static selector = ".o_legal_aid_form";
    dynamicContent = {
        _root: { "t-on-submit": this.onSubmit },
        ".o_legal_aid_files": { "t-on-change": (ev) => this.checkFiles(ev.currentTarget) },
        // Back from the browser's memory the page must work again.
        _window: { "t-on-pageshow": () => (this.isSent = false) },
        // Not the attribute: what a form sends tells which of its buttons was pressed, and a disabled one is left out.
        "button[type=submit]": { "t-att-class": () => ({ disabled: this.isSent }) },
    };

    setup() {
        this.isSent = false;
    }

    onSubmit(ev) {
        const inputs = [...this.el.querySelectorAll(".o_legal_aid_files")];
        if (this.isSent || !inputs.every((input) => this.checkFiles(input))) {
            ev.preventDefault();
            return;
        }
        this.isSent = true;
    }

    /** Whether these files may be sent; if not, the reason shows below the field. */
    checkFiles(input) {
        const files = [...input.files];
        const tooLarge = files.find((file) => file.size > input.dataset.megabytes * MEGABYTE);
        const heic = files.find((file) => /\.hei[cf]$/i.test(file.name) || /^image\/hei[cf]/.test(file.type));
        const reasons = {
            o_legal_aid_too_many:
                files.length > Number(input.dataset.files) ||
                files.reduce((total, file) => total + file.size, 0) > MEGABYTES_AT_ONCE * MEGABYTE,
            o_legal_aid_too_large: Boolean(tooLarge),
            o_legal_aid_heic: Boolean(heic) && !tooLarge,
        };
        const box = input.closest(".o_legal_aid_file_input").querySelector(".o_legal_aid_files_refused");
        for (const [name, applies] of Object.entries(reasons)) {
            box.querySelector(`.${name}`).classList.toggle("d-none", !applies);
        }
        for (const place of box.querySelectorAll(".o_legal_aid_file_name")) {
            place.textContent = (tooLarge || heic)?.name || "";
        }
        const isRefused = Object.values(reasons).includes(true);
        box.classList.toggle("d-none", !isRefused);
        return !isRefused;
    }
}

/**
 * A form that was refused comes back at the address it was sent to. Why it was refused stands at the head of the page; on a phone that
 * is screens away from the form, so it moves there.
 */
export class LegalAidRefusal extends Interaction {
    static selector = ".o_legal_aid_error";

    start() {
        const forms = [...this.el.closest(".o_legal_aid_portal").querySelectorAll("form[method=post]")];
        const form = forms.find((one) => this.wasSent(one));
        if (form) {
            form.prepend(this.el);
            this.el.scrollIntoView({ block: "center" });
        }
    }

    wasSent(form) {
        // The entries of a list share their address; the one that was sent is the one that came back open.
        const isOpen = form.closest("details")?.open ?? true;
        return isOpen && browser.location.pathname.endsWith(new URL(form.action).pathname);
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
registry.category("public.interactions").add("union_legal_aid.refusal", LegalAidRefusal);
