import { z } from "zod";

const ADDRESS = /^(?:\[[0-9a-fA-F:]+\]|[^:[\]\s/]+):\d{1,5}$/;

const aliases = z
  .string()
  .default("{}")
  .transform((text, context) => {
    const parsed = z.record(z.string(), z.string().regex(ADDRESS)).safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    context.addIssue({ code: "custom", message: "it is no such JSON" });
    return z.NEVER;
  })
  .meta({ expected: 'JSON such as {"api.example.net":"127.0.0.1:8443"}' });

/** Configuration of every service that talks to third parties: spread it into the service's own. */
export const thirdPartyConfig = {
  HOST_ALIASES: aliases.describe(
    "JSON: third-party host name → ip:port to connect to instead; TLS still checks the name. For stand-ins and tunnels.",
  ),
  TLS_CA_FILE: z
    .string()
    .min(1)
    .meta({ expected: "the name of a PEM file" })
    .optional()
    .describe("PEM bundle of authorities to trust beside the system's own, for third parties behind a private one."),
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
