import type { ContenderName, Lap } from "./contender-process.ts";
import type { StartContender } from "./contenders/contender.ts";
import { throughput } from "./throughput.ts";

/** Runs one contender, and a lap whenever the parent asks for one; ends when the parent lets go of it. */
const [name = "", natsUrl = "", redisUrl = ""] = process.argv.slice(2);
const contender = await (await starterOf(name as ContenderName))(natsUrl);
process.on("message", ({ inFlight, milliseconds }: Lap) => {
  void throughput(contender, inFlight, milliseconds).then((rate) => process.send?.(rate));
});
process.on("disconnect", () => void contender.stop().finally(() => process.exit(0)));
process.send?.("ready");

/** Loads no more than the one contender. */
async function starterOf(contenderName: ContenderName): Promise<StartContender> {
  switch (contenderName) {
    case "nats":
      return (await import("./contenders/raw.ts")).startRaw;
    case "Trunkline":
      return (await import("./contenders/trunkline.ts")).trunkline(redisUrl);
    case "NestJS":
      return (await import("./contenders/nest.ts")).startNest;
    case "Moleculer":
      return (await import("./contenders/moleculer.ts")).moleculer(false);
    case "Moleculer, equipped":
      return (await import("./contenders/moleculer.ts")).moleculer(true);
  }
}
