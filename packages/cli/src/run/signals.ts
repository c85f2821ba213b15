// What happens when somebody else ends the walk: a closed terminal, a request to end, Ctrl-C without a terminal. In: the person and the way
// to stop what runs. The running command is ended and its result recorded; a question that is open is not answered.
import type { Person } from "@dd0c/executor";
import type { Walk } from "@dd0c/executor";

const codes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** @returns takes the handlers away again */
export const onSignals = (person: Person, asked: Walk["asked"], stop: () => boolean): (() => void) => {
  const handlers = Object.entries(codes).map(([signal, exitCode]) => {
    const handle = () => {
      asked.exitCode ??= exitCode;
      if (!stop()) person.close();
    };
    process.on(signal, handle);
    return () => process.off(signal, handle);
  });
  return () => {
    for (const forget of handlers) forget();
  };
};
