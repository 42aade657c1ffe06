export type {
  Bus,
  ConsumeOptions,
  Handler,
  HandlerReply,
  MessageContext,
  PublishOptions,
  Reply,
  RequestContext,
  RequestOptions,
  Retryable,
  ServeOptions,
} from "./types.ts";
