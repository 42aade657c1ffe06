import { z } from "zod";
import { startSandbox } from "./sandbox.ts";

const port = z.coerce.number().int().min(0).max(65_535);

const environment = z
  .object({
    SANDBOX_PORT: port.default(8_080),
    SANDBOX_THIRD_PARTY_PORT: port.default(8_443),
    SANDBOX_SMTP_PORT: port.default(8_587),
    SANDBOX_IMAP_PORT: port.default(8_993),
    SANDBOX_T7_PORT: port.default(8_444),
    SANDBOX_NATS_PORT: port.default(8_222),
    SANDBOX_HOSTNAME: z.string().default("127.0.0.1"),
    SANDBOX_ADDRESS: z.string().optional(),
    SANDBOX_AUTHORITY_FOLDER: z.string().optional(),
    SANDBOX_SEED: z.coerce.number().int().default(1),
    SANDBOX_EDGES: z.coerce.number().int().min(1).max(50_000).default(66),
    NATS_SERVER1: z.string().optional(),
  })
  .safeParse(process.env);

if (environment.success) await run(environment.data);
else {
  process.stderr.write(`The sandbox cannot start:\n${z.prettifyError(environment.error)}\n`);
  process.exitCode = 1;
}

async function run(settings: NonNullable<typeof environment.data>): Promise<void> {
  const sandbox = await startSandbox({
    port: settings.SANDBOX_PORT,
    thirdPartyPort: settings.SANDBOX_THIRD_PARTY_PORT,
    smtpPort: settings.SANDBOX_SMTP_PORT,
    imapPort: settings.SANDBOX_IMAP_PORT,
    t7Port: settings.SANDBOX_T7_PORT,
    natsPort: settings.SANDBOX_NATS_PORT,
    hostname: settings.SANDBOX_HOSTNAME,
    ...(settings.SANDBOX_ADDRESS !== undefined && { address: settings.SANDBOX_ADDRESS }),
    ...(settings.SANDBOX_AUTHORITY_FOLDER !== undefined && { authorityFolder: settings.SANDBOX_AUTHORITY_FOLDER }),
    seed: settings.SANDBOX_SEED,
    fleet: { edges: settings.SANDBOX_EDGES },
    ...(settings.NATS_SERVER1 !== undefined && { natsUrl: settings.NATS_SERVER1 }),
  });
  const { HOST_ALIASES = "{}" } = sandbox.env("");
  const hosts = Object.keys(JSON.parse(HOST_ALIASES) as Record<string, string>);
  process.stdout.write(
    [
      "The Trunkline sandbox runs. Ctrl-C stops it.",
      `  console and control API  ${sandbox.console.url}`,
      `  third parties (HTTPS)    ${settings.SANDBOX_HOSTNAME}:${sandbox.thirdParty.port}, by name: ${hosts.join(", ")}`,
      `  mail (SMTP, STARTTLS)    ${settings.SANDBOX_HOSTNAME}:${sandbox.smtp.port}`,
      `  mailboxes (IMAP, TLS)    ${settings.SANDBOX_HOSTNAME}:${sandbox.imap.port}`,
      `  T7 (gRPC, TLS)           ${settings.SANDBOX_HOSTNAME}:${sandbox.t7.port}`,
      `  NATS, looked at          ${sandbox.nats?.url ?? "not without NATS_SERVER1"}`,
      `  authority to trust       ${sandbox.thirdParty.caFile}`,
      `  fleet                    ${sandbox.world.network.fleet.edges.length} edges, seed ${settings.SANDBOX_SEED}`,
      "",
    ].join("\n"),
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void sandbox.stop());
}
