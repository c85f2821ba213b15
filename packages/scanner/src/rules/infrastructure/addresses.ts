// Address of a server that a client sends its token to -> whether it plainly lies inside: loopback, private networks, names without a public ending.
// Used for -address and the like; any other address makes a read caution, because whoever answers there has the token.
import type { Arg } from "../../arg.ts";
import type { Finding, OptionRule } from "../../rule.ts";

const insideHost =
  /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?|10(\.\d{1,3}){3}|192\.168(\.\d{1,3}){2}|172\.(1[6-9]|2\d|3[01])(\.\d{1,3}){2}|[a-z0-9_-]+|([a-z0-9_-]+\.)+(consul|internal|local|localdomain|lan|svc|corp|intra|private|home\.arpa))$/i;

/** Whether `address`, with or without scheme and port, names a host inside. */
export function isInside(address: string): boolean {
  const host = address
    .replace(/^(https?|tcp):\/\//i, "")
    .replace(/\/$/, "")
    .replace(/:\d{1,5}$/, "");
  return address.startsWith("unix://") || insideHost.test(host);
}

/** An option that names the server to which a token is sent. */
export const serverAddress: OptionRule = {
  check: (value: Arg): Finding | undefined =>
    value.shape === "literal" && isInside(value.text)
      ? undefined
      : { risk: "caution", why: "sends the token to this address", safer: "set the address in the environment of the agent" },
};
