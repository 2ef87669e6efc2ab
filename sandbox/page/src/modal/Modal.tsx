import { useState, type ReactNode } from "react";

import { Blocks } from "../blocks/Blocks";
import { Avatar } from "../elements/Avatar";
import { SurfaceContext, useForm } from "../state/surface";
import { carryOver } from "../state/values";
import { useDesk, useWorkspace } from "../state/workspace";
import { flat, Text } from "../text/Rich";
import type { Block, Values, View } from "../types";
import { useErrors, useFocusOnError } from "./errors";
import { useDialog } from "./useDialog";
import { useReading } from "./useReading";

/** One modal. Those below the top one stay, hidden, so that what was typed in them is kept. */
export function Modal({ view, top, depth }: { view: View; top: boolean; depth: number }): ReactNode {
  const { act, appUser } = useDesk();
  const app = useWorkspace().person(appUser);
  const [leaving, setLeaving] = useState(false);
  const [refused, setRefused] = useState(0);
  const [trouble, setTrouble] = useState(false);
  const form = useForm({ view: view.id }, view.blocks, view.state?.values);
  const { errors, refuseHalves, sent } = useErrors(form, view.blocks, view.errors);
  const busy = leaving || view.busy === true;
  const waiting = view.submit_disabled === true && !begun(view.blocks, form.values);
  const close = (): void => void act({ do: "close", view: view.id });
  const closeAll = (): void => void act({ do: "close", view: view.id, everything: true });
  const dialog = useDialog(top, close);
  const body = useReading();
  useFocusOnError(dialog, refused, !busy && Object.keys(errors).length > 0);

  const submit = async (): Promise<void> => {
    if (busy || waiting) return;
    setRefused(refused + 1);
    if (refuseHalves()) return;
    sent();
    setLeaving(true);
    setTrouble(false);
    const answer = await act({ do: "submit", view: view.id, values: form.values }, true);
    setTrouble(!answer.ok);
    setLeaving(false);
  };

  return (
    <div
      ref={dialog}
      className="modal"
      role="dialog"
      aria-modal="true"
      aria-labelledby={`${view.id}-title`}
      data-view-id={view.id}
      data-callback-id={view.callback_id ?? ""}
      hidden={!top}
      tabIndex={-1}
    >
      <form
        noValidate
        aria-busy={busy}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="modal-head">
          {depth > 0 && <CloseButton label="Back" sign="←" press={close} />}
          <Avatar person={app} />
          <h2 id={`${view.id}-title`}>
            <Text of={view.title} />
          </h2>
          <CloseButton label={depth > 0 ? "Close all" : "Close"} sign="×" press={depth > 0 ? closeAll : close} />
        </div>
        {trouble && (
          <p className="trouble-bar" role="alert">
            ⚠ We had some trouble connecting. Try again?
          </p>
        )}
        <div className="modal-body" tabIndex={-1} ref={body}>
          <SurfaceContext value={{ ...form, errors }}>
            <Blocks blocks={view.blocks} />
          </SurfaceContext>
        </div>
        <div className="modal-foot">
          <button type="button" className="button big" onClick={close}>
            {flat(view.close) || (view.submit ? "Cancel" : "Close")}
          </button>
          {view.submit && (
            <button type="submit" className="button big primary" disabled={waiting} aria-disabled={busy || waiting} aria-busy={busy}>
              {busy && <span className="spinner" aria-hidden="true" />}
              <Text of={view.submit} />
            </button>
          )}
        </div>
      </form>
    </div>
  );
}

function CloseButton({ label, sign, press }: { label: string; sign: string; press(): void }): ReactNode {
  return (
    <button type="button" className="close" aria-label={label} onClick={press}>
      {sign}
    </button>
  );
}

/** Whether one or more inputs are completed, which is what `submit_disabled` waits for. */
function begun(blocks: Block[], values: Values): boolean {
  return JSON.stringify(values) !== JSON.stringify(carryOver(blocks, {}, undefined));
}
