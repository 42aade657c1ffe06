import type { ThirdPartyAnswer, ThirdPartyClient } from "./third-party-client.ts";

export const velocloudLogin = { username: "operator@trunkline.example", password: "sandbox-velocloud" };

/** A signed-in caller of one Orchestrator. */
export interface VelocloudClient {
  call(method: string, body?: unknown): Promise<ThirdPartyAnswer>;
}

export async function signInToVelocloud(callThirdParty: ThirdPartyClient, host: string): Promise<VelocloudClient> {
  const login = await callThirdParty(host, { path: "/portal/rest/login/operatorLogin", json: velocloudLogin });
  const [cookie = ""] = login.headers["set-cookie"]?.map((header) => header.split(";")[0] ?? "") ?? [];
  return {
    call: (method, body = {}) =>
      callThirdParty(host, { path: `/portal/rest/${method}`, json: body, headers: { cookie } }),
  };
}
