import type { Contender } from "./contenders/contender.ts";
import { payload } from "./contenders/contender.ts";

/** Requests per second with a fixed number of them under way at once. */
export async function throughput(contender: Contender, inFlight: number, milliseconds: number): Promise<number> {
  const end = performance.now() + milliseconds;
  let answered = 0;
  const askUntilEnd = async () => {
    while (performance.now() < end) {
      await contender.ask(payload);
      answered += 1;
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: inFlight }, askUntilEnd));
  return (answered / (performance.now() - start)) * 1000;
}
