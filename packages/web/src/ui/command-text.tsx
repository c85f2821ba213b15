// A command as a person must see it before deciding: every character, wrapped at arguments, risky stretches underlined,
// values from an alert marked, invisible characters spelled out. Text nodes only.
import { Fragment } from "react";
import { type CommandMark, type CommandPiece, type CommandWord, layoutCommand } from "../text/layout-command.ts";

const Piece = ({ piece }: { readonly piece: CommandPiece }) => {
  const mark = piece.mark === null ? "" : `mark-${piece.mark.kind}`;
  if (piece.hidden) {
    return (
      <span className={`hidden-character ${mark}`} title="An invisible character stands here">
        {piece.shown}
      </span>
    );
  }
  if (piece.mark === null) return piece.shown;
  return (
    <span className={mark} title={piece.mark.title}>
      {piece.shown}
    </span>
  );
};

const Word = ({ word }: { readonly word: CommandWord }) => {
  if (word.kind === "newline") return <br />;
  const pieces = word.pieces.map((piece, index) => <Piece key={`${word.start}-${index}`} piece={piece} />);
  return <span className={word.kind}>{pieces}</span>;
};

export const CommandText = ({ command, marks = [] }: { readonly command: string; readonly marks?: readonly CommandMark[] }) => (
  <code className="command">
    {layoutCommand(command, marks).map((word) => (
      <Fragment key={word.start}>
        <Word word={word} />
      </Fragment>
    ))}
  </code>
);
