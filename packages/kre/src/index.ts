import { join } from "node:path";

/** The file that describes KRE's interface. */
export const kreProtoFile: string = join(import.meta.dirname, "entrypoint.proto");

/** The one service in it, with the methods `Prediction`, `SaveMetrics` and `SaveLiveMetrics`. */
export const kreService = "entrypoint.Entrypoint";
