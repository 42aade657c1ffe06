/** A server of our own: on the loopback interface, on a port of its own, with data of its own. */
export interface Broker {
  /** `nats://host:port` or `redis://host:port`. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Of the process that runs now; undefined while it is killed, and always for a container. */
  readonly pid: number | undefined;
  /** Ends the server as a power cut would (SIGKILL); its data and its port stay reserved for `restart`. */
  kill(): Promise<void>;
  /** Starts it again on the same port with the same data; a server that runs is stopped first. */
  restart(): Promise<void>;
  /** Ends the server for good and removes its data, unless they lie in a folder that the caller named. */
  stop(): Promise<void>;
}

export interface Brokers {
  readonly nats: Broker;
  readonly redis: Broker;
  stop(): Promise<void>;
}

export interface BrokerOptions {
  /** Where the server keeps its data and its log; the caller removes it. Containers keep theirs inside. @default a temporary folder, removed at the end */
  readonly dataFolder?: string;
  /** Programs of this machine, or containers. @default "local" where the program is installed, else "docker" */
  readonly prefer?: "local" | "docker";
}

export interface NatsOptions extends BrokerOptions {
  /** What is added to its configuration file, such as `include "/…/permissions.conf"`. */
  readonly configuration?: string;
  /** Environment variables that the configuration refers to. */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default true */
  readonly jetStream?: boolean;
  /** Largest message in bytes, at most 64 MiB. @default the server's own default, 1 MiB */
  readonly maxPayload?: number;
}

export interface RedisOptions extends BrokerOptions {
  /** Directives that are added to its configuration file, such as `aclfile /…/users.acl`. */
  readonly configuration?: string;
  /** Who may ask a server with users whether it is ready. */
  readonly administrator?: { readonly user: string; readonly password: string };
}
