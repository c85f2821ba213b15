// How one environment variable is read: a raw text goes in, a value or the reason of its refusal comes out. Used by config.ts and its parts.
// A reason never quotes the value.

export type Environment = Readonly<Record<string, string | undefined>>;

/** Why a value was refused, as the end of the sentence "PORT ...". */
export class Refused {
  readonly why: string;
  constructor(why: string) {
    this.why = why;
  }
}

export interface Setting<T> {
  readonly name: string;
  /** As the documentation shows it. */
  readonly default: string;
  readonly meaning: string;
  readonly read: (raw: string | undefined, environment: Environment) => T | Refused;
}

export const setting = <T>(value: Setting<T>): Setting<T> => value;

export const integer =
  (min: number, max: number, fallback: (environment: Environment) => number) =>
  (raw: string | undefined, environment: Environment): number | Refused => {
    if (raw === undefined) return fallback(environment);
    const value = Number(raw);
    return /^\d+$/.test(raw) && value >= min && value <= max ? value : new Refused(`must be a whole number from ${min} to ${max}`);
  };

export const oneOf =
  <T extends string>(values: readonly T[], fallback: T) =>
  (raw: string | undefined): T | Refused =>
    raw === undefined ? fallback : (values.find((value) => value === raw) ?? new Refused(`must be one of ${values.join(", ")}`));

export const url =
  (protocols: readonly string[]) =>
  (raw: string | undefined): string | undefined | Refused => {
    if (raw === undefined) return undefined;
    const refused = new Refused(`must be a URL that starts with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`);
    return URL.canParse(raw) && protocols.includes(new URL(raw).protocol) ? raw : refused;
  };

/** A value that shows itself to nobody who does not ask for it: kept in a closure, so that no log or error can print it by accident. */
export interface SealedSecret {
  readonly reveal: () => string;
}

export function sealed(raw: string | undefined): SealedSecret | undefined | Refused {
  if (raw === undefined) return undefined;
  return /^[\x21-\x7e]{1,4096}$/.test(raw) ? { reveal: () => raw } : new Refused("must be one word of printable ASCII");
}
