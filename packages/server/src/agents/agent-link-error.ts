// Failures of the agent link's own keeping (keys, certificates): never a refusal of an agent, which is a value.

/** Codes: CA_UNREADABLE, CERTIFICATE_REQUEST_INVALID, ENGINE_KEY_UNREADABLE, PRIVATE_FILE_EXPOSED, AGENT_PORT_UNAVAILABLE. */
export type AgentLinkErrorCode =
  | "CA_UNREADABLE"
  | "CERTIFICATE_REQUEST_INVALID"
  | "ENGINE_KEY_UNREADABLE"
  | "PRIVATE_FILE_EXPOSED"
  | "AGENT_PORT_UNAVAILABLE";

/** A failure with a code; the message is for operators and holds no secret. */
export class AgentLinkError extends Error {
  readonly code: AgentLinkErrorCode;

  constructor(code: AgentLinkErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AgentLinkError";
    this.code = code;
  }
}
