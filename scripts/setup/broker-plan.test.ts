import { describe, expect, it } from "vitest";
import { brokerPlans, commandsForThePerson } from "./broker-plan.mjs";

const both = {
  "nats-server": { image: "nats:1", apt: "nats-server", brew: "nats-server" },
  "redis-server": { image: "redis:1", apt: "redis-server", brew: "redis" },
};
const bare = { docker: false, apt: false, root: false, sudo: false, brew: false };

describe("ways to get brokers", () => {
  it.each([
    ["nothing is possible", bare, []],
    ["a Docker engine answers", { ...bare, docker: true }, ["docker"]],
    ["apt-get, as root", { ...bare, apt: true, root: true }, ["apt"]],
    ["apt-get, with sudo that asks no password", { ...bare, apt: true, sudo: true }, ["apt"]],
    ["apt-get, but no way to become root", { ...bare, apt: true }, []],
    ["Homebrew", { ...bare, brew: true }, ["brew"]],
    ["Homebrew, as root, which it refuses", { ...bare, brew: true, root: true }, []],
    [
      "all of them: best first",
      { docker: true, apt: true, root: false, sudo: true, brew: true },
      ["docker", "apt", "brew"],
    ],
  ])("%s", (_facts, facts, ways) => {
    expect(brokerPlans(both, facts).map((plan) => plan.way)).toEqual(ways);
  });

  it("are not looked for when nothing is missing", () => {
    expect(brokerPlans({}, { docker: true, apt: true, root: true, sudo: true, brew: true })).toEqual([]);
  });

  it("install only what is missing, after an update, and never ask", () => {
    const { "redis-server": redis } = both;

    const [plan] = brokerPlans({ "redis-server": redis }, { ...bare, apt: true, sudo: true });

    expect(plan).toMatchObject({ way: "apt" });
    const [update, install] = plan?.way === "apt" ? plan.commands : [];
    expect(update?.slice(0, 4)).toEqual(["sudo", "-n", "apt-get", "update"]);
    expect(install).toEqual(
      expect.arrayContaining(["DEBIAN_FRONTEND=noninteractive", "install", "-y", "redis-server"]),
    );
    expect(install).not.toContain("nats-server");
  });
});

describe("commands for the person", () => {
  it.each([
    [
      "a Debian without sudo",
      { apt: true, root: false, platform: "linux" },
      ["sudo apt-get update", "sudo apt-get install -y nats-server redis-server"],
    ],
    [
      "a Debian whose apt-get failed for root",
      { apt: true, root: true, platform: "linux" },
      ["apt-get update", "apt-get install -y nats-server redis-server"],
    ],
    ["a Mac", { apt: false, root: false, platform: "darwin" }, ["brew install nats-server redis"]],
    ["another Linux", { apt: false, root: false, platform: "linux" }, ["docker pull nats:1", "docker pull redis:1"]],
  ])("%s", (_machine, facts, commands) => {
    expect(commandsForThePerson(both, facts)).toEqual(commands);
  });
});
