import dns, { type LookupAddress } from "node:dns";

/** Names of one third party, which may fail to lead anywhere. */
export interface NameService {
  /** Below this suffix every name leads to this machine. */
  readonly suffix: string;
  fail(how: "refused" | "unknown-name"): void;
  restore(): void;
  /** @returns lookups since the last look */
  takeLookups(): number;
}

/** Nobody listens there: players listen on the IPv4 interface alone. */
const DESERTED: LookupAddress = { address: "::1", family: 6 };
const HERE: LookupAddress = { address: "127.0.0.1", family: 4 };

type Found = (error: NodeJS.ErrnoException | null, address?: string | LookupAddress[], family?: number) => void;

/** Takes the place of this process's resolver for names that end in `.invalid`, which no real name does. */
export class Resolver {
  readonly #honest = dns.lookup;
  readonly #zones = new Map<string, { state: "here" | "refused" | "unknown-name"; lookups: number }>();

  constructor() {
    dns.lookup = ((name: string, ...rest: unknown[]) => this.#lookup(name, rest)) as typeof dns.lookup;
  }

  open(zone: string): NameService {
    const entry: { state: "here" | "refused" | "unknown-name"; lookups: number } = { state: "here", lookups: 0 };
    this.#zones.set(zone, entry);
    return {
      suffix: `.${zone}.invalid`,
      fail: (how) => {
        entry.state = how;
      },
      restore: () => {
        entry.state = "here";
      },
      takeLookups: () => {
        const { lookups } = entry;
        entry.lookups = 0;
        return lookups;
      },
    };
  }

  [Symbol.dispose](): void {
    dns.lookup = this.#honest;
  }

  #lookup(name: string, rest: unknown[]): void {
    const zone = this.#zones.get(/\.([^.]+)\.invalid$/.exec(name)?.[1] ?? "");
    if (zone === undefined) {
      Reflect.apply(this.#honest, dns, [name, ...rest]);
      return;
    }
    zone.lookups += 1;
    const found = rest.at(-1) as Found;
    const all = (rest[0] as { all?: boolean } | undefined)?.all === true;
    process.nextTick(answer, { state: zone.state, name, all, found });
  }
}

function answer({ state, name, all, found }: { state: string; name: string; all: boolean; found: Found }): void {
  const address = state === "refused" ? DESERTED : HERE;
  if (state === "unknown-name") found(Object.assign(new Error(`no address of ${name}`), { code: "ENOTFOUND" }));
  else if (all) found(null, [address]);
  else found(null, address.address, address.family);
}
