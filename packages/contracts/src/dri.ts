import { z } from "zod";
import { contractsOf } from "./contract.ts";

const { request } = contractsOf("dri-bridge", "dri_bridge");

/** A value as text, whatever JSON DataRemote wrote it in. */
const value = z
  .union([z.string(), z.number().transform(String), z.boolean().transform(String)])
  .nullable()
  .catch(null);

export const requestDriParameters = request({
  subject: "dri.parameters.request",
  effect: "read",
  timeoutSeconds: 180,
  description:
    "Parameters of a DataRemote device by name; 204 with a text while DataRemote is still asking the device.",
  body: z.looseObject({
    serial_number: z.union([z.string().min(1), z.int().transform(String)]),
    parameter_set: z
      .looseObject({ ParameterNames: z.array(z.string()), Source: z.int().optional() })
      .describe("Handed to DataRemote as it is"),
  }),
  reply: z.union([z.record(z.string(), value), z.string()]),
  complaints: {
    noBody: 'You must specify {.."body":{"serial_number", "parameter_set"}...} in the request',
    missingKey: 'You must specify "serial_number" and "parameter_set" in the body',
  },
});
