import type { Readable } from "node:stream";

const LONGEST_LINE = 64 * 1_024;
const LONGEST_LITERAL = 1_024 * 1_024;

/** What a client sends, line by line or as so many bytes. Undefined once it has hung up. */
export class Input {
  readonly #chunks: AsyncIterator<Buffer>;
  #waiting = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.#chunks = stream[Symbol.asyncIterator]();
  }

  /** The next line without its end. @throws Error when it is longer than any command */
  async line(): Promise<string | undefined> {
    let end = this.#waiting.indexOf("\n");
    while (end === -1) {
      if (this.#waiting.length > LONGEST_LINE) throw new Error("line too long");
      if (!(await this.#more())) return undefined;
      end = this.#waiting.indexOf("\n");
    }
    return this.#take(end + 1)
      .toString()
      .replace(/\r?\n$/, "");
  }

  /** @throws Error when it is more than a client may send */
  async bytes(count: number): Promise<Buffer | undefined> {
    if (count > LONGEST_LITERAL) throw new Error("literal too long");
    while (this.#waiting.length < count) if (!(await this.#more())) return undefined;
    return this.#take(count);
  }

  #take(count: number): Buffer {
    const taken = this.#waiting.subarray(0, count);
    this.#waiting = this.#waiting.subarray(count);
    return taken;
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#chunks.next();
    if (done === true) return false;
    this.#waiting = Buffer.concat([this.#waiting, value]);
    return true;
  }
}
