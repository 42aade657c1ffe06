import { secret } from "@trunkline/service";
import { z } from "zod";

/** How the bridge signs in to one Orchestrator. */
export interface OrchestratorCredentials {
  /** A bare host name, with a port where it is not 443. */
  readonly host: string;
  readonly username: string;
  readonly password: string;
}

const HOST = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/i;

const credentials = z.object({
  host: z.string().regex(HOST),
  username: z.string().min(1),
  password: z.string().min(1),
});
const several = z
  .array(credentials)
  .min(1)
  .refine((all) => new Set(all.map(({ host }) => host)).size === all.length);

/**
 * `host+user+password` blocks joined by `;`, or a JSON list of `{host, username, password}`. In a block the password
 * is everything behind the second plus sign; one with a semicolon in it needs the JSON.
 */
export const velocloudCredentials = secret(
  z
    .string()
    .transform((text, context): OrchestratorCredentials[] => {
      const parsed = several.safeParse(text.trimStart().startsWith("[") ? parseJson(text) : parseBlocks(text));
      if (parsed.success) return parsed.data;
      // Says nothing of the text: it holds passwords.
      context.addIssue({ code: "custom", message: "it is neither" });
      return z.NEVER;
    })
    .meta({ expected: 'host+user+password blocks joined by ";", or a JSON list of {host, username, password}' }),
  (all) => all.map(({ password }) => password),
);

function parseBlocks(text: string): object[] {
  const blocks = text.split(";").filter((block) => block.trim() !== "");
  return blocks.map((block) => {
    const [host = "", username = "", ...password] = block.split("+");
    return { host: host.trim(), username, password: password.join("+") };
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
