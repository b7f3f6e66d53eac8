/** The yearly round: see what is blocked, remind, propose the renewals in one batch, ask; the leader signs. tests/test_oversight_tour.py. */
import { addTour, clickAndWait, inChinese, inState, press, waitsForApproval } from "./steps";

const row = (name) => `.o_data_row:contains('${name}')`;
const choose = (name) => ({
    content: `Choose ${name}`,
    trigger: `${row(name)} .o_list_record_selector input`,
    run: "click",
});

addTour("legal_aid_yearly_round", {
    steps: () => [
        inChinese("年度工作一览"),
        { content: "What stands in the way", trigger: `${row("t_lawyer2")} .o_data_cell[name='blocks']:contains('台账')` },
        choose("t_lawyer2"),
        { content: "Remind", trigger: ".o_control_panel button[name='action_remind']", run: clickAndWait },
        { content: "Reminded", trigger: ".o_notification:contains('1')" },
        { content: "No choice any more", trigger: `${row("t_lawyer2")} .o_list_record_selector input:checked`, run: "click" },
        choose("t_lawyer1"),
        { content: "Propose", trigger: ".o_control_panel button[name='action_propose_renewals']", run: clickAndWait },
        { content: "The batch", trigger: ".o_form_view .o_field_widget[name='contract_ids'] .o_data_row:contains('t_lawyer1')" },
        press("action_request_approval"),
        waitsForApproval,
    ],
});

addTour("legal_aid_sign_the_batch", {
    steps: () => [
        { content: "The batch", trigger: ".o_form_view .o_field_widget[name='contract_ids'] .o_data_row:contains('t_lawyer1')" },
        press("action_approve"),
        inState("approved"),
    ],
});
