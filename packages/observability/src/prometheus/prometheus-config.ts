/** What one job scrapes: addresses that are known, or all addresses that DNS names lead to. */
export type Targets = { readonly addresses: readonly string[] } | NamedTargets;

export interface NamedTargets {
  readonly names: readonly string[];
  readonly port: number;
  /** A regular expression: what its group finds in the name is the series' `instance`, which else is an address. */
  readonly instance?: string;
}

export interface PrometheusPlaces {
  /** By job, which is the name of a service or of an exporter. */
  readonly jobs: ReadonlyMap<string, Targets>;
  readonly ruleFiles: readonly string[];
  /** `host:port`; none for a Prometheus that only looks. */
  readonly alertmanagers: readonly string[];
  /** Seconds between two scrapes. */
  readonly scrapeSeconds: number;
  /** Put on every series as `namespace`, as Kubernetes does; dashboards choose by it. */
  readonly namespace: string;
  /** Tells this Prometheus' series apart from those of others, where Thanos keeps them together. */
  readonly replica: string;
}

/** Prometheus' configuration file, as an object. */
export function prometheusConfig(places: PrometheusPlaces) {
  const { jobs, ruleFiles, alertmanagers, scrapeSeconds, namespace, replica } = places;
  return {
    global: {
      scrape_interval: `${scrapeSeconds}s`,
      scrape_timeout: `${Math.min(10, scrapeSeconds)}s`,
      evaluation_interval: `${scrapeSeconds}s`,
      external_labels: { cluster: namespace, prometheus_replica: replica },
    },
    rule_files: [...ruleFiles],
    alerting: {
      alert_relabel_configs: [{ regex: "prometheus_replica", action: "labeldrop" }],
      alertmanagers: [{ static_configs: [{ targets: [...alertmanagers] }] }],
    },
    scrape_configs: [...jobs].map(([job, targets]) => ({
      job_name: job,
      ...discovery(targets),
      relabel_configs: [{ target_label: "namespace", replacement: namespace }, ...instance(targets)],
    })),
  };
}

function discovery(targets: Targets) {
  if ("addresses" in targets) return { static_configs: [{ targets: [...targets.addresses] }] };
  const { names, port } = targets;
  return { dns_sd_configs: [{ names: [...names], type: "A", port, refresh_interval: "15s" }] };
}

function instance(targets: Targets) {
  if (!("instance" in targets)) return [];
  return [{ source_labels: ["__meta_dns_name"], regex: targets.instance, target_label: "instance" }];
}
