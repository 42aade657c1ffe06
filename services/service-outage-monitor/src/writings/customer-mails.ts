import type { Writing } from "@trunkline/service";
import { mails } from "../documentation/customer-mails.ts";

type Mail = keyof typeof mails;

const described: Readonly<Record<Mail, Pick<Writing, "title" | "when">>> = {
  acknowledgement: {
    title: "Your circuit is down",
    when: "Everything that is down is a circuit which the customer brings; sent with the first note about it.",
  },
  reminder: {
    title: "Your circuit is still down",
    when: "It lasts; sent once in `MONITORING__WAIT_TIME_BEFORE_SENDING_NEW_MILESTONE_REMINDER`.",
  },
  allDown: {
    title: "Your site is down",
    when: "The edge and all its links are down; sent once, when the ticket is opened.",
  },
};

/** What the service has Bruin mail to the contacts of a ticket. */
export const customerMails: readonly Writing[] = (Object.keys(described) as Mail[]).map((mail) => ({
  title: described[mail].title,
  where: "customer",
  when: `${described[mail].when} Bruin's name of it is \`${mails[mail]}\`.`,
}));
