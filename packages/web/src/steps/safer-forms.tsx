// On request: the smallest edit of a command that the scanner calls safe, and a form that can run where the command itself cannot.
// Asked for one command at a time, because the server scans every candidate; it proposes, nothing runs.
import type { WireExplainedResult } from "@dd0c/protocol/http";
import { useState } from "react";
import { useScannerTest } from "../api/operations.ts";
import { Button } from "../ui/button.tsx";
import { CommandText } from "../ui/command-text.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";

type Suggestion = NonNullable<WireExplainedResult["safer_edit"]>;

const Suggested = ({ title, suggestion }: { readonly title: string; readonly suggestion: Suggestion }) => (
  <div className="space-y-1">
    <p>
      <span className="font-medium text-ink-strong">{title}</span> <span className="text-ink-faint">({suggestion.change})</span>
    </p>
    <CommandText command={suggestion.command} />
    <div>
      <CopyButton text={suggestion.command} label="Copy" />
    </div>
  </div>
);

const Answer = ({ result }: { readonly result: WireExplainedResult }) => {
  const { safer_edit: edit, runnable_form: form } = result;
  if (edit === null && form === null) return <p className="text-ink-faint">The scanner knows no edit that would be safe.</p>;
  return (
    <div className="space-y-3">
      {edit !== null && <Suggested title="Safe with this edit" suggestion={edit} />}
      {form !== null && <Suggested title="Can run in this form" suggestion={form} />}
    </div>
  );
};

export const SaferForms = ({ command }: { readonly command: string }) => {
  const [asked, setAsked] = useState(false);
  const test = useScannerTest(command, asked);
  return (
    <div aria-live="polite">
      {test.data !== undefined && <Answer result={test.data} />}
      {test.error !== null && <ErrorNotice error={test.error} what="No suggestion was made." onRetry={() => void test.refetch()} />}
      {test.data === undefined && test.error === null && (
        <Button onClick={() => setAsked(true)} busy={test.isFetching && "Looking ..."}>
          Suggest a safer form
        </Button>
      )}
    </div>
  );
};
