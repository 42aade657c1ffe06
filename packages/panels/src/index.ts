export { boardOf, type View } from "./board.ts";
export { complaintsAbout } from "./complaints.ts";
export type { BoardDrawing } from "./drawing.ts";
export { type Picture, preparePage, takePicture } from "./picture.ts";
export { type PanelQuery, queriesOf } from "./query.ts";
export { type DashboardFile, readDashboards } from "./read-dashboards.ts";
export type { Source, Span } from "./source.ts";
