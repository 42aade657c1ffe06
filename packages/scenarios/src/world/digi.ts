import { ok } from "@trunkline/bus";
import type { Answers } from "./answers.ts";

/** DiGi takes every modem in hand. */
export const digiAnswers: Answers = {
  "digi.reboot": ({ velo_serial: serial }) => ok([{ Message: "Recovery started", VeloSerial: String(serial) }]),
};
