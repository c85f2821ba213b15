// Whether Slack is there, as the pages say it.

export interface SlackState {
  /** The socket is open: what people do there arrives. */
  readonly open: boolean;
  /** Slack answered the last call: what is written arrives. */
  readonly answering: boolean;
  /** Since when it is so, epoch milliseconds. */
  readonly sinceMs: number;
}
