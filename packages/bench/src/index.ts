export { type ClaimCheckBench, startClaimCheckBench } from "./claim-check.ts";
export {
  type ContenderName,
  type ContenderProcess,
  contenderNames,
  startContender,
} from "./contender-process.ts";
export { median } from "./median.ts";
