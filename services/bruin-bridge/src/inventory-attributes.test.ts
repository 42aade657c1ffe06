import { expect, test } from "vitest";
import { getAttributes } from "./inventory-attributes.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const asset = { client_id: 41001, status: "A", service_number: "VC1" };

test("an asset's attributes come as Bruin gives them", async () => {
  const body = { inventoryId: "1", attributes: [{ key: "Management Status", value: "Pending" }] };
  const bruin = await scriptedBruin({ body });
  expect(await getAttributes(bruin.client)(asset, requestContext())).toEqual({ status: 200, body });
  expect(bruin.calls[0]?.url).toBe("/api/Inventory/Attribute?ClientId=41001&Status=A&ServiceNumber=VC1");
});

test("silence is told in the words that requesters know", async () => {
  const bruin = await scriptedBruin({ hangUp: true });
  expect(await getAttributes(bruin.client)(asset, requestContext())).toMatchObject({
    status: 500,
    body: expect.stringMatching(/^Connection error in Bruin API\. bruin: GET/),
  });
});
