export { connectBare } from "./connect-bare.ts";
export { gapsIn } from "./coverage.ts";
export { type Players, startPlayers } from "./players.ts";
export type { Player, PlayerOptions, Protocol } from "./protocol.ts";
export { type ReplayOptions, replay } from "./replay.ts";
export { type Outcome, replayAll } from "./replay-all.ts";
export { Stage, type StagedExchange } from "./stage.ts";
export { NotServed, untilServed } from "./until-served.ts";
export { InvalidVectors, parseVectors, readVectors, type Vector, type VectorFile } from "./vectors.ts";
