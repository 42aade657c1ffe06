import type { Alert } from "./decide-alerts.ts";
import type { Word } from "./on-call.ts";
import type { OpenAlert } from "./open-alerts.ts";

/** What on-call is told when a trouble begins. */
export function beginningWord({ id, since, severity, text, short }: Alert): Word {
  return {
    id: `alert/${id}/${since.toISOString()}`,
    severity,
    slack: `:rotating_light: ${text}`,
    sms: short,
  };
}

/** What on-call is told when it is over. */
export function endWord({ id, since, severity, over }: OpenAlert & { readonly id: string }): Word {
  return { id: `over/${id}/${since}`, severity, slack: `:white_check_mark: ${over}`, sms: over };
}
