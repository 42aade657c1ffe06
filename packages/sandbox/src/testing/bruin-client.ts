import type { ThirdPartyAnswer, ThirdPartyClient } from "./third-party-client.ts";

export const bruinHost = "api.bruin.example.net";
export const bruinIdentityHost = "id.bruin.example.net";
export const bruinBasic = `Basic ${Buffer.from("trunkline-sandbox:sandbox-bruin").toString("base64")}`;

/** A caller of Bruin's API with a token. */
export interface BruinClient {
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<ThirdPartyAnswer>;
  post(path: string, json?: unknown): Promise<ThirdPartyAnswer>;
  put(path: string, json: unknown): Promise<ThirdPartyAnswer>;
}

export async function signInToBruin(callThirdParty: ThirdPartyClient): Promise<BruinClient> {
  const token = await callThirdParty(bruinIdentityHost, {
    path: "/identity/connect/token",
    form: { grant_type: "client_credentials", scope: "public_api" },
    headers: { authorization: bruinBasic },
  });
  const { access_token } = token.json<{ access_token: string }>();
  const headers = { authorization: `Bearer ${access_token}`, "content-type": "application/json-patch+json" };
  return {
    get: (path, more) => callThirdParty(bruinHost, { path, headers: { ...headers, ...more } }),
    post: (path, json) => callThirdParty(bruinHost, { method: "POST", path, json, headers }),
    put: (path, json) => callThirdParty(bruinHost, { method: "PUT", path, json, headers }),
  };
}
