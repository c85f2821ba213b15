// Pieces of output drawn in order. Colour state runs on from piece to piece per stream; standard error is set in italics.
import type { WireOutputChunk } from "@dd0c/protocol/http";
import { memo, useMemo } from "react";
import { createAnsiRenderer, type OutputRun } from "../../text/render-ansi.ts";

interface DrawnPiece {
  readonly id: string;
  readonly stream: WireOutputChunk["stream"];
  readonly runs: readonly OutputRun[];
}

const draw = (chunks: readonly WireOutputChunk[]): readonly DrawnPiece[] => {
  const renderers = { stdout: createAnsiRenderer(), stderr: createAnsiRenderer() };
  return chunks.map((chunk) => ({
    id: `${chunk.stream}:${chunk.offset}`,
    stream: chunk.stream,
    runs: renderers[chunk.stream](chunk.text),
  }));
};

const Run = ({ run, className }: OutputRun) => {
  if (run.hidden) return <span className={`hidden-character ${className}`}>{run.shown}</span>;
  return className === "" ? run.shown : <span className={className}>{run.shown}</span>;
};

const Piece = ({ piece }: { readonly piece: DrawnPiece }) => (
  <span className={piece.stream}>
    {piece.runs.map(({ run, className }, index) => (
      <Run key={`${index}-${run.start}`} run={run} className={className} />
    ))}
  </span>
);

export const OutputText = memo(({ chunks }: { readonly chunks: readonly WireOutputChunk[] }) => {
  const pieces = useMemo(() => draw(chunks), [chunks]);
  return (
    <>
      {chunks.some((chunk) => chunk.stream === "stderr") && <p className="mb-1 text-small text-ink-faint">Italics: standard error</p>}
      <pre className="output text-ink-normal">
        {pieces.map((piece) => (
          <Piece key={piece.id} piece={piece} />
        ))}
      </pre>
    </>
  );
});
