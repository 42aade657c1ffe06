import type { Site } from "@trunkline/contracts";

const HOUR_MINUTES = 60;

/** The zone of most of a state. Bruin leaves out a site's time zone more often than its address. */
const STATES_BY_ZONE: Readonly<Record<string, string>> = {
  "US/Eastern": "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV",
  "US/Central": "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI",
  "US/Mountain": "CO ID MT NM UT WY",
  "US/Arizona": "AZ",
  "US/Pacific": "CA NV OR WA",
  "US/Alaska": "AK",
  "US/Hawaii": "HI",
  "America/Puerto_Rico": "PR VI",
};

const zoneOfState = new Map(
  Object.entries(STATES_BY_ZONE).flatMap(([zone, states]) => states.split(" ").map((state) => [state, zone] as const)),
);

/** A site's offset from UTC now, in hours: by its time zone, else by its state, else by the fallback's zone. */
export function siteOffset(site: Pick<Site, "timeZone" | "address">, now: Date, fallbackZone: string): number {
  const byName = site.timeZone ? offsetOf(`US/${site.timeZone}`, now) : undefined;
  const stateZone = zoneOfState.get(site.address?.state?.trim().toUpperCase() ?? "");
  return byName ?? offsetOf(stateZone ?? fallbackZone, now) ?? 0;
}

/** Undefined for a zone that does not exist. */
function offsetOf(timeZone: string, now: Date): number | undefined {
  try {
    const format = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
    const name = format.formatToParts(now).find(({ type }) => type === "timeZoneName")?.value ?? "";
    const [, sign, hours = "0", minutes = "0"] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? [];
    return (sign === "-" ? -1 : 1) * (Number(hours) + Number(minutes) / HOUR_MINUTES);
  } catch {
    return undefined;
  }
}
