import type { Clock } from "@trunkline/clock";
import type { Edge, Fleet, Link } from "./model.ts";

/** A modem of DataRemote's behind a wireless link. */
export interface Modem {
  readonly edge: Edge;
  readonly link: Link;
}

/** A question to a modem, which it answers in its own time. */
export interface DeviceTask {
  readonly id: number;
  readonly modem: Modem;
  readonly names: readonly string[];
  readonly startedAt: Date;
}

export interface DeviceTasks {
  /** By DataRemote's own number of the modem, or by the serial of the edge that it is at. */
  modem(serial: string): Modem | undefined;
  start(modem: Modem, names: readonly string[]): DeviceTask;
  find(id: number): DeviceTask | undefined;
  /** Tasks of a modem that are neither answered nor given up. */
  pending(modem: Modem): readonly DeviceTask[];
  /** `Pending`, `Rejected` when the modem could not be asked, or empty when it has answered. */
  standing(task: DeviceTask): "Pending" | "Rejected" | "";
}

export interface DeviceTasksOptions {
  readonly fleet: Fleet;
  readonly clock: Clock;
  /** How long a modem takes to answer. */
  readonly answerSeconds: number;
}

/** A modem that is not there by then is not waited for. */
const GIVE_UP_SECONDS = 60;
const KEPT = 1_000;

/** Nothing runs on timers: how a task stands follows from its age and from the modem's link. */
export function createDeviceTasks({ fleet, clock, answerSeconds }: DeviceTasksOptions): DeviceTasks {
  const modems = new Map<string, Modem>();
  for (const edge of fleet.edges) {
    for (const link of edge.links.filter(({ type }) => type === "WIRELESS")) {
      const modem = { edge, link };
      modems.set(modemNumber(link), modem);
      if (!modems.has(edge.serial)) modems.set(edge.serial, modem);
    }
  }
  const tasks = new Map<number, DeviceTask>();
  let lastId = 1_720_000;

  function standing({ modem, startedAt }: DeviceTask): "Pending" | "Rejected" | "" {
    const seconds = (clock.now().getTime() - startedAt.getTime()) / 1_000;
    if (seconds < answerSeconds) return "Pending";
    if (modem.link.state === "STABLE") return "";
    return seconds < GIVE_UP_SECONDS ? "Pending" : "Rejected";
  }

  return {
    modem: (serial) => modems.get(serial),
    start(modem, names) {
      const task = { id: ++lastId, modem, names, startedAt: clock.now() };
      tasks.set(task.id, task);
      tasks.delete(lastId - KEPT);
      return task;
    },
    find: (id) => tasks.get(id),
    pending: (modem) => [...tasks.values()].filter((task) => task.modem === modem && standing(task) === "Pending"),
    standing,
  };
}

/** `709002`, what DataRemote calls a modem. */
export function modemNumber({ id }: Link): string {
  return String(700_000 + id);
}
