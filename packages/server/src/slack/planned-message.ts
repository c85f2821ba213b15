// One message that a thread is to hold, under a key by which it is found again.
import type { SlackMessage } from "./rich-text.ts";

export interface PlannedMessage extends SlackMessage {
  /** Stays the same for as long as the message does. */
  readonly key: string;
  /** Said once: what has been posted is not changed. */
  readonly once?: true;
  /** Not worth a message of its own: it is told where one stands already. */
  readonly ifThere?: true;
}
