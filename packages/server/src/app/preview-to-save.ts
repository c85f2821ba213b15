// A text that will be stored goes in; its preview comes out with every advisor's opinion in it: the language model is waited for, within its budget.
// Where model and scanner contradict each other about danger, that is noted. The only preview that saving accepts.
import type { AppContext } from "./context.ts";
import { parsePreview, type Preview, type PreviewText } from "./parse-preview.ts";

/** Errors: those of parsePreview. */
export async function previewToSave(app: AppContext, tenantId: string, text: PreviewText): Promise<Preview> {
  const preview = await parsePreview(app, text, "all", (contexts) => app.llm.classify(tenantId, contexts));
  await app.llm.compare(tenantId, preview.lines);
  return preview;
}
