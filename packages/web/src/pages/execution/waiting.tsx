// Why a running execution holds still for a moment, inside the card so that nothing moves; a number of seconds counts down.
import type { WireExecution } from "@dd0c/protocol/http";
import { useRef } from "react";
import { countDown } from "../../text/format-time.ts";
import { Prose } from "../../ui/prose.tsx";
import { useNow } from "../../ui/use-now.ts";

export const Waiting = ({ execution, reason }: { readonly execution: WireExecution; readonly reason: string }) => {
  const now = useNow(1_000);
  const said = useRef({ serverTime: "", atMs: 0 });
  if (said.current.serverTime !== execution.server_time) said.current = { serverTime: execution.server_time, atMs: now };
  return (
    <span className="block">
      <Prose text={countDown(reason, now - said.current.atMs)} />
    </span>
  );
};
