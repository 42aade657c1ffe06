/** One name in all the spellings that a bridge needs. */
export interface BridgeNames {
  /** As it was given: `acme-cloud`. */
  readonly name: string;
  /** `Acme Cloud`, in texts for people. */
  readonly title: string;
  /** `acmeCloud` */
  readonly camel: string;
  /** `AcmeCloud` */
  readonly pascal: string;
  /** `ACME_CLOUD`, in environment variables. */
  readonly constant: string;
  /** `acme_cloud`, the first token of its subjects. */
  readonly subject: string;
  /** `acme-cloud-bridge` */
  readonly service: string;
  /** `acme_cloud_bridge` */
  readonly queueGroup: string;
}

export type NameVerdict =
  | { readonly ok: true; readonly names: BridgeNames }
  | { readonly ok: false; readonly reason: string };

const longest = 40;

/**
 * Judges the name of a new bridge.
 *
 * @param taken why a path of the repository is not free, or undefined
 */
export function judgeName(name: string | undefined, taken: (path: string) => boolean): NameVerdict {
  if (name === undefined || name === "") return refused("give the third party's name: npm run new:bridge -- acme");
  if (/[A-Z]/.test(name)) return refused(`"${name}" has capital letters; names are lower case, such as acme-cloud`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    return refused(
      `"${name}" is no name: it begins with a letter and goes on with letters and digits, words joined by hyphens`,
    );
  }
  if (name.length > longest) return refused(`"${name}" is longer than ${longest} characters`);
  if (/(^|-)(bridge|monitor|cache)$/.test(name)) {
    return refused(`"${name}" names a kind of service; name the third party, and "-bridge" is added`);
  }
  const names = spellings(name);
  const occupied = pathsOf(names).find(taken);
  return occupied === undefined ? { ok: true, names } : refused(`"${name}" is taken: ${occupied} exists`);
}

/** Where a bridge's own files go, and names that would be mistaken for something else. */
function pathsOf({ name, service }: BridgeNames): string[] {
  return [
    `services/${service}`,
    `services/${name}`,
    `packages/${name}`,
    `packages/contracts/src/${name}.ts`,
    `packages/sandbox/src/stand-ins/${name}.ts`,
    `packages/sandbox/src/stand-ins/${name}`,
  ];
}

function spellings(name: string): BridgeNames {
  const words = name.split("-");
  const capitalised = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const snake = words.join("_");
  const pascal = capitalised.join("");
  return {
    name,
    title: capitalised.join(" "),
    camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    pascal,
    constant: snake.toUpperCase(),
    subject: snake,
    service: `${name}-bridge`,
    queueGroup: `${snake}_bridge`,
  };
}

function refused(reason: string): NameVerdict {
  return { ok: false, reason };
}
