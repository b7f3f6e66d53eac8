// The public pages have no script, so the steps are taken from outside: in a frame of the same origin, as wide as the phone.
(async () => {
    const frame = document.createElement("iframe");
    frame.width = window.innerWidth;
    frame.height = window.innerHeight;
    document.body.replaceChildren(frame);
    const find = (selector) => frame.contentDocument.querySelector(selector);
    const check = (fact, what) => {
        if (!fact) {
            throw new Error(`${what} at ${frame.contentWindow.location.pathname}: ${frame.contentDocument.body.innerText}`);
        }
    };
    const shown = (text) => check(frame.contentDocument.body.innerText.includes(text), `“${text}” is missing`);
    async function load(step) {
        const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
        step();
        await loaded;
        check(frame.contentDocument.documentElement.scrollWidth <= frame.clientWidth, "wider than the screen");
    }
    const open = (url) => load(() => (frame.src = url));
    const follow = (selector) => load(() => find(selector).click());
    const send = () => load(() => find("main form button[type='submit']").click());
    const enter = (name, value) => (find(`[name='${name}']`).value = value);

    await open("/legal-aid");
    shown("工会职工法律援助");
    await follow("main a[href='/legal-aid/roster']");
    if (!find("[data-roster-line]")) {
        await load(() => [...frame.contentDocument.querySelectorAll("main .ula_card a")].find((a) => a.href.includes("T01")).click());
    }
    enter("q", "巡览");
    await send();
    check(find("[data-field='name']").textContent === "巡览律师", "the lawyer is not on the roster");
    await open("/legal-aid/card/CARD_TOKEN");
    shown("巡览律师");
    check(find("[role='status']"), "the card is not valid");
    await follow("nav a[href='/legal-aid/scope']");
    shown("经济困难");
    await follow("nav a[href='/legal-aid/complaint']");
    enter("complainant_kind", "anonymous");
    enter("lawyer_name", "没有这个人");
    enter("category", "neglect");
    enter("text", "巡览：两个月没有进展");
    await send();
    check(find("[role='alert']"), "the mistake is not said");
    check(find("[name='text']").value === "巡览：两个月没有进展", "what was typed is lost");
    enter("lawyer_name", "巡览律师");
    await send();
    const number = find("[data-field='number']").textContent.trim();
    const code = find("[data-field='code']").textContent.trim();
    await follow("main a[href='/legal-aid/complaint/status']");
    enter("number", number);
    enter("code", code);
    await send();
    check(find("[data-complaint-status] [data-field='state']"), "the state is not shown");
    shown(number);
    console.log("test successful");
})().catch((error) => console.error(error.message));
