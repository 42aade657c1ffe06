export { type ClaimCheckBench, startClaimCheckBench } from "./claim-check.ts";
export type { Contender, StartContender } from "./contenders/contender.ts";
export { startMoleculer } from "./contenders/moleculer.ts";
export { startNest } from "./contenders/nest.ts";
export { startRaw } from "./contenders/raw.ts";
export { trunkline } from "./contenders/trunkline.ts";
export { median, throughput } from "./throughput.ts";
