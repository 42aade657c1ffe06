import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { coalesce } from "./coalesce.ts";

describe("many calls made few", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("tells once for all calls of a while, and again for later ones", () => {
    const tell = vi.fn();
    const call = coalesce(tell, 50);
    for (let count = 0; count < 1_000; count++) call();
    expect(tell).not.toHaveBeenCalled();
    vi.advanceTimersByTime(50);
    expect(tell).toHaveBeenCalledTimes(1);
    call();
    vi.advanceTimersByTime(50);
    expect(tell).toHaveBeenCalledTimes(2);
  });
});
