import { expect, test } from "vitest";
import { requestDriParameters } from "./dri.ts";

const parameter_set = { ParameterNames: ["InternetGatewayDevice.DeviceInfo.X_8C192D_lte_info.Providers"], Source: 0 };

test.each([
  [{ serial_number: "700059", parameter_set }, "700059"],
  [{ serial_number: 700059, parameter_set }, "700059"],
])("%j asks for a device's parameters", (body, serial_number) => {
  expect(requestDriParameters.body.parse(body)).toEqual({ serial_number, parameter_set });
});

test.each([
  {},
  { serial_number: "700059" },
  { serial_number: "", parameter_set },
  { serial_number: "700059", parameter_set: { ParameterNames: "Providers" } },
])("%j does not", (body) => {
  expect(requestDriParameters.body.safeParse(body).success).toBe(false);
});

test("values are texts, and a text alone says that they are still being fetched", () => {
  expect(requestDriParameters.reply.parse({ Providers: "ATT", Signal: -70, Sim: null })).toEqual({
    Providers: "ATT",
    Signal: "-70",
    Sim: null,
  });
  expect(requestDriParameters.reply.parse("still being fetched")).toBe("still being fetched");
});
