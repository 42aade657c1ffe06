import { environmentElsewhere } from "@trunkline/sandbox";
import { paceOf } from "../demo/pace.ts";
import type { Deployment } from "./deployment.ts";

export const quarantineSeconds = 15;
/** Of every user in a sandbox: long enough for all that ask for some length. */
export const sandboxPassword = "sandbox-password";

/** A variable of a service with the value that leads it into a sandbox. */
export interface SandboxSetting {
  readonly service: string;
  readonly variable: string;
  readonly secret: boolean;
  readonly value: string;
}

/**
 * What services have to be told to work against a sandbox that runs elsewhere under its usual ports.
 *
 * @param address its host name
 */
export function sandboxWorld(deployments: readonly Deployment[], address: string): SandboxSetting[] {
  const ports = { thirdPartyPort: 8443, smtpPort: 8587, imapPort: 8993, t7Port: 8444 };
  const addresses = { address, ...ports, caFile: "/authorities/ca.pem", natsUrl: undefined };
  return deployments.flatMap(({ name, variables }) => {
    const wanted: Record<string, string> = {
      ...paceOf({ passSeconds: 5, quarantineSeconds }),
      ...environmentElsewhere(name, addresses),
    };
    return variables.flatMap(({ variable, secret }) => {
      const value = wanted[variable];
      return value === undefined ? [] : [{ service: name, variable, secret, value }];
    });
  });
}
