import { severableProxy } from "@trunkline/testkit";

/** A way to a NATS server on which somebody sees what is asked, at the moment at which it is asked. */
export interface WatchedNats extends AsyncDisposable {
  readonly url: string;
}

/** @param onAsked told of each subject that a client publishes on, before the message travels on */
export async function watchedNats(port: number, onAsked: (subject: string) => void): Promise<WatchedNats> {
  const proxy = await severableProxy(port, (bytes) => {
    for (const [, subject = ""] of bytes.toString("latin1").matchAll(/^H?PUB (\S+)/gm)) onAsked(subject);
  });
  return { url: `nats://127.0.0.1:${proxy.port}`, [Symbol.asyncDispose]: () => proxy.cut() };
}
