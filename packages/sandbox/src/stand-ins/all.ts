import { bruinStandIns } from "./bruin/stand-ins.ts";
import { digiStandIn } from "./digi.ts";
import { driStandIn } from "./dri.ts";
import { hawkeyeStandIn } from "./hawkeye/stand-in.ts";
import { slackStandIn } from "./slack.ts";
import { smsStandIn } from "./sms.ts";
import type { StandIn, StandInParts } from "./stand-in.ts";
import { velocloudStandIns } from "./velocloud/stand-in.ts";

/** Every third party that the sandbox stands in for over HTTPS. */
export function allStandIns(parts: StandInParts): StandIn[] {
  return [
    ...velocloudStandIns(parts),
    ...bruinStandIns(parts),
    slackStandIn(parts),
    smsStandIn(parts),
    hawkeyeStandIn(parts),
    digiStandIn(parts),
    driStandIn(parts),
  ];
}
