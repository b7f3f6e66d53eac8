/** Steps that the tours share: fill in a field, choose a record, press a button of the form, look at the state. */
import { stepUtils } from "@web_tour/tour_utils";

export const field = (name) => `.o_field_widget[name='${name}']`;
export const fill = (name, value) => ({
    content: `Enter ${name}`,
    trigger: `${field(name)} input, ${field(name)} textarea`,
    run: `edit ${value}`,
});
export const choose = (name, text) => [
    { content: `Look up ${name}`, trigger: `${field(name)} input`, run: `edit ${text}` },
    {
        content: `Choose ${text}`,
        trigger: `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option) > a:contains('${text}')`,
        run: "click",
    },
];
export const pick = (name, label) => [
    { content: `Open ${name}`, trigger: `${field(name)} .o_select_menu_toggler`, run: "click" },
    { content: `Pick ${label}`, trigger: `.o_select_menu_item:contains('${label}')`, run: "click" },
];
export const chooseToday = (name) => [
    { content: `Open ${name}`, trigger: `${field(name)} input`, run: "click" },
    { content: "Today", trigger: ".o_datetime_picker .o_today", run: "click" },
];
export const press = (method) => ({
    content: `Press ${method}`,
    trigger: `.o_form_view button[name='${method}']:enabled`,
    run: "click",
});
export const confirmDialog = { content: "Confirm", trigger: ".modal-footer .btn-primary:enabled", run: "click" };
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
    { content: "Open the document", trigger: ".o_data_row .o_data_cell[name='name']", run: "click" },
];
export const save = stepUtils.saveForm();
