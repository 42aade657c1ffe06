import type { Dashboard, Panel, Target, TemplateVariable } from "./dashboard.ts";

/** What Grafana puts in the place of `$name` in an expression. */
export type VariableValues = Readonly<Record<string, string>>;

/** An expression as Prometheus gets it. */
export interface PanelQuery {
  /** Dashboard, panel and letter. */
  readonly name: string;
  readonly expr: string;
}

/** Every query of a dashboard, with its variables as they are when it is opened. */
export function queriesOf(dashboard: Dashboard, rateInterval: string): PanelQuery[] {
  const values = initialValues(dashboard, rateInterval);
  return dashboard.panels.flatMap((panel) =>
    targetsOf(panel).map((target) => ({
      name: `${dashboard.title}: ${panel.title} (${target.refId})`,
      expr: resolved(target.expr, values),
    })),
  );
}

export function targetsOf({ targets = [] }: Panel): readonly Target[] {
  return targets;
}

/** @throws an Error for a variable that the dashboard does not have: Grafana would send its name */
export function resolved(expr: string, values: VariableValues): string {
  return expr.replace(/\$\{?(\w+)\}?/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`$${name} is no variable of this dashboard: ${expr}`);
    return value;
  });
}

/**
 * The values that variables have at first.
 *
 * @param rateInterval Grafana's `$__rate_interval`, at least four scrapes
 */
export function initialValues({ templating }: Dashboard, rateInterval: string): VariableValues {
  return {
    __rate_interval: rateInterval,
    ...Object.fromEntries(templating.list.map((variable) => [variable.name, initialValue(variable)])),
  };
}

function initialValue({ current, allValue = ".*" }: TemplateVariable): string {
  const value = [current?.value ?? "$__all"].flat()[0] ?? "$__all";
  return value === "$__all" ? allValue : value;
}
