import type { KeyRight } from "@trunkline/bus";
import { type RedisRole, redisKeys, type ServiceDefinition } from "@trunkline/service";
import { passwordVariable, redisPeople } from "./broker-users.ts";
import type { GeneratedFile } from "./generated-file.ts";

type Described = Omit<ServiceDefinition, "start" | "config" | "summary">;

const HEAD = `# Written by \`npm run generate\` from the services' definitions.
# deploy/redis/write-acl.sh makes Redis' own ACL file of it: it puts the environment's name and the passwords in.
# Whoever is not listed does not get in, and what is not listed is refused.
# Nobody can sign in as \`default\`. It has every right because Redis reads its own append-only file back as this user:
# with fewer, Redis 7 leaves every transaction out, and what a script wrote, at each restart, and goes on without it.
user default off resetpass ~* &* +@all`;

/** What a service does to its keys. Names of keys are nobody's business, so nothing lists them. */
const COMMANDS = [
  "+@connection +@transaction +@string +@hash +@set +@sortedset -@blocking -@dangerous",
  "+del +unlink +exists +expire +pexpire +ttl +pttl +type +rename +eval +evalsha +script|load +time +info",
].join(" ");
/** What BullMQ needs on top. */
const JOB_COMMANDS = "+@list +@stream -@dangerous +info +bzpopmin +persist";

/** The users of one Redis, still without passwords. */
export function redisAcl(definitions: readonly Described[], role: RedisRole): GeneratedFile {
  const users = definitions
    .filter(({ redis }) => role === "main" || redis.includes(role))
    .toSorted((one, other) => one.name.localeCompare(other.name, "en"))
    .map((definition) => userOf(definition, role));
  const people = Object.entries(redisPeople).map(([name, rules]) => user(name, rules));
  return { path: `deploy/redis/${role}.acl`, text: `${[HEAD, ...users, ...people].join("\n")}\n` };
}

function userOf(definition: Described, role: RedisRole): string {
  const patterns = redisKeys(definition, role, "%ENVIRONMENT%").map(pattern);
  const hasJobs = role === "main" && definition.jobs.length > 0;
  const commands = hasJobs ? `${COMMANDS} ${JOB_COMMANDS}` : COMMANDS;
  return user(definition.name, `${[...new Set(patterns)].join(" ")} -@all ${commands}`);
}

function user(name: string, rules: string): string {
  return `user ${name} on #${passwordVariable("REDIS", name)} resetkeys resetchannels ${rules}`;
}

function pattern({ pattern: keys, access }: KeyRight): string {
  return { read: `%R~${keys}`, write: `%W~${keys}`, both: `~${keys}` }[access];
}
