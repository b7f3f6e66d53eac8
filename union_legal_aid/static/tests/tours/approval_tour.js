/**
 * Approval as people meet it: who would approve, the inbox with several at once, a rejection with its reason, the history.
 * The Python side is tests/test_approval_tour.py.
 */
import { addTour, clickAndWait } from "./steps";

addTour("legal_aid_preview_approval", {
    steps: () => [
        { content: "Who would approve?", trigger: "button[name='action_preview_approval']", run: clickAndWait },
        {
            content: "The leader is shown",
            trigger: ".modal .o_legal_aid_timeline_item:contains('t_city_manager')",
        },
        { content: "Close", trigger: ".modal footer .btn-primary", run: clickAndWait },
        { content: "Nothing was asked for", trigger: "body:not(:has(.modal)) button[name='action_request_approval']" },
    ],
});

addTour("legal_aid_decide_in_the_inbox", {
    steps: () => [
        { content: "Three wait", trigger: ".o_data_row:nth-child(3)" },
        { content: "Choose the first", trigger: ".o_data_row:nth-child(1) .o_list_record_selector input", run: "click" },
        { content: "Choose the second", trigger: ".o_data_row:nth-child(2) .o_list_record_selector input", run: "click" },
        { content: "Approve both", trigger: ".o_control_panel button[name='action_approve']", run: clickAndWait },
        { content: "Confirm", trigger: ".modal .btn-primary", run: clickAndWait },
        { content: "One is left", trigger: ".o_list_renderer:not(:has(.o_data_row:nth-child(2)))" },
        { content: "Choose it", trigger: ".o_data_row .o_list_record_selector input", run: "click" },
        { content: "Reject", trigger: ".o_control_panel button[name='action_reject']", run: clickAndWait },
        { content: "Say why", trigger: ".modal div[name='note'] textarea", run: "edit 期限不符" },
        { content: "Reject it", trigger: ".modal button[name='action_reject']", run: clickAndWait },
        { content: "Nothing waits any more", trigger: ".o_view_nocontent" },
    ],
});

addTour("legal_aid_read_the_history", {
    steps: () => [
        { content: "The reason is told", trigger: ".o_legal_aid_timeline_item:contains('期限不符')" },
        { content: "Who asked is told", trigger: ".o_legal_aid_timeline_item:contains('t_city_officer')" },
    ],
});
