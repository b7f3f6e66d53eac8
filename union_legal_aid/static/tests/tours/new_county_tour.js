/**
 * Setting up a county, with exactly the clicks that docs/setting_up_a_county.md counts: every click of the page is counted while the
 * tour runs, and the last step compares. Typing and the Tab key are no clicks.
 */
import { addTour } from "./steps";

const CLICKS_NEW_COUNTY = 9;
const CLICKS_EXISTING_COUNTY = 11;
const CLICKS_BOOKS = 8;

let clicks = 0;
const count = () => {
    clicks += 1;
};
// The browser's own hands are in the bundle that automatic tours bring along.
const hands = () => odoo.loader.modules.get("@odoo/hoot-dom");

const startCounting = {
    content: "From here on each click counts",
    trigger: ".o_main_navbar",
    run() {
        clicks = 0;
        document.addEventListener("click", count, { capture: true });
    },
};
const stopCounting = (expected) => ({
    content: `These were ${expected} clicks`,
    trigger: "body:not(:has(.modal))",
    run() {
        document.removeEventListener("click", count, { capture: true });
        if (clicks !== expected) {
            throw new Error(`Setting up took ${clicks} clicks, the guide says ${expected}.`);
        }
    },
});
const click = (content, trigger) => ({ content, trigger, run: "click" });
const type = (text) => ({
    content: `Type ${text} where the cursor stands`,
    trigger: ".modal input:focus",
    run: () => hands().edit(text),
});
const tab = { content: "Go on with Tab", trigger: ".modal input:focus", run: () => hands().press("Tab") };

const openConfiguration = [
    click("1. All apps", ".o_navbar_apps_menu button:enabled"),
    click("2. Union Legal Aid", ".o_app[data-menu-xmlid='union_legal_aid.menu_root']"),
    click("3. Configuration", "button[data-menu-xmlid='union_legal_aid.menu_configuration']"),
];
const openCounty = (name) => [
    ...openConfiguration,
    click("4. Unions", "a[data-menu-xmlid='union_legal_aid.menu_organizations']"),
    click(`5. ${name}`, `.o_data_cell[name='name']:contains('${name}')`),
];
const namePeople = (...names) =>
    names.flatMap((name, index) => [
        click(`Line ${index + 1}`, `.modal .o_data_row:eq(${index}) td[name='name']`),
        type(name),
    ]);
const setUp = [
    click("Set up", ".modal-footer button[name='action_set_up']:enabled"),
    { content: "Three first passwords", trigger: ".modal .o_data_row:eq(2) td[name='first_password']" },
    { content: "What is ready", trigger: ".modal td[name='state']:contains('已就绪')" },
    click("Close", ".modal-footer .btn-secondary:contains('关闭')"),
];

addTour("union_legal_aid_new_county", {
    steps: () => [
        startCounting,
        ...openConfiguration,
        click("4. Set up a union", "a[data-menu-xmlid='union_legal_aid.menu_new_county']"),
        type("巡览新县总工会"),
        tab,
        type("990009"),
        tab,
        { content: "The code is proposed", trigger: ".modal [name='code'] input:value('990009')" },
        ...namePeople("新县经办", "新县领导", "新县财务"),
        ...setUp,
        stopCounting(CLICKS_NEW_COUNTY),
    ],
});

addTour("union_legal_aid_existing_county", {
    steps: () => [
        startCounting,
        ...openCounty("巡览老县总工会"),
        click("6. Set up people", "button[name='action_set_up_people']"),
        { content: "The union stands there", trigger: ".modal [name='code']:contains('990008')" },
        ...namePeople("老县经办", "老县领导", "老县财务"),
        ...setUp,
        stopCounting(CLICKS_EXISTING_COUNTY),
    ],
});

addTour("union_legal_aid_books", {
    steps: () => [
        startCounting,
        ...openCounty("巡览老县总工会"),
        click("6. Set up books", ".o_statusbar_buttons button:contains('设立账套')"),
        click("7. Confirm", ".modal-footer button[name='action_set_up']:enabled"),
        { content: "The books are there", trigger: ".modal .o_data_row:contains('账套：巡览老县总工会')" },
        click("8. Close", ".modal-header .btn-close"),
        stopCounting(CLICKS_BOOKS),
    ],
});
