// A dialog on the browser's own dialog element: it traps focus, closes with Escape and injects no style sheet.
import { type ReactNode, useEffect, useId, useRef } from "react";
import { Button } from "./button.tsx";

interface ModalProps {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

export const Modal = ({ title, open, onClose, children }: ModalProps) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (open && dialog.current?.open === false) dialog.current.showModal();
    if (!open && dialog.current?.open === true) dialog.current.close();
  }, [open]);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={onClose}
      className="m-auto w-[min(36rem,calc(100vw-2rem))] rounded-lg border border-line-strong bg-surface-1 p-5 text-ink-normal"
    >
      {open && (
        <>
          <div className="mb-4 flex items-start justify-between gap-4">
            <h2 id={titleId} className="text-title">
              {title}
            </h2>
            <Button look="plain" className="-my-2" onClick={onClose}>
              Close
            </Button>
          </div>
          {children}
        </>
      )}
    </dialog>
  );
};
