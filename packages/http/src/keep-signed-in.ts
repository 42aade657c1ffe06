import type { ThirdParty } from "./types.ts";

/** What of a service's parts the start of a third party needs. */
export interface Lifecycle {
  readyWhen(name: string, check: () => boolean): void;
  onStop(release: () => void): void;
}

/**
 * Signs in for as long as that takes, keeps the service out of `/_ready` until it has succeeded once, and closes the
 * third party when the service stops.
 *
 * @param what the condition of `/_ready`, such as `a login at Acme`
 */
export function keepSignedIn(
  thirdParty: Pick<ThirdParty, "signIn" | "signedIn" | "close">,
  what: string,
  { readyWhen, onStop }: Lifecycle,
): void {
  const stopping = new AbortController();
  onStop(() => {
    stopping.abort();
    thirdParty.close();
  });
  readyWhen(what, () => thirdParty.signedIn);
  void thirdParty.signIn(stopping.signal);
}
