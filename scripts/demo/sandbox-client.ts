/** One circuit of an edge, as the sandbox's control API shows it. */
export interface WorldLink {
  readonly interface: string;
  readonly label: string;
  readonly state: string;
}

export interface WorldEdge {
  readonly serial: string;
  readonly haSerial: string | null;
  readonly name: string;
  readonly host: string;
  readonly customer: string;
  readonly site: string;
  readonly state: string;
  readonly links: readonly WorldLink[];
  readonly ticketId: number | null;
}

export interface Ticket {
  readonly id: number;
  readonly client: string;
  readonly status: string;
  readonly severity: number | null;
  readonly details: readonly { readonly serviceNumber: string; readonly status: string; readonly queue: string }[];
  readonly notes: readonly {
    readonly id: number;
    readonly text: string | null;
    readonly serviceNumbers: readonly string[] | null;
  }[];
}

export interface Message {
  readonly id: string | number;
  readonly channel: "slack" | "email" | "sms";
  readonly subject?: string;
  readonly text: string;
}

/** The sandbox's control API, as a person with curl would use it. */
export interface SandboxClient {
  edges(): Promise<readonly WorldEdge[]>;
  tickets(): Promise<readonly Ticket[]>;
  messages(channel: Message["channel"]): Promise<readonly Message[]>;
  failEdge(serial: string): Promise<void>;
  healEdge(serial: string): Promise<void>;
  failLink(serial: string, linkInterface: string): Promise<void>;
  healLink(serial: string, linkInterface: string): Promise<void>;
  healEverything(): Promise<void>;
}

export function sandboxClient(consoleUrl: string): SandboxClient {
  async function call<Answer>(method: "GET" | "POST", path: string): Promise<Answer> {
    const response = await fetch(new URL(path, consoleUrl), { method });
    if (!response.ok)
      throw new Error(`sandbox: ${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Answer;
  }
  const edge = (serial: string) => `/api/edges/${encodeURIComponent(serial)}`;
  const link = (serial: string, name: string) => `${edge(serial)}/links/${encodeURIComponent(name)}`;
  return {
    edges: async () => (await call<{ edges: WorldEdge[] }>("GET", "/api/world")).edges,
    async tickets() {
      const list = await call<{ id: number }[]>("GET", "/api/tickets");
      return Promise.all(list.map(({ id }) => call<Ticket>("GET", `/api/tickets/${id}`)));
    },
    messages: (channel) => call("GET", `/api/messages?channel=${channel}`),
    failEdge: (serial) => call("POST", `${edge(serial)}/fail`),
    healEdge: (serial) => call("POST", `${edge(serial)}/heal`),
    failLink: (serial, name) => call("POST", `${link(serial, name)}/fail`),
    healLink: (serial, name) => call("POST", `${link(serial, name)}/heal`),
    healEverything: () => call("POST", "/api/heal"),
  };
}
