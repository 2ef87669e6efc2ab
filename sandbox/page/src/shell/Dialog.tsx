import type { FormEvent, ReactNode } from "react";
import { createPortal } from "react-dom";

import { useDialog } from "../modal/useDialog";

interface Props {
  title: string;
  close(): void;
  /** The word on the button that does it; without one there is only the cross. */
  submit?: string;
  ready?: boolean;
  onSubmit?(): void;
  children: ReactNode;
}

/** Slack's own small forms: create a channel, browse, set a topic. */
export function Dialog({ title, close, submit, ready = true, onSubmit, children }: Props): ReactNode {
  const dialog = useDialog(true, close);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (ready) onSubmit?.();
  };
  return createPortal(
    <div className="veil">
      <div ref={dialog} className="modal" role="dialog" aria-modal="true" aria-label={title} tabIndex={-1}>
        <form onSubmit={send} noValidate>
          <div className="modal-head">
            <h2>{title}</h2>
            <button type="button" className="close" aria-label="Close" onClick={close}>
              ×
            </button>
          </div>
          <div className="modal-body">{children}</div>
          {submit && (
            <div className="modal-foot">
              <button type="button" className="button big" onClick={close}>
                Cancel
              </button>
              <button type="submit" className="button big primary" disabled={!ready}>
                {submit}
              </button>
            </div>
          )}
        </form>
      </div>
    </div>,
    document.body,
  );
}
