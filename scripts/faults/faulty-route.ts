import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

const HOST = "127.0.0.1";

/** What may go wrong with a connection before anybody has said a word of a mail protocol. */
export type RouteFault = "refused" | "hang-up" | "stall" | "garbage";

/** A way to a server that fails on demand: a bridge connects to it instead of to the server. */
export class FaultyRoute {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #port = 0;
  #fault: RouteFault | undefined;
  #hasStruck = false;

  /** @param target the server's port on this machine */
  static async open(target: number): Promise<FaultyRoute> {
    const route = new FaultyRoute(target);
    await route.#listen();
    route.#port = (route.#server.address() as { port: number }).port;
    return route;
  }

  private constructor(target: number) {
    this.#server = createServer((socket) => {
      this.#keep(socket);
      if (this.#fault === undefined) this.#lead(socket, target);
      else this.#spoil(socket, this.#fault);
    });
  }

  /** Whether a connection has met the fault. */
  get hasStruck(): boolean {
    return this.#hasStruck;
  }

  /** Whether nobody is connected. */
  get isIdle(): boolean {
    return this.#sockets.size === 0;
  }

  get address(): string {
    return `${HOST}:${this.#port}`;
  }

  /** From now on connections fail; those that stand are ended. */
  async arm(fault: RouteFault): Promise<void> {
    this.#fault = fault;
    this.#hasStruck = false;
    this.#endAll();
    if (fault === "refused") await this.#close();
  }

  /** @returns whether a connection has met the fault; of one that is refused nobody knows, so that counts as met */
  async disarm(): Promise<boolean> {
    const wasRefused = this.#fault === "refused";
    this.#fault = undefined;
    this.#endAll();
    if (wasRefused) await this.#listen();
    return wasRefused || this.#hasStruck;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#endAll();
    if (this.#server.listening) await this.#close();
  }

  #lead(socket: Socket, target: number): void {
    const server = this.#keep(connect(target, HOST));
    socket.pipe(server).pipe(socket);
    server.once("close", () => socket.end());
    socket.once("close", () => server.destroy());
  }

  #spoil(socket: Socket, fault: RouteFault): void {
    this.#hasStruck = true;
    if (fault === "hang-up") socket.destroy();
    if (fault === "garbage") socket.write("\u0000\u0007<<garbage>>\r\n");
  }

  /** A connection that fails is what this is for. */
  #keep(socket: Socket): Socket {
    this.#sockets.add(socket);
    return socket.on("error", () => undefined).once("close", () => this.#sockets.delete(socket));
  }

  #endAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async #listen(): Promise<void> {
    this.#server.listen(this.#port, HOST);
    await once(this.#server, "listening");
  }

  async #close(): Promise<void> {
    this.#server.close();
    await once(this.#server, "close");
  }
}
