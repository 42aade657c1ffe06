import { describe, expect, it } from "vitest";
import { judgeName } from "./bridge-name.ts";

const free = () => false;

describe("a name", () => {
  it("comes in all spellings that a bridge needs", () => {
    expect(judgeName("acme-cloud2", free)).toEqual({
      ok: true,
      names: {
        name: "acme-cloud2",
        title: "Acme Cloud2",
        camel: "acmeCloud2",
        pascal: "AcmeCloud2",
        constant: "ACME_CLOUD2",
        subject: "acme_cloud2",
        service: "acme-cloud2-bridge",
        queueGroup: "acme_cloud2_bridge",
      },
    });
  });

  it.each([
    [undefined, "give the third party's name"],
    ["", "give the third party's name"],
    ["Acme", "capital letters"],
    ["ACME", "capital letters"],
    ["4com", "begins with a letter"],
    ["-acme", "begins with a letter"],
    ["acme-", "joined by hyphens"],
    ["acme--cloud", "joined by hyphens"],
    ["acme_cloud", "joined by hyphens"],
    ["acme cloud", "joined by hyphens"],
    ["../acme", "joined by hyphens"],
    ["acmé", "joined by hyphens"],
    ["a".repeat(41), "longer than 40"],
    ["acme-bridge", 'names a kind of service; name the third party, and "-bridge" is added'],
    ["cache", "names a kind of service"],
    ["customer-monitor", "names a kind of service"],
  ])("%j is refused", (name, why) => {
    expect(judgeName(name, free)).toEqual({ ok: false, reason: expect.stringContaining(why) });
  });

  it.each([
    "services/acme-bridge",
    "services/acme",
    "packages/acme",
    "packages/contracts/src/acme.ts",
    "packages/sandbox/src/stand-ins/acme.ts",
    "packages/sandbox/src/stand-ins/acme",
  ])("is taken when %s exists", (occupied) => {
    const verdict = judgeName("acme", (path) => path === occupied);

    expect(verdict).toEqual({ ok: false, reason: `"acme" is taken: ${occupied} exists` });
  });
});
