// Opening a modal within the three seconds that Slack gives: what is ready soon is opened as it is; otherwise a waiting one is opened and replaced.
import type { types } from "@slack/bolt";
import { explain } from "./explain.ts";
import type { Face, Gesture } from "./face.ts";
import { noteView, waitingView } from "./views.ts";

/** How long a person looks at nothing, counted from the click; the rest of the three seconds is for the call itself. */
const patienceMs = 1_500;

const notOpened = "The window could not be opened in time. Press the button once more.";

const after = (ms: number): Promise<"slow"> => new Promise((resolve) => setTimeout(resolve, ms, "slow").unref());

/** `build` gives null where there is nothing to show. @throws what it throws, while nothing was opened */
export async function openWhenReady(
  face: Face,
  gesture: Gesture,
  title: string,
  build: () => Promise<types.ModalView | null>,
): Promise<void> {
  const building = build();
  const leftMs = Math.max(0, patienceMs - (face.app.clock.monotonic() - gesture.sinceMs));
  const first = await Promise.race([building, after(leftMs)]);
  if (first === null) return;
  if (first !== "slow") {
    const opened = await face.web.openView(gesture.triggerId, first);
    return opened.is === "done" ? undefined : gesture.whisper(notOpened);
  }
  const opened = await face.web.openView(gesture.triggerId, waitingView(title));
  if (opened.is !== "done") return (await building) === null ? undefined : gesture.whisper(notOpened);
  const view = await building.catch((error: unknown) => noteView(title, [[explain(error)]]));
  await face.web.updateView(opened.value, view ?? noteView(title, [["Done. The thread shows it."]]));
}
