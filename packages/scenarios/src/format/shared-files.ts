import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { type Given, given } from "./given.ts";
import { merged } from "./merged.ts";
import { type ServiceWords, serviceWords } from "./step.ts";
import { readYaml } from "./yaml-document.ts";

export interface ScenarioFolders {
  /** Where services are, each in a folder of its name. */
  readonly services: string;
  /** Where bases that are named without a path lie. */
  readonly bases: string;
}

/** What many scenarios refer to; each file is read once. */
export interface SharedFiles {
  isService(name: string): boolean;
  /** @throws ScenarioFileError */
  wordsOf(service: string): { readonly words: ServiceWords; readonly base: string | undefined };
  /** The file of a base: `acme` lies among the bases, `./mine.yaml` beside the file that names it. */
  baseFile(name: string, namedIn: string): string;
  /** A base with those below it. @throws ScenarioFileError */
  readBase(file: string): Given;
}

const base = z.strictObject({ base: z.string().optional(), ...given.shape });

export function sharedFiles({ services, bases }: ScenarioFolders): SharedFiles {
  const baseFile = (name: string, namedIn: string) =>
    name.includes("/") ? resolve(dirname(namedIn), name) : join(bases, `${name}.yaml`);

  const wordsOf = onceEach((service: string) => {
    const file = join(services, service, "scenarios.yaml");
    const [document] = existsSync(file) ? readYaml(file) : [];
    if (document === undefined) return { words: serviceWords.parse({}), base: undefined };
    const words = document.parse(serviceWords);
    return { words, base: words.base === undefined ? undefined : baseFile(words.base, file) };
  });

  const underWay = new Set<string>();
  const readBase: SharedFiles["readBase"] = onceEach((file: string): Given => {
    const [document] = readYaml(file);
    if (document === undefined) return {};
    if (underWay.has(file)) document.refuse(["base"], "it is based on itself");
    underWay.add(file);
    const { base: below } = document.parse(base);
    const { base: _, ...own } = document.value as Given & { readonly base?: string };
    return below === undefined ? own : merged(readBase(baseFile(below, file)), own);
  });

  return { isService: (name) => existsSync(join(services, name)), wordsOf, baseFile, readBase };
}

function onceEach<Result>(read: (name: string) => Result): (name: string) => Result {
  const known = new Map<string, Result>();
  return (name) => {
    const result = known.get(name) ?? read(name);
    known.set(name, result);
    return result;
  };
}
