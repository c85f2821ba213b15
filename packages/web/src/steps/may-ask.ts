// Whether the reader may ask the server more about a command. A visitor without a session may not: only the preview is open to everybody.
import { createContext, use } from "react";

export const MayAsk = createContext(true);

export const useMayAsk = (): boolean => use(MayAsk);
