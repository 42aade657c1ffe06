import { setTimeout as sleep } from "node:timers/promises";
import { makeCertificates } from "@trunkline/sandbox";
import type { PlayerOptions } from "../protocol.ts";
import type { HttpExchange } from "./http-exchange.ts";
import type { HttpFault } from "./http-faults.ts";
import { type HttpPlayer, type HttpResponse, startHttpPlayer } from "./http-player.ts";
import type { NameService } from "./name-service.ts";

/** Which call a fault strikes. */
export interface Strike {
  readonly fault: HttpFault;
  readonly exchange: HttpExchange;
  /** How many calls to its host, outside of the session, come before it: a connection fails only after those. */
  readonly callsBefore: number;
}

interface Shown {
  readonly right: PlayerOptions["certificates"];
  readonly wrong: PlayerOptions["certificates"];
}

/** Until the bridge's side knows that a connection has ended. */
const NOTICED_MS = 5;

/** Plays a third party that fails on demand, one call at a time. */
export class FaultyThirdParty {
  readonly #session: ReadonlySet<unknown>;
  readonly #names: NameService;
  #certificates: Shown | undefined;
  #player: HttpPlayer | undefined;
  #strike: Strike | undefined;
  #isCutOff = false;
  /** Calls that came through although their host was cut off. */
  #leaks = 0;
  #hits = 0;
  #calls: HttpExchange[] = [];

  /** @param session exchanges that are no part of a vector's calls */
  constructor(session: readonly unknown[], names: NameService) {
    this.#session = new Set(session);
    this.#names = names;
  }

  /** Stands in for the protocol's own player. */
  start = async (options: PlayerOptions): Promise<HttpPlayer> => {
    this.#certificates = { right: options.certificates, wrong: await wrongCertificate() };
    this.#player = await startHttpPlayer({ ...options, spoil: (exchange) => this.#answer(exchange) });
    return this.#player;
  };

  /** Calls since the last look, without those of the session, in their order. */
  takeCalls(): HttpExchange[] {
    return this.#calls.splice(0);
  }

  async arm(strike: Strike): Promise<void> {
    this.#calls = [];
    this.#hits = 0;
    this.#leaks = 0;
    this.#strike = strike;
    if (strike.fault.connection === undefined) return;
    this.#player?.dropConnections();
    await sleep(NOTICED_MS);
    if (strike.callsBefore === 0) this.#cutOff();
  }

  /** @returns whether the fault has met a call */
  disarm(): boolean {
    const strike = this.#strike;
    if (strike === undefined) return false;
    const { host } = strike.exchange.request;
    const isCut = this.#isCutOff && this.#leaks === 0 && this.#names.takeLookups(host) > 0;
    const hasStruck = strike.fault.connection === undefined ? this.#hits > 0 : isCut;
    // Whoever still waits learns that nothing will come, as from a server that is started anew.
    if (strike.fault.isSlow) this.#player?.dropConnections();
    this.#strike = undefined;
    if (this.#isCutOff) {
      this.#isCutOff = false;
      this.#names.restore();
      if (this.#certificates !== undefined) this.#player?.present(host, this.#certificates.right);
    }
    return hasStruck;
  }

  #answer(exchange: HttpExchange): HttpResponse | undefined {
    if (!this.#session.has(exchange)) this.#calls.push(exchange);
    const strike = this.#strike;
    if (strike === undefined) return undefined;
    const { fault, callsBefore } = strike;
    const { host } = strike.exchange.request;
    if (fault.connection !== undefined) {
      if (this.#isCutOff && exchange.request.host === host) this.#leaks += 1;
      if (this.#calls.filter(({ request }) => request.host === host).length >= callsBefore) this.#cutOff();
      // The call after this one has to make a connection.
      return { ...exchange.response, headers: { ...exchange.response.headers, connection: "close" } };
    }
    return exchange === strike.exchange ? fault.answer?.(exchange.response, this.#hits++) : undefined;
  }

  #cutOff(): void {
    const { exchange, fault } = this.#strike ?? {};
    if (this.#isCutOff || exchange === undefined || fault?.connection === undefined || !this.#certificates) return;
    const { host } = exchange.request;
    this.#isCutOff = true;
    this.#names.takeLookups(host);
    if (fault.connection === "wrong-certificate") this.#player?.present(host, this.#certificates.wrong);
    else this.#names.fail(host, fault.connection);
  }
}

let made: Promise<PlayerOptions["certificates"]> | undefined;

/** From an authority that nobody trusts. */
function wrongCertificate(): Promise<PlayerOptions["certificates"]> {
  made ??= makeCertificates(["wrong.example.net"]).then(async (certificates) => {
    await certificates.remove();
    return certificates;
  });
  return made;
}
