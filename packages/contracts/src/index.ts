export type {
  BodyOf,
  Complaints,
  Contract,
  Effect,
  MessageContract,
  ParsedBodyOf,
  ReplyOf,
  RequestContract,
} from "./contract.ts";
export { contractsOf } from "./contract.ts";
export { parseWireDate, wireDate, wireId } from "./wire.ts";
