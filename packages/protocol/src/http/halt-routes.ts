// Endpoints of the two halts: panic, which people switch on, and party mode, which the product enters by itself.
import * as o from "./operations.ts";
import { route } from "./route.ts";

export const haltRoutes = {
  getPanic: route({
    method: "GET",
    path: "/panic",
    summary: "Panic state, per agent",
    access: "viewer",
    status: 200,
    response: o.panicState,
    limit: "read",
  }),
  panicOn: route({
    method: "POST",
    path: "/panic/on",
    summary: "Stop everything",
    access: "operator",
    body: o.panicRequest,
    status: 200,
    response: o.panicState,
    limit: "write",
  }),
  panicOff: route({
    method: "POST",
    path: "/panic/off",
    summary: "Lift panic",
    access: "admin",
    humanOnly: true,
    body: o.panicRequest,
    status: 200,
    response: o.panicState,
    limit: "write",
  }),

  getPartyMode: route({
    method: "GET",
    path: "/party-mode",
    summary: "Whether the product has halted itself, and why",
    access: "viewer",
    status: 200,
    response: o.partyModeState,
    limit: "read",
  }),
  leavePartyMode: route({
    method: "POST",
    path: "/party-mode/clear",
    summary: "End party mode after an investigation",
    access: "admin",
    humanOnly: true,
    body: o.panicRequest,
    status: 200,
    response: o.partyModeState,
    limit: "write",
  }),
} as const;
