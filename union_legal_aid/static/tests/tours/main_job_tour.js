/**
 * The main job, each part walked by the role that takes it, in Chinese: appointment, the two ways in, work and archive, the fee
 * and its payment, the yearly subsidy. The Python side (tests/test_main_job_tour.py) signs the roles in one after the other and
 * checks in the database what each part left behind.
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
    openFirstOfInbox,
    pick,
    press,
    save,
    tick,
    waitsForApproval,
} from "./steps";

// 2. Appointment

addTour("legal_aid_record_lawyer", {
    steps: () => [
        inChinese("律师"),
        ...choose("partner_id", "巡览律师"),
        fill("license_number", "14104201510998877"),
        ...choose("contact_point_ids", "巡览县总工会"),
        ...choose("user_id", "巡览律师"),
        { content: "Private data", trigger: ".nav-link[name='private']", run: "click" },
        fill("bank_account_number", "6222020000000000123"),
        fill("bank_account_holder", "巡览律师"),
        fill("bank_name", "示例银行"),
        ...save,
        press("action_open_contracts"),
        { content: "Draft a contract", trigger: ".o_list_button_add", run: clickAndWait },
        ...chooseToday("date_start"),
        ...save,
        press("action_request_approval"),
        waitsForApproval,
    ],
});

addTour("legal_aid_approve_first", {
    steps: () => [
        ...openFirstOfInbox,
        press("action_approve"),
        { content: "Decided", trigger: ".o_form_view:not(:has(button[name='action_approve']))" },
    ],
});

// 3. First way in

addTour("legal_aid_portal_log_call", {
    steps: () => [
        { content: "Log a call", trigger: ".o_legal_aid_home .o_legal_aid_log_call", run: "click", expectUnloadPage: true },
        { trigger: "select#matter_id", run: "selectByIndex 1" },
        { trigger: "textarea#question", run: "edit 拖欠工资三个月" },
        { trigger: "input#caller_name", run: "edit 王小明" },
        { trigger: "input#caller_phone", run: "edit 13803750001" },
        { trigger: "select#caller_kind", run: "select migrant_worker" },
        { trigger: "input#employer_name", run: "edit 巡览建筑劳务公司" },
        { trigger: "select#employer_place_id", run: "selectByLabel 巡览县总工会" },
        { content: "Save", trigger: ".o_legal_aid_save", run: "click", expectUnloadPage: true },
        { content: "区属 with its rule", trigger: ".o_legal_aid_rule:contains('巡览县总工会')" },
        { content: "Report", trigger: ".o_legal_aid_report", run: "click", expectUnloadPage: true },
        { content: "Reported", trigger: ".o_legal_aid_jurisdiction:not(:has(.o_legal_aid_report))" },
    ],
});

addTour("legal_aid_register_application", {
    steps: () => [
        inChinese("咨询"),
        { content: "Open the reported call", trigger: ".o_data_row .o_data_cell[name='name']", run: clickAndWait },
        press("action_create_case"),
        fill("applicant_id_number", "410402198501010125"),
        ...pick("service_form", "仲裁"),
        { content: "Hardship is waived, with the reason", trigger: `${field("hardship_ground")}:contains('农民工')` },
        ...save,
        press("action_submit"),
        inState("submitted"),
    ],
});

addTour("legal_aid_grant_first", {
    steps: () => [...openFirstOfInbox, press("action_grant"), inState("assigned")],
});

// 4. Work, closing, archive

addTour("legal_aid_portal_accept_and_work", {
    steps: () => [
        { content: "Cases that wait", trigger: ".o_legal_aid_waiting", run: "click", expectUnloadPage: true },
        { content: "Open the case", trigger: ".o_legal_aid_item", run: "click", expectUnloadPage: true },
        { trigger: "input#no_conflict", run: "check" },
        { trigger: "input#free_of_charge", run: "check" },
        { content: "Accept", trigger: ".o_legal_aid_accept", run: "click", expectUnloadPage: true },
        { content: "The client's phone", trigger: ".o_legal_aid_phone[href='tel:13803750001']" },
        { content: "Two hours", trigger: ".o_legal_aid_hours label[for='hours_2']", run: "click" },
        { content: "Hearing", trigger: ".o_legal_aid_kinds label[for='kind_hearing']", run: "click" },
        { content: "Log", trigger: ".o_legal_aid_log", run: "click", expectUnloadPage: true },
        { content: "The log stands there", trigger: ".o_legal_aid_log_line" },
        { content: "Close", trigger: ".o_legal_aid_close_toggle", run: "click" },
        { trigger: "select#outcome", run: "select won" },
        { trigger: "input#amount_recovered", run: "edit 12000" },
        { content: "Close the case", trigger: ".o_legal_aid_close_form .o_legal_aid_close", run: "click", expectUnloadPage: true },
        { content: "Closed", trigger: ".o_legal_aid_state.text-bg-success" },
    ],
});

// What is not among the documents of the case lies in the paper file.
const seeInPaperFile = {
    content: "Tick what lies in the paper file",
    trigger: ".modal .o_field_widget[name='seen_item_ids'] .o-checkbox input",
    run: () =>
        document
            .querySelectorAll(".modal .o_field_widget[name='seen_item_ids'] .o-checkbox input")
            .forEach((box) => box.click()),
};

addTour("legal_aid_archive_and_claim", {
    steps: () => [
        { content: "Open the case", trigger: ".o_data_row .o_data_cell[name='name']", run: clickAndWait },
        press("action_receive_file"),
        confirmDialog,
        press("action_review_file"),
        seeInPaperFile,
        confirmDialog,
        inState("archived"),
        press("action_create_expense"),
        { content: "The payer, with the sentence why", trigger: `${field("allocation_ids")}:contains('巡览县总工会')` },
        press("action_request_approval"),
        inState("submitted"),
    ],
});

// 5.–6. Payouts

const computeAndAsk = [
    inChinese("发放"),
    press("action_compute"),
    inState("computed"),
    { content: "The lawyer is on the list", trigger: ".o_data_row:contains('巡览律师')" },
    press("action_request_approval"),
    waitsForApproval,
];

addTour("legal_aid_draft_fee_payout", { steps: () => [...save, ...computeAndAsk] });
addTour("legal_aid_rehearse_subsidy", { steps: () => computeAndAsk });

addTour("legal_aid_pay", {
    steps: () => [
        { content: "Open the payout", trigger: ".o_data_row .o_data_cell[name='name']", run: clickAndWait },
        inState("approved"),
        { content: "In Chinese capitals", trigger: ".o_form_view:contains('人民币')" },
        press("action_post"),
        confirmDialog,
        inState("paid"),
    ],
});
