// What the time that an approval has been open means, in words. Pure; the figures are the engine's: 5, 15 and 30 minutes.

const MINUTE_MS = 60_000;
const REMINDERS = [5, 15] as const;
const STALL = 30;

/** "Reminder at 5 min, stalled at 30 min, never approved by time." as far as that is still to come. */
export const reminderWords = (openMs: number): string => {
  const next = REMINDERS.find((minutes) => openMs < minutes * MINUTE_MS);
  const first = next === undefined ? "" : `Reminder at ${next} min, `;
  const stall = `${first === "" ? "S" : "s"}talled and escalated at ${STALL} min`;
  return `${first}${stall}; time approves nothing.`;
};
