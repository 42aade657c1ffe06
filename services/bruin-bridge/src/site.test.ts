import { expect, test } from "vitest";
import { findSite } from "./site.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const wanted = { client_id: 41001, site_id: "16001" };

test("a site is the first document", async () => {
  const bruin = await scriptedBruin({ body: { documents: [{ siteID: "16001" }, { siteID: "2" }] } });
  expect(await findSite(bruin.client)(wanted, requestContext())).toEqual({ status: 200, body: { siteID: "16001" } });
  expect(bruin.calls[0]?.url).toBe("/api/Site?ClientId=41001&SiteId=16001");
});

test.each([{ documents: [] }, { documents: null }, null])("%j is a 404 that names site and client", async (body) => {
  const bruin = await scriptedBruin({ body });
  expect(await findSite(bruin.client)(wanted, requestContext())).toEqual({
    status: 404,
    body: "No site information was found for site 16001 and client 41001",
  });
});

test("a 403 has a body of its own", async () => {
  const bruin = await scriptedBruin({ status: 403, body: { message: "no" } });
  expect(await findSite(bruin.client)(wanted, requestContext())).toEqual({ status: 403, body: { error: "403 error" } });
});
