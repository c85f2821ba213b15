// What a row of the tables of HTTP control APIs says, and the short form in which the tables write it. Data only; http-request.ts decides.
import type { Risk } from "../../../types.ts";

export interface ApiRule {
  readonly service: string;
  /** Separated by blanks, or "*" for any. */
  readonly methods: string;
  /** Matches the decoded path. */
  readonly path: RegExp;
  /** safe says that the request only reads although its method could change something; it counts only when the address is written out. */
  readonly risk: Risk;
  readonly why: string;
  readonly safer?: string;
  readonly sensitive?: true;
  readonly unbounded?: true;
  /** The host and port it stands for: `host:port`. */
  readonly host?: RegExp;
  /** Only with such a query, and only without. */
  readonly query?: RegExp;
  readonly unless?: RegExp;
  /** Only with such a body. */
  readonly body?: RegExp;
}

type Extra = Partial<Pick<ApiRule, "safer" | "sensitive" | "unbounded" | "host" | "query" | "unless" | "body">>;

/** Rows of one service: methods, path, risk, why, and what narrows it. */
export function apis(
  service: string,
  rows: readonly (readonly [methods: string, path: RegExp, risk: Risk, why: string, extra?: Extra])[],
): readonly ApiRule[] {
  return rows.map(([methods, path, risk, why, extra]) => ({ service, methods, path, risk, why, ...extra }));
}

/** Methods that read, methods that change, and all of them. */
export const reads = "GET HEAD";
export const changes = "POST PUT PATCH";
export const any = "*";
export const secret = { sensitive: true } as const;
export const endless = { unbounded: true } as const;
