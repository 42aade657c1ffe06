/** One service of the engine, wherever it runs. */
export interface EngineService {
  readonly name: string;
  /** Of its `/_health` and `/_ready`. */
  readonly healthPort: number;
  stop(): Promise<void>;
  /** Ends its process at once, as a power cut would; only where services run in processes. */
  kill?(): Promise<void>;
  restart?(): Promise<void>;
}
