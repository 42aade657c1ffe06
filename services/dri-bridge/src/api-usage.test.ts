import { Registry } from "prom-client";
import { expect, test } from "vitest";
import { apiUsage } from "./api-usage.ts";

test("calls are counted under the name and labels that dashboards read", async () => {
  const metrics = new Registry();
  const count = apiUsage(metrics);
  count({ method: "GET", path: "/acs/device/{serial}/taskpending" });
  count({ method: "GET", path: "/acs/device/{serial}/taskpending" });
  expect(await metrics.metrics()).toContain(
    'dri_api_usage_total{method="GET",endpoint_="/acs/device/{serial}/taskpending"} 2',
  );
});
