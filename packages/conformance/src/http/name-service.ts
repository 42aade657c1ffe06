import dns, { type LookupAddress } from "node:dns";

/** Names of one third party, which may fail to lead anywhere. */
export interface NameService {
  /** Below this suffix every name leads to this machine. */
  readonly suffix: string;
  /** From now on a host cannot be reached. */
  fail(host: string, how: Failure): void;
  /** All hosts can be reached again. */
  restore(): void;
  /** @returns lookups of a host since the last look */
  takeLookups(host: string): number;
}

/** Nobody listens there, or nobody knows the name. */
export type Failure = "refused" | "unknown-name";

/** Nobody listens there: players listen on the IPv4 interface alone. */
const DESERTED: LookupAddress = { address: "::1", family: 6 };
const HERE: LookupAddress = { address: "127.0.0.1", family: 4 };

type Found = (error: NodeJS.ErrnoException | null, address?: string | LookupAddress[], family?: number) => void;

interface Zone {
  /** By host. */
  readonly failures: Map<string, Failure>;
  readonly lookups: Map<string, number>;
}

/** Takes the place of this process's resolver for names that end in `.invalid`, which no real name does. */
export class Resolver {
  readonly #honest = dns.lookup;
  readonly #zones = new Map<string, Zone>();

  constructor() {
    dns.lookup = ((name: string, ...rest: unknown[]) => this.#lookup(name, rest)) as typeof dns.lookup;
  }

  open(zone: string): NameService {
    const entry: Zone = { failures: new Map(), lookups: new Map() };
    this.#zones.set(zone, entry);
    return {
      suffix: `.${zone}.invalid`,
      fail: (host, how) => void entry.failures.set(host, how),
      restore: () => entry.failures.clear(),
      takeLookups: (host) => {
        const count = entry.lookups.get(host) ?? 0;
        entry.lookups.delete(host);
        return count;
      },
    };
  }

  [Symbol.dispose](): void {
    dns.lookup = this.#honest;
  }

  #lookup(name: string, rest: unknown[]): void {
    const [, host = "", zoneName = ""] = /^(.+)\.([^.]+)\.invalid$/.exec(name) ?? [];
    const zone = this.#zones.get(zoneName);
    if (zone === undefined) {
      Reflect.apply(this.#honest, dns, [name, ...rest]);
      return;
    }
    zone.lookups.set(host, (zone.lookups.get(host) ?? 0) + 1);
    const found = rest.at(-1) as Found;
    const all = (rest[0] as { all?: boolean } | undefined)?.all === true;
    process.nextTick(answer, { failure: zone.failures.get(host), name, all, found });
  }
}

interface Lookup {
  readonly failure: Failure | undefined;
  readonly name: string;
  /** Whether a list of addresses is wanted. */
  readonly all: boolean;
  readonly found: Found;
}

function answer({ failure, name, all, found }: Lookup): void {
  const address = failure === "refused" ? DESERTED : HERE;
  if (failure === "unknown-name") found(Object.assign(new Error(`no address of ${name}`), { code: "ENOTFOUND" }));
  else if (all) found(null, [address]);
  else found(null, address.address, address.family);
}
