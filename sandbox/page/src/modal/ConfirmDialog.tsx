import type { ReactNode } from "react";

import { flat, Text } from "../text/Rich";
import type { Confirm } from "../types";
import { useDialog } from "./useDialog";

/** Slack's question before a click leaves. */
export function ConfirmDialog({ confirm, answer }: { confirm: Confirm; answer(agreed: boolean): void }): ReactNode {
  const dialog = useDialog(true, () => answer(false));
  return (
    <div className="veil over">
      <div
        ref={dialog}
        className="modal confirm"
        role="alertdialog"
        aria-modal="true"
        aria-labelledby="confirm-title"
        aria-describedby="confirm-text"
        tabIndex={-1}
      >
        <div className="modal-head">
          <h2 id="confirm-title">{flat(confirm.title)}</h2>
          <button type="button" className="close" aria-label="Close" onClick={() => answer(false)}>
            ×
          </button>
        </div>
        <div className="modal-body" id="confirm-text">
          <Text of={confirm.text} />
        </div>
        <div className="modal-foot">
          <button type="button" className="button big" onClick={() => answer(false)}>
            {flat(confirm.deny)}
          </button>
          <button
            type="button"
            data-autofocus
            className={`button big ${confirm.style === "danger" ? "danger" : "primary"}`}
            onClick={() => answer(true)}
          >
            {flat(confirm.confirm)}
          </button>
        </div>
      </div>
    </div>
  );
}
