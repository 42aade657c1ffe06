/** Follows a stream of server-sent events until closed; reconnects by itself. */
export function followStream(url: URL, onEvent: (type: string, data: unknown) => void): { close(): void } {
  const stop = new AbortController();
  void (async () => {
    while (!stop.signal.aborted) {
      try {
        await readEvents(url, stop.signal, onEvent);
      } catch {
        // The server went away; a moment later it may be back.
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  })();
  return { close: () => stop.abort() };
}

async function readEvents(
  url: URL,
  signal: AbortSignal,
  onEvent: (type: string, data: unknown) => void,
): Promise<void> {
  const response = await fetch(url, { signal, headers: { accept: "text/event-stream" } });
  if (response.body === null) return;
  let pending = "";
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const events = (pending + chunk).split("\n\n");
    pending = events.pop() ?? "";
    for (const event of events) deliver(event, onEvent);
  }
}

function deliver(event: string, onEvent: (type: string, data: unknown) => void): void {
  const field = (name: string) =>
    event
      .split("\n")
      .filter((line) => line.startsWith(`${name}:`))
      .map((line) => line.slice(name.length + 1).trimStart())
      .join("\n");
  const data = field("data");
  if (data !== "") onEvent(field("event"), JSON.parse(data));
}
