/** Steps that the tours share: fill in a field, choose a record, press a button of the form, look at the state. */
import { rpcBus } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

/** A step of a tour on a busy machine may take as long as a tour allows one to, in milliseconds. */
const PATIENCE = 60000;

const waiting = new Set();
rpcBus.addEventListener("RPC:REQUEST", ({ detail }) => waiting.add(detail.data.id));
rpcBus.addEventListener("RPC:RESPONSE", ({ detail }) => waiting.delete(detail.data.id));

/** A tour whose steps wait for a slow server, as a person does. */
export const addTour = (name, { steps }) =>
    registry.category("web_tour.tours").add(name, {
        steps: () => steps().map((step) => ({ timeout: PATIENCE, ...step })),
    });

/** The page has the server's answer to what was entered. No hand is so quick as to enter the next value before, and a list opened
 * before it would close again under the tour. */
async function answered({ animationFrame, waitUntil }) {
    let framesAtRest = 0;
    while (framesAtRest < 3) {
        await animationFrame();
        await waitUntil(() => !waiting.size, { timeout: PATIENCE });
        framesAtRest = waiting.size ? 0 : framesAtRest + 1;
    }
}
export const clickAndWait = async (helpers) => {
    await helpers.click();
    await answered(helpers);
};

export const field = (name) => `.o_field_widget[name='${name}']`;
export const dialog = ".modal ";
export const fill = (name, value, place = "") => ({
    content: `Enter ${name}`,
    trigger: `${place}${field(name)} input, ${place}${field(name)} textarea`,
    async run(helpers) {
        await helpers.edit(value);
        await helpers.press("Tab");
        await answered(helpers);
    },
});
export const choose = (name, text, place = "") => [
    { content: `Look up ${name}`, trigger: `${place}${field(name)} input`, run: `edit ${text}` },
    {
        content: `Choose ${text}`,
        trigger: `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option) > a:contains('${text}')`,
        run: clickAndWait,
    },
];
export const pick = (name, label) => [
    { content: `Open ${name}`, trigger: `${field(name)} .o_select_menu_toggler`, run: "click" },
    { content: `Pick ${label}`, trigger: `.o_select_menu_item:contains('${label}')`, run: clickAndWait },
];
export const toggle = (name) => ({ content: `Tick ${name}`, trigger: `${field(name)} input`, run: clickAndWait });
export const chooseToday = (name) => [
    { content: `Open ${name}`, trigger: `${field(name)} input`, run: "click" },
    { content: "Today", trigger: ".o_datetime_picker .o_today", run: clickAndWait },
];
export const press = (method) => ({
    content: `Press ${method}`,
    trigger: `.o_form_view button[name='${method}']:enabled`,
    run: clickAndWait,
});
export const tick = (name, index) => ({
    content: `Tick ${name} ${index}`,
    trigger: `${field(name)} .o-checkbox:eq(${index}) input`,
    run: "check",
});
export const confirmDialog = { content: "Confirm", trigger: ".modal-footer .btn-primary:enabled", run: clickAndWait };
export const inState = (state) => ({
    content: `Now ${state}`,
    trigger: `.o_statusbar_status button[data-value='${state}'].o_arrow_button_current`,
});
export const inChinese = (text) => ({ content: "The page is in Chinese", trigger: `body:contains('${text}')` });
export const waitsForApproval = {
    content: "Nothing is left to ask for",
    trigger: ".o_form_view:not(:has(button[name='action_request_approval']))",
};
export const openFirstOfInbox = [
    inChinese("待我审批"),
    { content: "Open the document", trigger: ".o_data_row .o_data_cell[name='name']", run: clickAndWait },
];
export const save = [
    ...stepUtils.saveForm(),
    { content: "Saved", trigger: ".o_form_saved:not(:has(.o_form_dirty))", run: answered },
];
