import { existsSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { z } from "zod";
import { type Expectations, expectations } from "./expectations.ts";
import { type Given, given } from "./given.ts";
import { merged } from "./merged.ts";
import type { SharedFiles } from "./shared-files.ts";
import { type ServiceWords, type Step, step } from "./step.ts";
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

/**
 * Reads a file of scenarios, one to a YAML document.
 *
 * @throws ScenarioFileError naming file, line and key
 */
export function readScenarios(file: string, shared: SharedFiles): Scenario[] {
  return readYaml(file).map((document) => readScenario(document, shared));
}

function readScenario(document: YamlDocument, shared: SharedFiles): Scenario {
  const { file } = document;
  const parsed = document.parse(scenario);
  const service = parsed.service ?? basename(dirname(resolve(file)));
  if (!shared.isService(service)) {
    document.refuse(parsed.service === undefined ? [] : ["service"], `there is no service "${service}"`);
  }
  const { words, base: usual } = shared.wordsOf(service);
  const named = parsed.base === undefined ? usual : shared.baseFile(parsed.base, file);
  if (named !== undefined && !existsSync(named)) document.refuse(["base"], `there is no ${named}`);
  const own = (document.value as { given?: Given }).given ?? {};
  const whole = merged(named === undefined ? {} : shared.readBase(named), own);
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
