import { ringBuffer } from "../ring-buffer.ts";

/** The history of a ticket that T7 was handed to learn from. */
export interface SavedMetrics {
  readonly ticketId: number;
  /** Under KRE's field names. */
  readonly rows: readonly object[];
}

/** Whether a task that T7 predicted could be carried out automatically. */
export interface SavedLiveMetrics {
  readonly ticketId: number;
  readonly asset: string;
  readonly automatedSuccessfully: boolean;
}

/** What T7 has been taught, oldest first. */
export interface Training {
  readonly metrics: Lessons<SavedMetrics>;
  readonly live: Lessons<SavedLiveMetrics>;
}

interface Lessons<Lesson> {
  add(lesson: Lesson): void;
  items(): Lesson[];
}

const KEPT = 1_000;

export function createTraining(): Training {
  return { metrics: ringBuffer<SavedMetrics>(KEPT), live: ringBuffer<SavedLiveMetrics>(KEPT) };
}
