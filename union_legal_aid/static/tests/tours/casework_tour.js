/**
 * Casework as its people walk it, in Chinese. The Python side (tests/test_casework_tour.py) signs the roles in one after the other
 * and checks in the database what each part left behind.
 */
import { rpc } from "@web/core/network/rpc";
import {
    addTour,
    choose,
    clickAndWait,
    confirmDialog,
    dialog,
    fill,
    inChinese,
    inState,
    openFirstOfInbox,
    pick,
    press,
    save,
    toggle,
} from "./steps";

// A dialog is a form, too; what comes after it is looked for on the page.
const closed = "body:not(:has(.modal))";
const openFirstCase = [
    inChinese("案件"),
    { content: "Open the case", trigger: ".o_data_row .o_data_cell[name='name']", run: clickAndWait },
];
const nextStep = (text) => ({
    content: `Next: ${text}`,
    trigger: `.o_field_widget[name='next_step']:contains('${text}')`,
});
// An application at the counter: registered, granted, assigned

addTour("legal_aid_take_application", {
    steps: () => [
        inChinese("新建"),
        fill("applicant_name", "李小红"),
        ...pick("applicant_kind", "农民工"),
        fill("applicant_id_number", "410404199003072830"),
        fill("applicant_phone", "13803750009"),
        fill("employer_name", "巡览服装有限公司"),
        ...choose("employer_place_id", "巡览县总工会"),
        ...choose("matter_id", "拖欠工资"),
        ...pick("service_form", "仲裁"),
        ...save,
        nextStep("请提交"),
        press("action_submit"),
        inState("submitted"),
        nextStep("审批"),
    ],
});

addTour("legal_aid_grant_application", {
    steps: () => [...openFirstOfInbox, press("action_grant"), inState("granted")],
});

addTour("legal_aid_assign_application", {
    steps: () => [
        ...openFirstCase,
        nextStep("指派律师"),
        press("action_assign"),
        { content: "Who is suggested, and why", trigger: ".modal .o_form_view:contains('巡览律师')" },
        confirmDialog,
        inState("assigned"),
    ],
});

// Refused

addTour("legal_aid_refuse_application", {
    steps: () => [
        ...openFirstOfInbox,
        press("action_refuse"),
        ...choose("reason_id", "不属于", dialog),
        fill("note", "不属于工会法律援助范围", dialog),
        confirmDialog,
        inState("refused"),
    ],
});

// The objection: taken, sent to the justice bureau, which sets the refusal aside

addTour("legal_aid_take_objection", {
    steps: () => [
        press("action_object"),
        fill("note", "本人认为属于劳动争议", dialog),
        confirmDialog,
        { content: "It is on the case", trigger: `${closed} .o_form_view:not(:has(button[name='action_object']))` },
    ],
});

addTour("legal_aid_set_aside", {
    steps: () => [
        inChinese("异议"),
        { content: "Open it", trigger: ".o_data_row .o_data_cell[name='case_number']", run: clickAndWait },
        press("action_send"),
        inState("sent"),
        press("action_set_aside"),
        { content: "What it means", trigger: ".modal .alert-warning" },
        ...choose("document_id", "异议", dialog),
        confirmDialog,
        { content: "Set aside", trigger: `${closed} .o_form_view:not(:has(button[name='action_set_aside']))` },
    ],
});

// Urgent: a lawyer is mandated first, the formalities follow

addTour("legal_aid_take_urgent_application", {
    steps: () => [
        inChinese("新建"),
        fill("applicant_name", "李小红"),
        ...pick("applicant_kind", "农民工"),
        ...choose("employer_name", "巡览服装"),
        ...choose("employer_place_id", "巡览县总工会"),
        ...choose("matter_id", "拖欠工资"),
        toggle("is_urgent"),
        fill("urgent_reason", "用人单位正在转移财产"),
        ...save,
        press("action_mandate_first"),
        { content: "A lawyer is proposed", trigger: ".modal .o_field_widget[name='volunteer_id']" },
        confirmDialog,
        {
            content: "The lawyer is mandated, and what is still missing is told",
            trigger: `${closed} .o_form_view:not(:has(button[name='action_mandate_first'])) .alert:contains('身份证')`,
        },
    ],
});

addTour("legal_aid_make_good", {
    steps: () => [
        ...openFirstCase,
        fill("applicant_id_number", "410404199003072830"),
        ...pick("service_form", "仲裁"),
        ...save,
        press("action_submit"),
        inState("submitted"),
    ],
});

// A group case: twelve workers from a workbook

const chooseWorkbook = {
    content: "Choose the workbook",
    trigger: ".modal .o_field_widget[name='file'] input[type='file']:not(:visible)",
    async run() {
        const [found] = await rpc("/web/dataset/call_kw/ir.attachment/search_read", {
            model: "ir.attachment",
            method: "search_read",
            args: [[["name", "=", "巡览名单.xlsx"]], ["datas"]],
            kwargs: {},
        });
        const bytes = Uint8Array.from(atob(found.datas), (character) => character.charCodeAt(0));
        const carrier = new DataTransfer();
        carrier.items.add(new File([bytes], "巡览名单.xlsx"));
        this.anchor.files = carrier.files;
        this.anchor.dispatchEvent(new Event("change", { bubbles: true }));
    },
};

addTour("legal_aid_import_group", {
    steps: () => [
        ...openFirstCase,
        { content: "Parties", trigger: ".nav-link[name='parties']", run: "click" },
        press("action_open_party_import"),
        chooseWorkbook,
        { content: "Chosen", trigger: ".modal .o_field_widget[name='file'] .o_clear_file_button" },
        { content: "Check", trigger: ".modal button[name='action_check']", run: clickAndWait },
        { content: "All rows are good", trigger: ".modal .alert-success:contains('无误')" },
        { content: "Take the list", trigger: ".modal button[name='action_import']", run: clickAndWait },
        { content: "Twelve are listed", trigger: `${closed} .o_field_widget[name='party_count']:contains('12')` },
    ],
});

// Another lawyer

addTour("legal_aid_ask_for_another_lawyer", {
    steps: () => [
        ...openFirstCase,
        press("action_request_lawyer_change"),
        ...pick("requester", "工会"),
        ...choose("reason_id", "无法继续"),
        ...save,
    ],
});

addTour("legal_aid_grant_another_lawyer", {
    steps: () => [
        inChinese("更换律师"),
        { content: "Open it", trigger: ".o_data_row .o_data_cell[name='request_date']", run: clickAndWait },
        press("action_change"),
        inState("changed"),
    ],
});

addTour("legal_aid_hand_over", {
    steps: () => [
        inChinese("更换律师"),
        { content: "Open it", trigger: ".o_data_row .o_data_cell[name='request_date']", run: clickAndWait },
        { content: "What is handed over", trigger: ".o_field_widget[name='handover_list']" },
        press("action_hand_over"),
        fill("note", "证据原件三份", dialog),
        confirmDialog,
        { content: "Signed off", trigger: `${closed} .o_form_view:not(:has(button[name='action_hand_over']))` },
    ],
});
