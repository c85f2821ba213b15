// The keys, on "?".
import { Modal } from "../ui/modal.tsx";
import { KEY_HELP } from "./hotkey-map.ts";

export const HelpDialog = ({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) => (
  <Modal title="Keyboard" open={open} onClose={onClose}>
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
      {KEY_HELP.map(({ keys, meaning }) => (
        <div key={keys} className="contents">
          <dt>
            <kbd className="rounded border border-line-strong px-2 py-0.5 font-mono text-small whitespace-nowrap text-ink-strong">
              {keys}
            </kbd>
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  </Modal>
);
