import { Client, type ClientOptions, credentials } from "@grpc/grpc-js";
import { splitAddress, trustedAuthorities } from "@trunkline/third-party";
import type { GrpcServiceOptions } from "./types.ts";

const MIB = 1024 * 1024;

/**
 * Opens a channel: no proxy out of the environment, no retries and no settings out of the DNS. Where an alias leads
 * elsewhere, the name of the target is still the one that TLS checks.
 */
export function openChannel(options: GrpcServiceOptions): Client {
  const { target, hostAliases = {}, plaintext = false, caFile, maxBytes = 64 * MIB } = options;
  const { host } = splitAddress(target);
  const alias = hostAliases[host];
  const channelOptions: ClientOptions = {
    "grpc.enable_http_proxy": 0,
    "grpc.enable_retries": 0,
    "grpc.service_config_disable_resolution": 1,
    "grpc.max_receive_message_length": maxBytes,
    "grpc.primary_user_agent": "trunkline",
    // A third party that was away for hours is tried again within seconds after it is back.
    "grpc.initial_reconnect_backoff_ms": 250,
    "grpc.max_reconnect_backoff_ms": 5_000,
    ...(alias !== undefined && { "grpc.default_authority": target, "grpc.ssl_target_name_override": host }),
  };
  return new Client(alias ?? target, plaintext ? credentials.createInsecure() : secure(caFile), channelOptions);
}

function secure(caFile: string | undefined) {
  return credentials.createSsl(caFile === undefined ? null : Buffer.from(trustedAuthorities(caFile).join("\n")));
}
