/** Slack cuts a longer text without a word. In UTF-16 units, as Slack counts. */
export const SLACK_LIMIT = 40_000;

/**
 * The text as Slack will show all of it. A longer one is cut and says so, rather than being spread over several posts:
 * a flood helps nobody, and a delivery that is repeated half-way would show the first posts twice.
 */
export function slackText(message: string): string {
  if (message.length <= SLACK_LIMIT) return message;
  const kept = message.slice(0, SLACK_LIMIT - 100).toWellFormed();
  return `${kept}\n… (cut here: ${message.length - kept.length} more characters do not fit in one message)`;
}
