/**
 * The lawyer on his phone: work with a photograph in three taps, papers, ledger, money, and what he takes home.
 *
 * Taps are counted in the page itself. To open the camera is one tap, though the tour puts the picture in without it.
 */
import { addTour } from "./steps";

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const TAPS = "legal_aid_taps";

const press = (content, trigger) => ({ content, trigger, run: "click", expectUnloadPage: true });
const attach = (place, name, type = "image/png") => ({
    content: `Attach ${name}`,
    trigger: place,
    run({ anchor }) {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(PNG)], name, { type }));
        anchor.files = transfer.files;
        anchor.dispatchEvent(new Event("change", { bubbles: true }));
    },
});
const download = (content, trigger, start) => ({
    content,
    trigger,
    async run({ anchor }) {
        const response = await fetch(anchor.href);
        const text = (await response.text()).trimStart();
        if (!response.ok || !text.startsWith(start)) {
            throw new Error(`${anchor.href} answered ${response.status}: ${text.slice(0, 40)}`);
        }
        document.body.dataset.downloads = Number(document.body.dataset.downloads || 0) + 1;
    },
});

const countTaps = {
    content: "From here on each tap counts",
    trigger: ".o_legal_aid_log_form",
    run({ anchor }) {
        sessionStorage.setItem(TAPS, 0);
        const tap = () => sessionStorage.setItem(TAPS, Number(sessionStorage.getItem(TAPS)) + 1);
        anchor.addEventListener("click", (ev) => ev.target.matches("label, button") && tap(), { capture: true });
        anchor.querySelector("#log_photos").addEventListener("change", tap);
    },
};
const tapped = (expected) => ({
    content: `That took ${expected} taps`,
    trigger: ".o_legal_aid_log_line .o_legal_aid_photo:contains('庭审现场.png')",
    run() {
        const taps = Number(sessionStorage.getItem(TAPS));
        if (taps !== expected) {
            throw new Error(`Logging work with a photograph took ${taps} taps instead of ${expected}.`);
        }
    },
});

addTour("legal_aid_lawyer_works", {
    steps: () => [
        press("What waits", ".o_legal_aid_waiting"),
        press("Open the case", ".o_legal_aid_item"),
        { trigger: "input#no_conflict", run: "check" },
        { trigger: "input#free_of_charge", run: "check" },
        press("Accept", ".o_legal_aid_accept"),
        { content: "The kind of the first work stands there", trigger: "input#kind_meeting:checked + label" },
        attach("#log_photos", "IMG_1.HEIC", "image/heic"),
        { content: "Told before anything is sent", trigger: ".o_legal_aid_log_form .o_legal_aid_heic:contains('IMG_1.HEIC')" },
        countTaps,
        { content: "1. One hour", trigger: ".o_legal_aid_hours label[for='hours_1']", run: "click" },
        attach("#log_photos", "庭审现场.png"),
        press("3. Log", ".o_legal_aid_log"),
        tapped(3),
        { trigger: "select#document_kind", run: "select evidence" },
        attach(".o_legal_aid_upload_form .o_legal_aid_files", "工资条.png"),
        press("Hand in the paper", ".o_legal_aid_upload"),
        { content: "It is in the file", trigger: ".o_legal_aid_documents .o_legal_aid_document:contains('工资条.png')" },
    ],
});

addTour("legal_aid_lawyer_accounts", {
    steps: () => [
        press("The ledger", ".o_legal_aid_home a[href='/my/ledger']"),
        { trigger: ".o_legal_aid_ledger_form textarea[name='summary']", run: "edit 全年解答咨询、办理案件" },
        press("Confirm", ".o_legal_aid_ledger_form .o_legal_aid_submit"),
        { content: "Handed in", trigger: ".o_legal_aid_ledger .o_legal_aid_state[data-state='submitted']" },
        download("The certificate", ".o_legal_aid_certificates a", "<!DOCTYPE html"),
        press("Home", ".o_portal_submenu a[href='/my/home']"),
        press("The money", ".o_legal_aid_money"),
        { content: "What the subsidy waits for", trigger: ".o_legal_aid_subsidy[data-state='ledger_submitted']" },
        download("All my work", ".o_legal_aid_export", "PK"),
        { content: "It came", trigger: "body[data-downloads='1']" },
    ],
});
