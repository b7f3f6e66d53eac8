/**
 * A lawyer is answerable, in Chinese: two workers complain, the city hears the lawyer and verifies, the removal opens by itself. The
 * Python side (tests/test_conduct_tour.py) signs the roles in one after the other and checks in the database what each part left
 * behind. The hand-over of what the lawyer leaves goes on from there.
 */
import { addTour, choose, clickAndWait, confirmDialog, fill, inChinese, inState, pick, press, save } from "./steps";

const noButton = (method) => ({
    content: `Done: ${method}`,
    trigger: `.o_form_view:not(:has(button[name='${method}']))`,
});
const closed = { content: "The dialog is closed", trigger: "body:not(:has(.modal))" };

addTour("legal_aid_take_complaint", {
    steps: () => [
        inChinese("投诉"),
        ...choose("volunteer_id", "巡览律师"),
        ...pick("category", "懈怠或擅自停止承办"),
        fill("complainant_name", "李小红"),
        fill("text", "委托后一个多月未联系，错过举证期限。"),
        ...save,
        press("action_acknowledge"),
        confirmDialog,
        noButton("action_acknowledge"),
        press("action_ask_reply"),
        { content: "What the lawyer is told", trigger: ".modal .o_form_view:contains('确认'), .modal textarea" },
        confirmDialog,
        closed,
        inState("investigating"),
    ],
});

addTour("legal_aid_verify_complaint", {
    steps: () => [
        inState("investigating"),
        press("action_verify"),
        confirmDialog,
        inState("verified"),
    ],
});

addTour("legal_aid_see_opened_removal", {
    steps: () => [
        inChinese("取消资格"),
        { content: "Open the removal", trigger: ".o_data_row .o_data_cell[name='volunteer_id']:contains('巡览律师')", run: clickAndWait },
        inState("open"),
    ],
});

addTour("legal_aid_reply_to_removal", {
    steps: () => [
        { content: "What it rests on", trigger: ".o_legal_aid_portal [data-ground='complaints']" },
        { content: "Write the reply", trigger: ".o_legal_aid_reply_form textarea", run: "edit 两次均因外地开庭，已向职工说明。" },
        { content: "Hand it in", trigger: ".o_legal_aid_reply:enabled", run: "click", expectUnloadPage: true },
        { content: "It is on record", trigger: ".o_legal_aid_reply_text:contains('两次均因外地开庭')" },
    ],
});

addTour("legal_aid_ask_for_removal", {
    steps: () => [
        inState("replied"),
        { content: "The ground is shown", trigger: ".o_legal_aid_ground[data-ground='complaints'] li[data-element='complaints'] .fa-check-square-o" },
        press("action_request_approval"),
        noButton("action_request_approval"),
    ],
});

addTour("legal_aid_decide_removal", {
    steps: () => [
        inState("replied"),
        press("action_approve"),
        confirmDialog,
        inState("decided"),
    ],
});

addTour("legal_aid_see_removed_lawyer", {
    steps: () => [
        inState("removed"),
        { content: "Open the hand-over list", trigger: ".o_notebook a[name='obligations']", run: "click" },
        { content: "The list", trigger: ".o_field_widget[name='obligations_html']" },
    ],
});
