/** What was asked of the command cannot be done; the message says why. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Reads `http=8443`. @throws UsageError */
export function readPorts(texts: readonly string[]): Record<string, number> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, protocol, port] = /^([a-z]+)=(\d{1,5})$/.exec(text) ?? [];
      if (protocol === undefined || Number(port) > 65_535) {
        throw new UsageError(`--port ${text}: expected a protocol and its port, such as http=8443`);
      }
      return [protocol, Number(port)];
    }),
  );
}
