import { readFileSync } from "node:fs";
import { createTransport, type Transporter } from "nodemailer";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../sandbox.ts";

const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

describe("the mail server", () => {
  let sandbox: Sandbox;
  let transport: Transporter;

  beforeAll(async () => {
    sandbox = await startSandbox({ fleet: { edges: 3 } });
  });
  beforeEach(() => {
    transport = transportWith({});
  });
  afterEach(() => {
    transport.close();
    sandbox.faults.removeAll();
  });
  afterAll(() => sandbox.stop());

  function transportWith(options: { password?: string; requireTLS?: boolean; ignoreTLS?: boolean }): Transporter {
    const { SMTP_HOST, EMAIL_ACCOUNT_FOR_MESSAGE_DELIVERY_USERNAME: user, ...rest } = sandbox.env("notifier");
    return createTransport({
      host: "127.0.0.1",
      port: sandbox.smtp.port,
      requireTLS: options.requireTLS ?? true,
      ignoreTLS: options.ignoreTLS ?? false,
      auth: { user: user ?? "", pass: options.password ?? rest.EMAIL_ACCOUNT_FOR_MESSAGE_DELIVERY_PASSWORD ?? "" },
      tls: { servername: SMTP_HOST ?? "", ca: readFileSync(sandbox.thirdParty.caFile) },
      greetingTimeout: 500,
      socketTimeout: 5_000,
    });
  }

  const mail = {
    from: "engine@trunkline.example",
    to: "a@x.example, b@x.example",
    subject: "Daily",
    text: "t",
    html: "<p>h</p>",
  };

  it("takes a mail over STARTTLS and shows it as its recipients would read it", async () => {
    await transport.sendMail({
      ...mail,
      subject: "Täglich – report",
      html: '<p>h</p><img src="cid:chart">',
      attachments: [
        { filename: "r.csv", content: "a,b\n1,2\n", contentType: "text/csv" },
        { filename: "chart.png", content: pixel, encoding: "base64", cid: "chart" },
      ],
    });
    expect(sandbox.world.messages.list("email").at(-1)).toMatchObject({
      from: "engine@trunkline.example",
      to: "a@x.example, b@x.example",
      subject: "Täglich – report",
      text: "t\n",
      html: expect.stringContaining(`src="data:image/png;base64,${pixel}"`),
      attachments: [
        { name: "chart.png", mediaType: "image/png", contentId: "chart" },
        { name: "r.csv", mediaType: "text/csv", bytes: 8 },
      ],
    });
  });

  it("does not let anybody in with a wrong password", async () => {
    await expect(transportWith({ password: "guessed" }).sendMail(mail)).rejects.toMatchObject({ responseCode: 535 });
  });

  it("does not take a password in the clear", async () => {
    const clear = transportWith({ requireTLS: false, ignoreTLS: true });
    await expect(clear.sendMail(mail)).rejects.toMatchObject({ code: "EAUTH" });
  });

  it.each([
    ["auth-refused", { responseCode: 535 }],
    ["recipient-refused", { responseCode: 550 }],
    ["unavailable", { responseCode: 421 }],
    ["stall", { code: "ETIMEDOUT" }],
    ["hang-up", { code: expect.stringMatching(/ECONNECTION|ESOCKET/) }],
  ] as const)("fails on demand: %s", async (kind, error) => {
    const count = sandbox.world.messages.list("email").length;
    sandbox.faults.add({ system: "smtp", kind, times: kind === "recipient-refused" ? 2 : 1 });
    await expect(transport.sendMail(mail)).rejects.toMatchObject(error);
    expect(sandbox.world.messages.list("email")).toHaveLength(count);
    await transport.sendMail(mail);
    expect(sandbox.world.messages.list("email")).toHaveLength(count + 1);
  });

  it("refuses what is too large for it, without keeping it", async () => {
    const count = sandbox.world.messages.list("email").length;
    const content = Buffer.alloc(20 * 1_024 * 1_024);
    await expect(transport.sendMail({ ...mail, attachments: [{ filename: "a", content }] })).rejects.toMatchObject({
      responseCode: 552,
    });
    expect(sandbox.world.messages.list("email")).toHaveLength(count);
  });

  it("refuses one recipient and takes the mail for the others", async () => {
    sandbox.faults.add({ system: "smtp", kind: "recipient-refused", times: 1 });
    const sent = await transport.sendMail(mail);
    expect(sent.rejected).toHaveLength(1);
    expect(sandbox.world.messages.list("email").at(-1)?.to).toBe("b@x.example");
  });
});
