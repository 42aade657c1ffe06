/** Seconds that a person watching would not want to wait for in full. */
export interface Pace {
  /** Between two looks at a host. */
  readonly passSeconds: number;
  /** Between a fault and its ticket. */
  readonly quarantineSeconds: number;
}

/** The variables that set this pace. */
export function paceOf({ passSeconds, quarantineSeconds }: Pace): Record<string, string> {
  const outages = ["LINK_DOWN", "HARD_DOWN", "HA_LINK_DOWN", "HA_SOFT_DOWN", "HA_HARD_DOWN"];
  const quarantines = outages.map((outage) => [
    `MONITORING__QUARANTINE_FOR_EDGES_IN_${outage}_OUTAGE`,
    String(quarantineSeconds),
  ]);
  return {
    ...Object.fromEntries(quarantines),
    MONITORING__MONITORING_JOB_INTERVAL: String(passSeconds),
    MONITORING__VELOCLOUD_HOST: JSON.stringify(["vco1.example.net", "vco2.example.net"]),
    TRIAGE__MONITORED_VELOCLOUD_HOSTS: JSON.stringify(["vco1.example.net", "vco2.example.net"]),
    TRIAGE__MONITORING_JOB_INTERVAL: "5",
    VELOCLOUD_HOSTS: JSON.stringify(["vco1.example.net", "vco2.example.net"]),
    REFRESH_CHECK_INTERVAL: "5",
    REFRESH_JOB_INTERVAL: "3600",
  };
}
