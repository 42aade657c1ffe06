/** A file that follows from the services' definitions. It is committed, so that a change of it can be reviewed. */
export interface GeneratedFile {
  /** From the repository's root. */
  readonly path: string;
  readonly text: string;
}
