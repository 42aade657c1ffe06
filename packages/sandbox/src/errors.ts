/** What a caller of the world asked for cannot be; `status` is how HTTP says so. */
export class WorldError extends Error {
  override readonly name: string = "WorldError";
  readonly status: 400 | 403 | 404 | 409 | 503;

  constructor(status: 400 | 403 | 404 | 409 | 503, message: string) {
    super(message);
    this.status = status;
  }
}

/** No edge, link, ticket, detail or fault goes by this name. */
export class Unknown extends WorldError {
  override readonly name = "Unknown";

  constructor(kind: string, id: string | number) {
    super(404, `There is no ${kind} ${id}.`);
  }
}

/** The thing exists, and its state does not allow what was asked. */
export class NotNow extends WorldError {
  override readonly name = "NotNow";

  constructor(message: string) {
    super(409, message);
  }
}

/** Whoever asks may not have this done. */
export class NotAllowed extends WorldError {
  override readonly name = "NotAllowed";

  constructor(message: string) {
    super(403, message);
  }
}
