/**
 * The sandbox's event stream, opened again by itself whenever it ends.
 * The browser's own reconnection is not used: browsers differ in when they give up.
 */

const eventTypes = ["world", "ticket", "message", "mail", "call", "nats", "fault", "dropped"];
const retryDelays = [500, 1_000, 2_000, 5_000];

/**
 * @param {object} listener
 * @param {() => void} listener.onOpen the stream runs; what happened before is not in it
 * @param {() => void} listener.onLost the stream ended; it is being opened again
 * @param {(type: string, data: any) => void} listener.onEvent
 */
export function openStream({ onOpen, onLost, onEvent }) {
  let attempt = 0;
  connect();

  function connect() {
    const source = new EventSource("/api/stream");
    source.addEventListener("open", () => {
      attempt = 0;
      onOpen();
    });
    source.addEventListener("error", () => {
      source.close();
      onLost();
      setTimeout(connect, retryDelays[Math.min(attempt++, retryDelays.length - 1)]);
    });
    for (const type of eventTypes) {
      source.addEventListener(type, (event) => onEvent(type, JSON.parse(event.data)));
    }
  }
}
