import { expect, it } from "vitest";
import { parseDigiReboot } from "./digi-reboot.ts";

const note =
  "#*MetTel's IPA*#\nOffline DiGi interface identified for serial: VC100\nInterface: GE-2\nAutomatic reboot attempt started.";

it.each([
  [note, { serial: "VC100", interface: "GE-2" }],
  [note.replace("\nInterface: GE-2", ""), null],
  [note.replace("#*MetTel's IPA*#\n", ""), null],
  ["the DiGi was rebooted by hand", null],
])("%j → %j", (text, expected) => {
  expect(parseDigiReboot(text)).toEqual(expected);
});
