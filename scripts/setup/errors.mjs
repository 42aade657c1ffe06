/** Something that the person at the keyboard has to know or do; its message is all they see. */
export class SetupError extends Error {
  /** @override */
  name = "SetupError";
}

/** A command that was part of the setup ended badly. */
export class CommandFailedError extends SetupError {
  /** @override */
  name = "CommandFailedError";

  /**
   * @param {string} command as a person would type it
   * @param {{ outcome: string, output: string }} how
   */
  constructor(command, { outcome, output }) {
    const lines = output.trimEnd().split("\n").slice(-30);
    super(`\`${command}\` ${outcome}:\n\n    ${lines.join("\n    ")}\n`);
    this.output = output;
  }
}
