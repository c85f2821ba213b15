// The language model's state, purposes and amounts in words. Pure.
import type { WireModelSettings } from "@dd0c/protocol/http";

type State = WireModelSettings["model"]["state"];

const STATES: Readonly<Record<State, string>> = {
  not_configured: "No language model is configured on this server. The scanner and the built-in advisor decide.",
  off: "Switched off for this organisation. Nothing is sent; the scanner and the built-in advisor decide.",
  retired:
    "Retired: within a day it called more than three different commands safe that the scanner calls dangerous. Nothing is sent until an admin switches it on again.",
  on: "On. It can only raise a risk, never lower one. A command counts as safe only where it agrees; without its answer, safe becomes caution.",
};

export const describeState = (state: State): string => STATES[state];

export const PURPOSES: Readonly<Record<WireModelSettings["calls"][number]["purpose"], string>> = {
  classify: "judge one command",
  review: "read a runbook",
};

/** Two decimals from a dollar on; below it enough to see something. */
export const formatCost = (usd: number | null): string => {
  if (usd === null) return "no price set";
  if (usd === 0) return "$0";
  return usd >= 1 ? `$${usd.toFixed(2)}` : `$${usd.toPrecision(2)}`;
};

const KILO = 1_024;

export const formatBytes = (bytes: number): string => (bytes < KILO ? `${bytes} B` : `${(bytes / KILO).toFixed(1)} kB`);

export const formatTokens = (tokens: number): string => tokens.toLocaleString("en");

/** Enough of a hash to compare by eye. */
export const shortHash = (sha256: string): string => sha256.slice(0, 8);
