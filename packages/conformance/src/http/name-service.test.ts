import dns from "node:dns";
import { expect, test } from "vitest";
import { Resolver } from "./name-service.ts";

test("names of a zone lead here, nowhere or to a deserted place; other names are looked up honestly", async () => {
  const honest = dns.lookup;
  {
    using resolver = new Resolver();
    const names = resolver.open("zone");
    const lookup = (name: string) =>
      new Promise((resolve) => {
        dns.lookup(name, (error, address) => resolve(error?.code ?? address));
      });
    expect(await lookup(`acme.example.net${names.suffix}`)).toBe("127.0.0.1");
    names.fail("acme.example.net", "unknown-name");
    expect(await lookup(`acme.example.net${names.suffix}`)).toBe("ENOTFOUND");
    names.fail("acme.example.net", "refused");
    expect(await lookup(`acme.example.net${names.suffix}`)).toBe("::1");
    expect(await lookup(`other.example.net${names.suffix}`)).toBe("127.0.0.1");
    names.restore();
    expect(await lookup(`acme.example.net${names.suffix}`)).toBe("127.0.0.1");
    expect(names.takeLookups("acme.example.net")).toBe(4);
    expect(names.takeLookups("acme.example.net")).toBe(0);
    expect(await lookup("localhost")).toMatch(/^(127\.0\.0\.1|::1)$/);
    expect(names.takeLookups("acme.example.net")).toBe(0);
  }
  expect(dns.lookup).toBe(honest);
});
