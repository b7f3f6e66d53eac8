/** The enterprise union's pages on a phone: apply for a worker, hand in, follow; then a need (P2). */
import { addTour } from "./steps";

const fill = (name, value) => ({ content: `Enter ${name}`, trigger: `[name='${name}']`, run: `edit ${value}` });
const choose = (name, label) => ({ content: `Choose ${name}`, trigger: `[name='${name}']`, run: `selectByLabel ${label}` });
const send = (trigger) => ({ content: `Press ${trigger}`, trigger, run: "click", expectUnloadPage: true });
const photograph = (name) => ({
    content: `Photograph for ${name}`,
    trigger: `input[name='${name}']`,
    run({ anchor }) {
        const files = new DataTransfer();
        files.items.add(new File(["picture"], `${name}.png`, { type: "image/png" }));
        anchor.files = files.files;
    },
});

addTour("legal_aid_enterprise_apply", {
    steps: () => [
        send("a.o_legal_aid_apply"),
        {
            content: "A second tap sends nothing, and the pressed button is sent along",
            trigger: ".o_legal_aid_request_form",
            async run({ anchor: form }) {
                const refused = [];
                const hold = (ev) => {
                    refused.push(ev.defaultPrevented);
                    ev.preventDefault();
                };
                window.addEventListener("submit", hold);
                for (const button of form.querySelectorAll(".o_legal_aid_submit, .o_legal_aid_keep")) {
                    form.dispatchEvent(
                        new SubmitEvent("submit", { bubbles: true, cancelable: true, submitter: button })
                    );
                    await new Promise((resolve) => setTimeout(resolve));
                    if (button.disabled) {
                        throw new Error("A disabled button is not sent along: the union would get a draft only.");
                    }
                }
                window.removeEventListener("submit", hold);
                if (String(refused) !== "false,true") {
                    throw new Error(`The first tap sends, the second does not; refused: ${refused}`);
                }
                window.dispatchEvent(new Event("pageshow"));
            },
        },
        fill("applicant_name", "巡览工人"),
        choose("applicant_kind", "农民工"),
        choose("employer", "其他单位"),
        fill("employer_name", "巡览劳务公司"),
        choose("matter_id", "巡览欠薪"),
        fill("description", "两个月工资未发"),
        photograph("page"),
        photograph("paper_evidence"),
        send(".o_legal_aid_submit"),
        { content: "What is missing is said", trigger: ".o_legal_aid_error" },
        send(".o_legal_aid_edit"),
        { content: "The worker agrees", trigger: "[name='worker_agrees']", run: "check" },
        send(".o_legal_aid_submit"),
        { content: "The receipt", trigger: ".o_legal_aid_request[data-state='submitted'] .o_legal_aid_receipt" },
    ],
});

addTour("legal_aid_enterprise_follow", {
    steps: () => [
        { content: "The last one stands on the home page", trigger: ".o_legal_aid_latest [data-state='accepted']" },
        send(".o_legal_aid_latest .o_legal_aid_item"),
        { content: "Taken up, with the number of the case", trigger: ".o_legal_aid_receipt strong:eq(1):contains('〔')" },
        send(".breadcrumb a[href='/my/requests']"),
        send("a[href='/my/requests/new/need']"),
        choose("need_kind", "法律讲座或培训"),
        fill("description", "请来讲一次课"),
        send(".o_legal_aid_submit"),
        { content: "Handed in", trigger: ".o_legal_aid_request[data-state='submitted'] .o_legal_aid_receipt" },
    ],
});
