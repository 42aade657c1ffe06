export type BruinStatus = 400 | 401 | 403 | 404 | 409 | 429;

/** Bruin refuses a request; it says so in an object of its own. */
export class BruinError extends Error {
  override readonly name = "BruinError";
  readonly status: BruinStatus;
  /** `ApiValidationException` for a malformed request, `ValidationException` for one that a rule forbids. */
  readonly type: "ApiValidationException" | "ValidationException";

  constructor(message: string, options: { status?: BruinStatus; type?: BruinError["type"] } = {}) {
    super(message);
    this.status = options.status ?? 400;
    this.type = options.type ?? "ApiValidationException";
  }

  toBody() {
    return { message: this.message, messageDetail: null, data: null, type: this.type, code: this.status };
  }
}
