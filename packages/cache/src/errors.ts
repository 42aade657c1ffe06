/** A build came too late: a run under a newer lease has stored one. */
export class Superseded extends Error {
  override readonly name = "Superseded";

  constructor(list: string, fencingToken: number) {
    super(`${list} was built meanwhile under a newer lease than ${fencingToken}`);
  }
}
