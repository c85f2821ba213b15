// A language model's part in the editor: asked only when the author says so, because the text then leaves the house. What it said stands for
// exactly the text that it was asked about; after an edit, or for a command that an answer added, it has to be asked again.
import type { WireAnswer, WireModelReview, WirePreview } from "@dd0c/protocol/http";
import { useState } from "react";
import { useModelReview } from "../../../api/model-review.ts";
import { waitsForModel, withReview } from "./with-review.ts";

interface Asked {
  readonly text: string;
  readonly answers: WireAnswer[];
}

export interface Model {
  /** A model is on for this tenant, and was not asked about some command. */
  readonly waits: boolean;
  /** Of the text as it is; undefined while nobody asked about it. */
  readonly review: WireModelReview | undefined;
  /** It was asked about an older text. */
  readonly outdated: boolean;
  readonly asking: boolean;
  readonly error: unknown;
  readonly ask: () => void;
}

export const useModel = (text: string, answers: WireAnswer[], preview: WirePreview | undefined): Model => {
  const [asked, setAsked] = useState<Asked | null>(null);
  const query = useModelReview(asked?.text ?? "", asked?.answers ?? [], asked !== null);
  const ask = (): void => {
    if (asked?.text === text && asked.answers === answers) void query.refetch();
    else setAsked({ text, answers });
  };
  if (asked?.text !== text) return { waits: isWaiting(preview, undefined), outdated: asked !== null, ask, ...silent };
  const { data: review, error, isFetching: asking } = query;
  return { waits: isWaiting(preview, review), outdated: false, ask, review, asking, error };
};

const silent = { review: undefined, asking: false, error: null };

const isWaiting = (preview: WirePreview | undefined, review: WireModelReview | undefined): boolean =>
  preview !== undefined && waitsForModel(withReview(preview, review));
