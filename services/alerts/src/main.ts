import { runService } from "@trunkline/service";
import { service } from "./service.ts";

await runService(service);
