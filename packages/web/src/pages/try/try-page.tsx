// The open door: paste a runbook, see what it becomes, without an account. Uses the preview that is open to everybody, and nothing else.
import { useState } from "react";
import { MayAsk } from "../../steps/may-ask.ts";
import { Button } from "../../ui/button.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { EditorPanes } from "../editor/editor-panes.tsx";
import { useEditor } from "../editor/use-editor.ts";
import { EXAMPLE } from "./example.ts";

/** Ten checks a minute are open to everybody: enough for pasting and answering, so typing may rest a little longer. */
const PREVIEW_DELAY_MS = 1_200;

export const TryPage = () => {
  const editor = useEditor({ text: "", answers: [], delayMs: PREVIEW_DELAY_MS });
  const [offered, setOffered] = useState(true);
  const fill = (): void => {
    editor.setText(EXAMPLE);
    setOffered(false);
  };
  return (
    <MayAsk value={false}>
      <PageHeader
        title="Paste a runbook, see its steps"
        note="No account. Nothing is stored, nothing runs."
        actions={offered && editor.text === "" ? <Button onClick={fill}>Use an example</Button> : undefined}
      />
      <EditorPanes editor={editor}>
        <p className="text-small text-ink-faint">
          The text is checked on this server and forgotten. Ten checks a minute, 300,000 characters. In the product each step then runs on
          an agent inside your network, after the approvals that its risk needs.
        </p>
      </EditorPanes>
    </MayAsk>
  );
};
