/**
 * Casework as its people walk it, in Chinese. The Python side (tests/test_casework_tour.py) signs the roles in one after the other
 * and checks in the database what each part left behind.
 */
import { registry } from "@web/core/registry";
import { choose, confirmDialog, fill, inChinese, inState, openFirstOfInbox, pick, press, save } from "./steps";

const tours = registry.category("web_tour.tours");

const openFirstCase = [
    inChinese("案件"),
    { content: "Open the case", trigger: ".o_data_row .o_data_cell[name='name']", run: "click" },
];
const nextStep = (text) => ({
    content: `Next: ${text}`,
    trigger: `.o_field_widget[name='next_step']:contains('${text}')`,
});
const chooseInDialog = (name, text) => [
    { content: `Look up ${name}`, trigger: `.modal .o_field_widget[name='${name}'] input`, run: `edit ${text}` },
    {
        content: `Choose ${text}`,
        trigger: `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option) > a:contains('${text}')`,
        run: "click",
    },
];

// An application at the counter: registered, granted, assigned

tours.add("legal_aid_take_application", {
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

tours.add("legal_aid_grant_application", {
    steps: () => [...openFirstOfInbox, press("action_grant"), inState("granted")],
});

tours.add("legal_aid_assign_application", {
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

tours.add("legal_aid_refuse_application", {
    steps: () => [
        ...openFirstOfInbox,
        press("action_refuse"),
        ...chooseInDialog("reason_id", "不属于"),
        { content: "Say why", trigger: ".modal .o_field_widget[name='note'] textarea", run: "edit 不属于工会法律援助范围" },
        confirmDialog,
        inState("refused"),
    ],
});
