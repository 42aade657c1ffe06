import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { z } from "zod";
import { httpKinds, sessionKinds } from "../faults/fault.ts";
import { createDeviceTasks, type DeviceTask, type DeviceTasks, type Modem } from "../world/device-tasks.ts";
import { createSessions } from "./sessions.ts";
import type { StandIn, StandInParts } from "./stand-in.ts";

type DriContext = Context<{ Bindings: HttpBindings }>;

const host = "dri.example.net";
const account = { email: "automation@trunkline.example", password: "sandbox-dri" };

/** DataRemote's API: questions to modems are tasks, whose results are asked for later. */
export function driStandIn({ world, random, settings }: StandInParts): StandIn {
  const { clock, network } = world;
  const tokens = createSessions(clock, random, settings.driTokenSeconds ?? 3_600);
  const tasks = createDeviceTasks({ fleet: network.fleet, clock, answerSeconds: settings.driTaskSeconds ?? 5 });
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.post("/auth/login", async (context) => {
    const { email, password } = await context.req.parseBody();
    const isKnown = email === account.email && password === account.password;
    if (!isKnown) return context.json(failed("Wrong e-mail or password"), 401);
    return context.json({ authorization_token: tokens.open() });
  });

  app.use("/acs/*", async function authorised(context, next) {
    const [, token = ""] = /^Bearer (.+)$/.exec(context.req.header("authorization") ?? "") ?? [];
    return tokens.isValid(token) ? next() : context.json(failed("Invalid token"), 401);
  });
  const ofModem = (answer: (modem: Modem, context: DriContext) => object) => (context: DriContext) => {
    const serial = context.req.param("serial") ?? "";
    const modem = tasks.modem(serial);
    return context.json(modem === undefined ? failed(`There is no device ${serial}`) : answer(modem, context));
  };
  app.get(
    "/acs/device/:serial/taskpending",
    ofModem((modem) => pendingTasks(tasks, modem)),
  );
  app.get(
    "/acs/device/:serial/parameter_returnid",
    ofModem((modem, context) => startTask(tasks, modem, context)),
  );
  app.get(
    "/acs/device/:serial/parameter_tid",
    ofModem((modem, context) => taskResult(tasks, modem, context)),
  );
  app.all("*", (context) => context.json(failed("Not found"), 404));

  const environment = {
    "dri-bridge": { DRI_BASE_URL: `https://${host}`, DRI_USERNAME: account.email, DRI_PASSWORD: account.password },
  };
  const faultKinds = [...httpKinds, ...sessionKinds];
  return { system: "dri", hosts: [host], app, faultKinds, expireSessions: tokens.expireAll, environment };
}

const parameterSet = z.object({ ParameterNames: z.array(z.string()), Source: z.int() });

function pendingTasks(tasks: DeviceTasks, modem: Modem): object {
  return succeeded({ Transactions: tasks.pending(modem).map(({ id }) => ({ Id: id })) });
}

function startTask(tasks: DeviceTasks, modem: Modem, { req }: DriContext): object {
  const set = parameterSet.safeParse(parseJson(req.query("data")));
  if (!set.success) return failed("The parameter set is invalid");
  return succeeded({ Id: tasks.start(modem, set.data.ParameterNames).id });
}

function taskResult(tasks: DeviceTasks, modem: Modem, { req }: DriContext): object {
  const id = req.query("transactionid") ?? "";
  const task = tasks.find(Number(id));
  if (task?.modem !== modem) return failed(`There are no tasks in transaction ID=${id}`);
  const standing = tasks.standing(task);
  return succeeded({ Parameters: standing === "" ? parametersOf(task) : [] }, standing);
}

/** A name that a modem does not know is left out; one that ends in a dot stands for all that begin with it. */
function parametersOf({ modem, names }: DeviceTask) {
  return Object.entries(valuesOf(modem))
    .filter(([known]) => names.some((name) => name === known || (name.endsWith(".") && known.startsWith(name))))
    .map(([Name, Value]) => ({ Name, Value, ErrorCode: 100, Message: "" }));
}

const INFO = "InternetGatewayDevice.DeviceInfo.X_8C192D_lte_info";
const WAN = "InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANIPConnection.1";

function valuesOf({ link }: Modem): Record<string, string> {
  const number = String(link.id).padStart(7, "0");
  return {
    [`${INFO}.SimInsert`]: "true",
    [`${INFO}.Providers`]: link.isp,
    [`${INFO}.SimIccid`]: `8901000000${number}000`,
    [`${INFO}.Subscribernum`]: `1555${number}`,
    [`${INFO}.ModemImei`]: `35000000${number}`,
    [`${WAN}.MACAddress`]: link.logicalId.slice(0, 17),
  };
}

function succeeded(data: object, message = ""): object {
  return { status: "SUCCESS", message: "All Good!", data: { ...data, ErrorCode: 100, Message: message } };
}

function failed(message: string): object {
  return { status: "FAILED", message, data: null };
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}
