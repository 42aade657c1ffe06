import { chromiumPath, launchChromium, openPage, severableProxy } from "@trunkline/testkit";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { type Sandbox, startSandbox } from "../sandbox.ts";

describe("web console", () => {
  let browser: Browser;
  let sandbox: Sandbox;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    if (chromiumPath === undefined) return;
    [browser, sandbox] = await Promise.all([launchChromium(chromiumPath), startSandbox()]);
    ({ page, problems } = await openPage(browser));
  });
  afterAll(async () => {
    await browser?.close();
    await sandbox?.stop();
  });
  beforeEach(({ skip }) => {
    skip(chromiumPath === undefined, "there is no Chromium on this computer");
    sandbox.world.network.healAll();
    sandbox.faults.removeAll();
  });

  /** Opens a view, and sees at the end of the test that the page had nothing to complain of. */
  async function open(view: string, origin = sandbox.console.url): Promise<void> {
    onTestFinished(async () => {
      await page.goto("about:blank");
      expect(problems.splice(0)).toEqual([]);
    });
    await page.goto(`${origin}/#/${view}`);
    await page.getByText("Live", { exact: true }).waitFor();
  }

  function someEdge(index = 0) {
    const edge = sandbox.world.network.fleet.edges.filter(({ state }) => state === "CONNECTED")[index];
    if (edge === undefined) throw new Error("The fleet is too small.");
    return edge;
  }

  function openTicket(serial: string) {
    const { desk, inventory } = sandbox.world;
    const asset = inventory.byServiceNumber(serial);
    if (asset === undefined) throw new Error(`Bruin does not know ${serial}.`);
    return desk.open({ topic: "VOO", assets: [asset], description: "Edge is offline" });
  }

  test("every view opens by its number, by its address, and without a complaint", async () => {
    await open("");
    expect(page.url()).toMatch(/#\/fleet$/);
    const titles = ["Fleet", "Tickets", "Messages", "Traffic", "Services", "Faults"];
    for (const [index, title] of titles.entries()) {
      await page.keyboard.press(String(index + 1));
      await page.getByRole("heading", { level: 1, name: title }).and(page.locator(":focus")).waitFor();
      expect(await page.title()).toBe(`${title} · Trunkline sandbox`);
    }
    for (const address of ["messages/email", "messages/sms", "messages/inbox", "traffic/calls", "tickets"]) {
      await page.goto(`${sandbox.console.url}/#/${address}`);
      await page.locator("nav a[aria-current=page]").first().waitFor();
    }
    await page.goBack();
    expect(page.url()).toMatch(/#\/traffic\/calls$/);
  });

  test("an edge fails and heals by keyboard alone", async () => {
    const edge = someEdge();
    await open("fleet");
    await page.keyboard.press("/");
    await page.keyboard.type(edge.serial);
    await page.keyboard.press("Escape");
    const focused = page.locator(":focus");
    const button = page.getByRole("button", { name: / edge / });
    await button.waitFor();
    for (let tabs = 0; !(await focused.and(button).isVisible()) && tabs < 10; tabs += 1)
      await page.keyboard.press("Tab");

    await page.keyboard.press("Enter");
    await focused.and(page.getByRole("button", { name: `Heal edge ${edge.name}` })).waitFor();
    await row(edge.name).getByText("Offline").waitFor();
    await page.getByRole("listitem").filter({ hasText: "1 offline" }).waitFor();
    expect(edge.state).toBe("OFFLINE");

    await page.keyboard.press("Enter");
    await focused.and(page.getByRole("button", { name: `Fail edge ${edge.name}` })).waitFor();
    expect(edge.state).toBe("CONNECTED");

    function row(name: string): Locator {
      return page.getByRole("row").filter({ hasText: name });
    }
  });

  test("arrow keys lead through the fleet's buttons, a link fails and everything heals", async () => {
    await open("fleet");
    const buttons = page.getByRole("button", { name: /^Fail edge/ });
    const [first, second] = [buttons.nth(0), buttons.nth(1)];
    await first.focus();
    await page.keyboard.press("ArrowDown");
    await page.locator(":focus").and(second).waitFor();
    await page.keyboard.press("ArrowLeft");
    const label = (await page.locator(":focus").getAttribute("aria-label")) ?? "";
    expect(label).toMatch(/^Fail link/);
    await page.keyboard.press("Enter");
    await page
      .locator(":focus")
      .and(page.getByRole("button", { name: label.replace("Fail", "Heal") }))
      .waitFor();
    await page.getByRole("row").filter({ hasText: "Link down" }).waitFor();
    await page.getByRole("button", { name: "Heal everything" }).click();
    await page.getByText("Everything is healed.").waitFor();
    // The toast comes with the answer, the rows with the event stream.
    await expect.poll(() => page.getByRole("button", { name: /^Heal (edge|link)/ }).count()).toBe(0);
  });

  test("the fleet is filtered by words and by trouble", async () => {
    const [edge, other] = [someEdge(1), someEdge(2)];
    sandbox.world.network.failEdge(edge.serial);
    await open("fleet");
    const rows = rowsOf(page);
    await rows.first().waitFor();
    expect(await rows.count()).toBe(sandbox.world.network.fleet.edges.length);
    await page.getByLabel("Only in trouble").check();
    expect(await rows.count()).toBe(1);
    sandbox.world.network.failEdge(other.serial);
    await rows.filter({ hasText: other.name }).waitFor();
    await page.getByRole("searchbox").fill(`${edge.customer.name.slice(0, 4)} ${edge.serial}`);
    expect(await rows.allInnerTexts()).toEqual([expect.stringContaining(edge.name)]);
    await page.getByRole("searchbox").fill("no such edge");
    await page.getByText("No edge matches.").waitFor();
  });

  test("a thousand edges are there at once, the rest on demand", async () => {
    const large = await startSandbox({ fleet: { edges: 1_000 } });
    onTestFinished(() => large.stop());
    await open("fleet", large.console.url);
    await rowsOf(page).first().waitFor();
    expect(await rowsOf(page).count()).toBe(300);
    const { length } = large.world.network.fleet.edges;
    await page.locator("button", { hasText: `Show ${length - 300} more` }).click();
    await vi.waitFor(async () => expect(await rowsOf(page).count()).toBe(length));
  });

  test("a ticket is read as in Bruin, and new notes appear while it is read", async () => {
    const edge = someEdge(3);
    const ticket = openTicket(edge.serial);
    const text = "#*MetTel's IPA*#\nTriage (VeloCloud)\n\nOutage Type: Hard Down (no HA)";
    const note = { text, serviceNumbers: [edge.serial], type: "ADN", author: "Trunkline Automation" };
    sandbox.world.desk.addNote(ticket, note);
    await open("fleet");
    await page.getByRole("link", { name: `Ticket ${ticket.id}` }).click();
    await page.getByRole("heading", { level: 1, name: `Ticket ${ticket.id}` }).waitFor();
    const article = page.getByRole("article");
    for (const words of [edge.customer.name, edge.site.label, "Service outage (VOO)", "In progress", "Intake"]) {
      await article.getByText(words).first().waitFor();
    }
    expect(await article.locator(".notes .text").allInnerTexts()).toEqual([text]);

    sandbox.world.desk.addNote(ticket, { ...note, text: "A technician\nis on the way.", author: "Dana Whitfield" });
    await article.getByText("A technician").waitFor();
    expect(await article.locator(".notes .text").last().textContent()).toBe("A technician\nis on the way.");
    await article.getByText("Dana Whitfield").first().waitFor();
  });

  test("a ticket that does not exist is said to be missing", async () => {
    await open("tickets/1");
    await page.getByText("There is no ticket 1.").waitFor();
  });

  test("Slack reads like a chat, and follows", async () => {
    const { messages } = sandbox.world;
    await open("messages/slack");
    messages.add({
      channel: "slack",
      text: "*Ticket* created for `VC1`: <https://status.example.net/7|7> &lt;b&gt; &amp;",
    });
    messages.add({ channel: "slack", text: "https://bruin.example.net/t/1" });
    const post = page.getByRole("log").getByRole("listitem").first();
    await post.getByRole("link", { name: "7" }).waitFor();
    expect(await post.locator(".text").innerHTML()).toBe(
      '<b>Ticket</b> created for <code>VC1</code>: <a href="https://status.example.net/7" target="_blank" rel="noreferrer noopener">7</a> &lt;b&gt; &amp;',
    );
    expect(await page.getByRole("link", { name: "/t/1" }).getAttribute("href")).toBe("#/tickets/1");
    for (let number = 1; number <= 30; number += 1) messages.add({ channel: "slack", text: `Alert ${number}` });
    await page.getByText("Alert 30").waitFor();
    await vi.waitFor(async () => expect(await page.getByText("Alert 30").isVisible()).toBe(true));
    expect(await page.getByText("Alert 30").evaluate((post) => post.getBoundingClientRect().bottom)).toBeLessThan(800);
  });

  test("an e-mail's HTML is shown without its scripts, trackers and forms", async () => {
    sandbox.world.messages.add({
      channel: "email",
      from: "engine@example.net",
      to: "noc@example.net",
      subject: "Daily report",
      text: "Two tickets.",
      html: `<body onload="alert(1)"><style>h2{color:red}</style><h2 style="color:rgb(1, 2, 3)" onclick="alert(2)">Two tickets</h2>
        <script>alert(3)</script><img src="https://tracker.example.net/x.png"><a href="javascript:alert(4)">click</a><form action="/api/heal"><input></form></body>`,
    });
    await open("messages/email");
    const frame = page.locator("iframe");
    expect(await frame.getAttribute("sandbox")).toBe("");
    const heading = page.frameLocator("iframe").getByRole("heading", { name: "Two tickets" });
    expect(await styleOf(heading, "color")).toBe("rgb(1, 2, 3)");
    expect(await frame.getAttribute("srcdoc")).not.toMatch(/alert|tracker|<form|<style/);
    await page.getByText("Text alternative").click();
    await page.getByText("Two tickets.", { exact: true }).waitFor();
    // Chromium reports handlers while it parses them; that they were refused is what counts.
    for (const problem of problems.splice(0)) expect(problem).toContain("Content Security Policy");
  });

  test("the form publishes a message of the chosen channel", async () => {
    await open("messages/sms");
    await page.route("**/api/notify", (route) => route.fulfill({ status: 202, json: {} }), { times: 1 });
    const form = page.getByRole("form", { name: "Send a test message" });
    await form.getByLabel("To").fill("+15550100");
    await form.getByLabel("Text").fill("Hello there");
    const [request] = await Promise.all([
      page.waitForRequest("**/api/notify"),
      page.keyboard.press("Tab").then(() => page.keyboard.press("Enter")),
    ]);
    expect(request.method()).toBe("POST");
    expect(request.postDataJSON()).toEqual({ channel: "sms", to: "+15550100", text: "Hello there" });
    await page.getByText("Sent to the notifier.").waitFor();
    await form.getByLabel("Channel").selectOption("email");
    expect(await form.getByLabel("Subject").isVisible()).toBe(true);
    await form.getByLabel("Channel").selectOption("slack");
    expect(await form.getByLabel("To").isVisible()).toBe(false);
  });

  test("an SMS says how many parts it is sent as", async () => {
    sandbox.world.messages.add({
      channel: "sms",
      to: "16665550100",
      text: "–".repeat(80),
      parts: 2,
      encoding: "UCS-2",
    });
    await open("messages/sms");
    await page.getByRole("log").getByText("2 parts, UCS-2").waitFor();
  });

  test("a mail is dropped into a mailbox by keyboard alone, and is seen to be read", async () => {
    const account = "fraud@trunkline.example";
    await open("messages/inbox");
    await page.getByText("No mail for the engine yet.").waitFor();
    const form = page.getByRole("form", { name: "Write to the engine" });
    await form.getByLabel("To").locator("option", { hasText: account }).waitFor({ state: "attached" });
    expect(await page.getByRole("form").count()).toBe(1);
    await form.getByLabel("From").focus();
    for (const words of ["noc@example.net", "Possible fraud", "Calls to far away"]) {
      await page.keyboard.type(words);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    const item = page.getByRole("list", { name: "Mails for the engine" }).getByRole("listitem");
    await item.getByText("unread").waitFor();
    const article = page.getByRole("article");
    for (const words of ["Possible fraud", "noc@example.net", account, "Calls to far away"]) {
      await article.getByText(words).first().waitFor();
    }
    const [mail] = sandbox.world.mailboxes.list(account);
    expect(mail).toMatchObject({ from: "noc@example.net", subject: "Possible fraud", isRead: false });
    const mailbox = sandbox.world.mailboxes.signIn(account, sandbox.world.mailboxes.accounts[account] ?? "");
    mailbox?.flag(mail?.uid ?? 0, new Set(["\\Seen"]));
    await article.getByText("Read", { exact: true }).waitFor();
    expect(await item.getByText("unread").isVisible()).toBe(false);
  });

  test("a fault is added, counted and removed", async () => {
    await open("faults");
    await page.getByText("No fault is active").waitFor();
    await page.getByLabel("System").selectOption("bruin");
    await page.getByLabel("Kind").selectOption("429");
    await page.getByLabel("Path contains").fill("/api/Ticket");
    await page.getByLabel("Times").fill("3");
    await page.getByRole("button", { name: "Add fault" }).click();
    const row = page.getByRole("row").filter({ hasText: "Bruin" });
    await row.getByText("429, too many requests").waitFor();
    expect(sandbox.faults.list()).toMatchObject([
      { system: "bruin", kind: "429", path: "/api/Ticket", times: 3, retryAfterSeconds: 5 },
    ]);
    sandbox.faults.strike({ system: "bruin", host: "api.bruin.example.net", method: "GET", path: "/api/Ticket/basic" });
    await row.getByText("1 of 3").waitFor();
    await row.getByRole("button", { name: /^Remove/ }).click();
    await page.getByText("No fault is active").waitFor();
    expect(sandbox.faults.list()).toEqual([]);
  });

  test("a lost connection is said, and what happened meanwhile is there when it is back", async () => {
    const edge = someEdge(4);
    const proxy = await severableProxy(sandbox.console.port);
    onTestFinished(() => proxy.cut());
    await open("fleet", `http://127.0.0.1:${proxy.port}`);
    await proxy.cut();
    await page.getByRole("alert").getByText("Connection lost").waitFor();
    sandbox.world.network.failEdge(edge.serial);
    await proxy.mend();
    await page.getByText("Live", { exact: true }).waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
    await page.getByRole("row").filter({ hasText: edge.name }).getByText("Offline").waitFor();
    expect(problems.splice(0).every((problem) => problem.includes("api/stream") || problem.includes("ERR_"))).toBe(
      true,
    );
  });

  test("light and dark follow the system", async () => {
    await open("fleet");
    await page.emulateMedia({ colorScheme: "light" });
    expect(await styleOf(page.locator("body"), "background-color")).toBe("rgb(245, 246, 248)");
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await styleOf(page.locator("body"), "background-color")).toBe("rgb(16, 21, 27)");
  });

  test("is served under a strict policy, and only its own files", async () => {
    const index = await fetch(sandbox.console.url);
    const policy = index.headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(await index.text()).not.toMatch(/https?:\/\//);
    for (const path of ["/../pages.ts", "/%2e%2e/pages.ts", "/tsconfig.json"]) {
      expect((await fetch(`${sandbox.console.url}${path}`)).status).toBe(404);
    }
  });
});

/** By class rather than by role: asking a thousand rows for their roles takes seconds. */
function rowsOf(page: Page): Locator {
  return page.locator(".edge-row[data-health]");
}

function styleOf(locator: Locator, property: string): Promise<string> {
  // The page's own globals are none of this file's.
  const read = new Function("element", `return getComputedStyle(element).getPropertyValue("${property}")`);
  return locator.evaluate(read as (element: unknown) => string);
}
