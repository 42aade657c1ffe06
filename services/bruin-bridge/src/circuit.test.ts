import { expect, test } from "vitest";
import { findCircuit } from "./circuit.ts";
import { requestContext, scriptedBruin } from "./testing/scripted-bruin.ts";

const circuit = { clientID: 41001, subAccount: "s", wtn: "5550009", inventoryID: 0, addressID: 0 };

test.each([
  [{ body: circuit }, { status: 200, body: circuit }],
  [
    { status: 204, raw: "" },
    { status: 204, body: "204 No Content" },
  ],
  [
    { status: 400, body: { message: "no" } },
    { status: 400, body: { message: "no" } },
  ],
])("Bruin's %j is answered with %j", async (answer, reply) => {
  const bruin = await scriptedBruin(answer);
  const filters = { circuit_id: "DS1IT-0001", client_id: 41001 };
  expect(await findCircuit(bruin.client)(filters, requestContext())).toEqual(reply);
  expect(bruin.calls[0]?.url).toBe("/api/Inventory/circuit?CircuitId=DS1IT-0001&ClientId=41001");
});
