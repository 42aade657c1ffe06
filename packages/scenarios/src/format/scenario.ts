import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { z } from "zod";
import { type Expectations, expectations } from "./expectations.ts";
import { type Given, given } from "./given.ts";
import { merged } from "./merged.ts";
import { type ServiceWords, type Step, serviceWords, step } from "./step.ts";
import { readYaml, type YamlDocument } from "./yaml-document.ts";

/** A scenario, ready to be run. */
export interface Scenario {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly service: string;
  /** Why it is not run. */
  readonly skip: string | undefined;
  /** Bases and the scenario itself, merged. */
  readonly given: Given;
  readonly environment: Readonly<Record<string, unknown>>;
  readonly when: readonly Step[];
  readonly expected: Expectations;
  readonly words: ServiceWords;
}

export interface ScenarioFolders {
  /** Where services are, each in a folder of its name. */
  readonly services: string;
  /** Where bases that are named without a path lie. */
  readonly bases: string;
}

const scenario = z.strictObject({
  name: z.string().optional(),
  service: z.string().optional(),
  base: z.string().optional(),
  skip: z.string().min(1).optional(),
  given: given.default({}),
  when: z.array(z.union([z.string(), step])).min(1),
  // biome-ignore lint/suspicious/noThenProperty: the word of the format; nothing takes an object for a promise.
  then: expectations,
});

const base = given.extend({ base: z.string().optional() });

/**
 * Reads a file of scenarios, one to a YAML document.
 *
 * @throws ScenarioFileError naming file, line and key
 */
export function readScenarios(file: string, folders: ScenarioFolders): Scenario[] {
  return readYaml(file).map((document) => readScenario(document, folders));
}

function readScenario(document: YamlDocument, folders: ScenarioFolders): Scenario {
  const { file } = document;
  const parsed = document.parse(scenario);
  const service = parsed.service ?? basename(dirname(resolve(file)));
  if (!existsSync(join(folders.services, service))) {
    document.refuse(parsed.service === undefined ? [] : ["service"], `there is no service "${service}"`);
  }
  const { words, base: usual } = wordsOf(service, folders);
  const named = parsed.base === undefined ? usual : baseFile(parsed.base, file, folders);
  if (named !== undefined && !existsSync(named)) document.refuse(["base"], `there is no ${named}`);
  const own = (document.value as { given?: Given }).given ?? {};
  const whole = merged(named === undefined ? {} : readBase(named, folders), own);
  return {
    file,
    line: document.line,
    name: parsed.name ?? basename(file).replace(/\.ya?ml$/, ""),
    service,
    skip: parsed.skip,
    given: whole,
    environment: { ...words.environment, ...whole.environment },
    when: parsed.when.flatMap((item, index) =>
      stepsOf(item, words, (message) => document.refuse(["when", index], message)),
    ),
    expected: parsed.then,
    words,
  };
}

function stepsOf(item: string | Step, { when }: ServiceWords, refuse: (message: string) => never): readonly Step[] {
  if (typeof item !== "string") return [item];
  const steps = Object.hasOwn(when, item) ? when[item] : undefined;
  return steps ?? refuse(`unknown step \`${item}\`; the service knows ${Object.keys(when).join(", ") || "none"}`);
}

function wordsOf(service: string, folders: ScenarioFolders): { words: ServiceWords; base: string | undefined } {
  const file = join(folders.services, service, "scenarios.yaml");
  const [document] = existsSync(file) ? readYaml(file) : [];
  if (document === undefined) return { words: serviceWords.parse({}), base: undefined };
  const words = document.parse(serviceWords);
  return { words, base: words.base === undefined ? undefined : baseFile(words.base, file, folders) };
}

function baseFile(name: string, namedIn: string, { bases }: ScenarioFolders): string {
  return name.includes("/") ? resolve(dirname(namedIn), name) : join(bases, `${name}.yaml`);
}

function readBase(file: string, folders: ScenarioFolders): Given {
  const [document] = readYaml(file);
  if (document === undefined) return {};
  const { base: below } = document.parse(base);
  const { base: _, ...own } = document.value as Given & { base?: string };
  return below === undefined ? own : merged(readBase(baseFile(below, file, folders), folders), own);
}
