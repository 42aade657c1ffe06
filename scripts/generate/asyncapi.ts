import type { Contract, RequestContract } from "@trunkline/contracts";
import type { ServiceDefinition } from "@trunkline/service";
import { stringify } from "yaml";
import { message, replyMessage, sharedSchemas } from "./asyncapi-messages.ts";
import { schemaBook } from "./asyncapi-schemas.ts";
import type { GeneratedFile } from "./generated-file.ts";

type Described = Pick<ServiceDefinition, "name" | "summary" | "serves" | "asks" | "publishes" | "consumes">;

/** Replies go to an inbox that the requester makes up, so its address stands nowhere. */
const INBOX = "inbox";

/** The whole engine as one AsyncAPI 3 document: every subject, and what each service does with it. */
export function asyncapi(definitions: readonly Described[]): GeneratedFile {
  const services = definitions.toSorted((one, other) => one.name.localeCompare(other.name, "en"));
  const contracts = allContracts(services);
  const requests = contracts.filter(isRequest);
  const book = schemaBook();
  const messages = Object.fromEntries([
    ...contracts.map((contract) => [contract.subject, message(contract, book)]),
    ...requests.map((contract) => [replyOf(contract), replyMessage(contract, book)]),
  ]);
  const document = {
    asyncapi: "3.0.0",
    info: {
      title: "Trunkline",
      version: "1.0.0",
      description:
        "Every NATS subject of the engine. A requester sends `{request_id, body}` to a subject and is always answered " +
        "with `{request_id, body, status}` at its inbox. Headers are for those who know them; a peer may leave them out.",
      tags: services.map(({ name, summary }) => ({ name, description: summary })),
    },
    defaultContentType: "application/json",
    servers: {
      nats: { host: "nats.example.net:4222", protocol: "nats", description: "NATS 2.9 or newer with JetStream" },
    },
    channels: {
      ...Object.fromEntries(contracts.map((contract) => [contract.subject, channel(contract)])),
      [INBOX]: {
        address: null,
        title: "The requester's inbox",
        messages: Object.fromEntries(requests.map((contract) => [replyOf(contract), messageRef(replyOf(contract))])),
      },
    },
    operations: Object.fromEntries(services.flatMap(operationsOf)),
    components: { messages, schemas: { ...sharedSchemas, ...book.schemas() } },
  };
  const head = "# Written by `npm run generate` from the services' definitions.\n";
  return {
    path: "docs/asyncapi.yaml",
    text: head + stringify(document, { aliasDuplicateObjects: false, lineWidth: 120 }),
  };
}

/** What is answered or consumed here, and what is sent to services that are not. */
function allContracts(services: readonly Described[]): Contract[] {
  const bySubject = new Map<string, Contract>();
  // Whoever answers says what the answer is: requesters may read less of it.
  const asked = services.flatMap(({ asks, publishes }) => [...asks, ...publishes]);
  const answered = services.flatMap(({ serves, consumes }) => [...serves, ...consumes]);
  for (const contract of [...asked, ...answered]) bySubject.set(contract.subject, contract);
  return [...bySubject.values()].sort((one, other) => one.subject.localeCompare(other.subject, "en"));
}

function channel(contract: Contract): object {
  const { subject, owner, description, effect } = contract;
  return {
    address: subject,
    summary: description,
    tags: [{ name: owner }],
    messages: { [subject]: messageRef(subject) },
    "x-effect": effect,
    ...(contract.kind === "request" ? { "x-timeout-ms": contract.timeoutMs } : { "x-stream": contract.stream }),
  };
}

function operationsOf({ name, serves, consumes, asks, publishes }: Described): [string, object][] {
  const received = [...serves, ...consumes].map((contract) => operation(name, "receive", contract));
  const sent = [...asks, ...publishes].map((contract) => operation(name, "send", contract));
  return [...received, ...sent];
}

function operation(service: string, action: "receive" | "send", contract: Contract): [string, object] {
  const { subject, queueGroup } = contract;
  const queue = { bindings: { nats: { queue: queueGroup, bindingVersion: "0.1.0" } } };
  const reply = {
    reply: {
      channel: { $ref: channelPlace(INBOX) },
      messages: [{ $ref: `${channelPlace(INBOX)}/messages/${subject}.reply` }],
    },
  };
  const facts = {
    action,
    channel: { $ref: channelPlace(subject) },
    tags: [{ name: service }],
    messages: [{ $ref: `${channelPlace(subject)}/messages/${subject}` }],
    ...(action === "receive" ? queue : {}),
    ...(contract.kind === "request" ? reply : {}),
  };
  return [`${service}.${action}.${subject}`, facts];
}

function isRequest(contract: Contract): contract is RequestContract {
  return contract.kind === "request";
}

function replyOf({ subject }: RequestContract): string {
  return `${subject}.reply`;
}

function messageRef(name: string): { $ref: string } {
  return { $ref: `#/components/messages/${name}` };
}

function channelPlace(name: string): string {
  return `#/channels/${name}`;
}
