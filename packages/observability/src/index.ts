export { type DeployedFile, deployedFiles } from "./deployed-files.ts";
export { type PrometheusPlaces, prometheusConfig, type Targets } from "./prometheus/prometheus-config.ts";
