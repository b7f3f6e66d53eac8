/**
 * How a lawyer joins (T1, T2, P4), each step by the role that takes it, in Chinese: the county proposes, the justice bureau
 * recommends, the city selects and appoints, its leader signs (main_job_tour.js), the card is printed. The Python side is
 * tests/test_team_joining_tour.py.
 */
import {
    addTour,
    choose,
    chooseToday,
    clickAndWait,
    confirmDialog,
    field,
    fill,
    inChinese,
    inState,
    press,
    save,
    waitsForApproval,
} from "./steps";

/** Attach a photographed page; the file input itself is hidden behind its button. */
const attach = (name) => [
    {
        content: `Attach ${name}`,
        trigger: `${field(name)} .o_select_file_button`,
        run({ anchor }) {
            const input = anchor.closest(".o_field_widget").querySelector("input[type='file']");
            const files = new DataTransfer();
            files.items.add(new File(["stamped page"], "page.png", { type: "image/png" }));
            input.files = files.files;
            input.dispatchEvent(new Event("change", { bubbles: true }));
        },
    },
    { content: "Attached", trigger: `${field(name)} .o_clear_file_button, ${field(name)} input:value('page.png')` },
];
const openFirst = { content: "Open the proposal", trigger: ".o_data_row .o_data_cell[name='name']", run: clickAndWait };

addTour("legal_aid_propose_lawyer", {
    steps: () => [
        inChinese("推荐"),
        fill("name", "巡览新律师"),
        fill("license_number", "14104202610998866"),
        ...choose("law_firm_id", "巡览律师事务所"),
        ...choose("contact_point_ids", "巡览县总工会"),
        ...chooseToday("application_date"),
        ...attach("application_document"),
        { content: "A level", trigger: ".o_field_x2many_list_row_add a, .o_field_x2many_list_row_add button", run: "click" },
        fill("signed_by", "巡览主任", ".o_selected_row "),
        ...attach("document"),
        ...save,
        press("action_submit"),
        inState("submitted"),
    ],
});

addTour("legal_aid_bureau_recommends", {
    steps: () => [
        inChinese("推荐"),
        openFirst,
        press("action_recommend"),
        confirmDialog,
        { content: "The bureau's word stands there", trigger: ".o_data_cell[name='level']:contains('市司法局')" },
    ],
});

addTour("legal_aid_select_and_appoint", {
    steps: () => [
        inChinese("推荐"),
        openFirst,
        press("action_select"),
        { content: "The file was made", trigger: `${field("license_number")} input:value('14104202610998866')` },
        press("action_draft_contract"),
        { content: "Of this lawyer", trigger: `${field("volunteer_id")} input:value('巡览新律师')` },
        ...chooseToday("date_start"),
        ...save,
        press("action_request_approval"),
        waitsForApproval,
    ],
});

addTour("legal_aid_print_card", {
    steps: () => [
        inState("active"),
        press("action_print_card"),
        { content: "Printed", trigger: "body:not(:has(.o_blockUI)) .o_form_view" },
    ],
});
