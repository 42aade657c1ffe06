/** What one pass over all hosts took. */
export interface PassCost {
  readonly milliseconds: number;
  /** Of the monitor's process alone, all its threads. */
  readonly cpuMilliseconds: number;
  /** The longest time for which its event loop did nothing else. */
  readonly stallMs: number;
  /** The same without what other programs of a busy machine made it wait. */
  readonly ownStallMs: number;
  /** The most resident memory that the process ever had. */
  readonly peakMegabytes: number;
  /** Requests to bridges and caches, by subject. */
  readonly calls: Readonly<Record<string, number>>;
}
