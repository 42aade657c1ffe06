import type UPlot from "uplot";

declare global {
  const uPlot: typeof UPlot;
}
