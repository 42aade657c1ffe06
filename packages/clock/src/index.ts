/** The present, as a dependency: decisions read it, I/O deadlines do not (they follow the real clock). */
export interface Clock {
  now(): Date;
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is told to move. */
export interface MovableClock extends Clock {
  /** Moves forward by so many milliseconds. */
  advance(milliseconds: number): void;
  /** Jumps to a moment, earlier or later. */
  set(moment: Date): void;
}

export function movableClock(start: Date): MovableClock {
  let present = start.getTime();
  return {
    now: () => new Date(present),
    advance: (milliseconds) => {
      present += milliseconds;
    },
    set: (moment) => {
      present = moment.getTime();
    },
  };
}
