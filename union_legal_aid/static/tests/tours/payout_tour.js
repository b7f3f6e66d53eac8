/** Finance pays: post, take the bank's return file with one failed payment, issue it again, pay it. tests/test_money_tour.py. */
import { rpc } from "@web/core/network/rpc";
import { addTour, clickAndWait, confirmDialog, inChinese, inState, press } from "./steps";

const FILE = "巡览回盘.csv";
// A dialog is a form, too; what comes after it is looked for on the page.
const closed = "body:not(:has(.modal))";

const chooseFile = {
    content: "Choose the bank's file",
    trigger: ".modal .o_field_widget[name='file'] input[type='file']:not(:visible)",
    async run() {
        const [found] = await rpc("/web/dataset/call_kw/ir.attachment/search_read", {
            model: "ir.attachment",
            method: "search_read",
            args: [[["name", "=", FILE]], ["datas"]],
            kwargs: {},
        });
        const bytes = Uint8Array.from(atob(found.datas), (character) => character.charCodeAt(0));
        const carrier = new DataTransfer();
        carrier.items.add(new File([bytes], FILE));
        this.anchor.files = carrier.files;
        this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
    },
};

addTour("legal_aid_finance_pays", {
    steps: () => [
        inChinese("发放"),
        { content: "Open the payout", trigger: ".o_data_row .o_data_cell[name='name']", run: clickAndWait },
        inState("approved"),
        press("action_post"),
        confirmDialog,
        inState("paid"),
        press("action_import_bank_return"),
        chooseFile,
        { content: "Chosen", trigger: ".modal .o_field_widget[name='file'] .o_clear_file_button" },
        { content: "Look through", trigger: ".modal button[name='action_check']", run: clickAndWait },
        { content: "All rows can be taken", trigger: ".modal .alert-success .o_field_widget[name='failed_count']:contains('1')" },
        { content: "Take the file", trigger: ".modal button[name='action_import']", run: clickAndWait },
        inState("posted"),
        { content: "The bank's reason", trigger: `${closed} .o_data_row:contains('户名不符')` },
        { content: "Issue it again", trigger: ".o_data_row button[name='action_reissue']", run: clickAndWait },
        { content: "It waits", trigger: ".o_form_view:not(:has(button[name='action_reissue']))" },
        press("action_post"),
        confirmDialog,
        inState("paid"),
    ],
});
