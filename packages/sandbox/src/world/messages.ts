import type { Clock } from "@trunkline/clock";
import type { SmsEncoding } from "@trunkline/contracts";
import { type RingBuffer, ringBuffer } from "../ring-buffer.ts";

export const channels = ["slack", "email", "sms"] as const;
export type Channel = (typeof channels)[number];

/** Something people were told. */
export interface Message {
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly channel: Channel;
  readonly from?: string;
  readonly to?: string;
  readonly subject?: string;
  readonly text: string;
  readonly html?: string;
  readonly attachments?: readonly MessageFile[];
  /** How many short messages an SMS is sent as, and in which alphabet. */
  readonly parts?: number;
  readonly encoding?: SmsEncoding;
}

export interface MessageFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** The name by which the HTML shows it, where it does. */
  readonly contentId?: string;
}

const KEPT_PER_CHANNEL = 1_000;

export interface Messages {
  add(message: Omit<Message, "id" | "at">): Message;
  /** Oldest first. */
  list(channel?: Channel): Message[];
}

export function createMessages(clock: Clock, onMessage: (message: Message) => void): Messages {
  const kept: Record<Channel, RingBuffer<Message>> = {
    slack: ringBuffer(KEPT_PER_CHANNEL),
    email: ringBuffer(KEPT_PER_CHANNEL),
    sms: ringBuffer(KEPT_PER_CHANNEL),
  };
  let count = 0;
  return {
    add(message) {
      const added: Message = { ...message, id: `m${++count}`, at: clock.now().toISOString() };
      kept[added.channel].add(added);
      onMessage(added);
      return added;
    },
    list(channel) {
      if (channel !== undefined) return kept[channel].items();
      return channels
        .flatMap((each) => kept[each].items())
        .sort((one, other) => Number(one.id.slice(1)) - Number(other.id.slice(1)));
    },
  };
}
