export { type AskedProcess, startAsked } from "./asked-process.ts";
export { type ClaimCheckBench, startClaimCheckBench } from "./claim-check.ts";
export {
  type ContenderName,
  type ContenderProcess,
  contenderNames,
  startContender,
} from "./contender-process.ts";
export { median } from "./median.ts";
export { type Reading, type ReadingBound, type ReadingCost, startReadingBound } from "./reading-bound.ts";
