// Times as senders write them, to epoch milliseconds. Pure: the calendar is computed, no clock and no Date is asked.

const shape = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:?\d\d)?$/;

/** Days from 1970-01-01 in the Gregorian calendar. @source Howard Hinnant, "chrono-compatible low-level date algorithms" */
function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === "Z") return 0;
  const digits = zone.replace(":", "").slice(1);
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith("-") ? -minutes : minutes;
}

/** ISO 8601 with a zone (none means UTC) to epoch milliseconds; null for anything else, and for the zero time that means "not yet". */
export function readTime(value: unknown): number | null {
  const [, year, month, day, hour, minute, second = "0", fraction = "", zone] = shape.exec(typeof value === "string" ? value : "") ?? [];
  if (year === undefined || Number(year) < 1970) return null;
  const days = dayNumber(Number(year), Number(month), Number(day));
  const seconds = ((days * 24 + Number(hour)) * 60 + Number(minute) - offsetMinutes(zone)) * 60 + Number(second);
  return seconds * 1_000 + Number(fraction.padEnd(3, "0").slice(0, 3));
}

/** A number of milliseconds since 1970, or an ISO text. */
export const readTimeOrMs = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) && value > 0 ? Math.floor(value) : readTime(value);
