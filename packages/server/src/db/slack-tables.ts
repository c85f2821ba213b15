// The rows of Slack's tables, a part of tables.ts.
import type { NullableJson, NullableTime, Time } from "./column-types.ts";

/** Who a member is in Slack: columns of `members`. */
export type SlackMember = { slack_user_id: string | null; slack_name: string | null; slack_linked_at: NullableTime };

export type SlackTables = {
  slack_link_codes: {
    code_hash: string;
    tenant_id: string;
    slack_user_id: string;
    slack_name: string;
    created_at: Time;
    expires_at: Time;
    used_at: NullableTime;
  };
  slack_threads: {
    id: string;
    tenant_id: string;
    channel_id: string;
    execution_id: string | null;
    alert: NullableJson;
    state: string;
    problem: string | null;
    created_at: Time;
  };
  slack_messages: { thread_id: string; key: string; tenant_id: string; ts: string | null; body_hash: string; written_at: Time };
  slack_deliveries: { tenant_id: string; key_hash: string; received_at: Time };
};
