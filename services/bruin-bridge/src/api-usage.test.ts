import { Registry } from "prom-client";
import { expect, test } from "vitest";
import { apiUsage, endpointLabel } from "./api-usage.ts";

test.each([
  ["/api/Ticket/{ticketId}/details/{detailId}/status", "/api/Ticket/{id}/details/{id}/status"],
  ["/api/Ticket/", "/api/Ticket"],
  ["/api/v2/Ticket", "/api/v{id}/Ticket"],
  ["/identity/connect/token", "/identity/connect/token"],
])("%s is counted as %s", (path, label) => {
  expect(endpointLabel(path)).toBe(label);
});

test("calls are counted under the name and labels that dashboards read", async () => {
  const metrics = new Registry();
  const count = apiUsage(metrics);
  count({ method: "GET", path: "/api/Ticket/{ticketId}/details", status: 200 });
  count({ method: "GET", path: "/api/Ticket/{ticketId}/details", status: 200 });
  expect(await metrics.metrics()).toContain(
    'bruin_api_usage_total{method="GET",endpoint_="/api/Ticket/{id}/details",response_status="200"} 2',
  );
});
