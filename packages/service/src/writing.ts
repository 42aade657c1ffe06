/** Something that a service writes for people, as the service's page explains it to them. */
export interface Writing {
  /** What people call it, such as `Triage note`. */
  readonly title: string;
  readonly where: WritingPlace;
  /** On which occasion and, of a note, on which tickets: a sentence or two. */
  readonly when: string;
  /** What it means to its reader and what comes next, as far as the text does not say so itself. */
  readonly next?: string;
  /** How it reads, made by the code that writes it; left out where another system has the words. */
  readonly example?: () => string;
}

/** `customer`: a mail that Bruin words and sends to a ticket's contacts. */
export type WritingPlace = "ticket" | "Slack" | "SMS" | "e-mail" | "customer";
