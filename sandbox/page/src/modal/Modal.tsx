import { useEffect, useRef, useState, type ReactNode } from "react";

import { Blocks } from "../blocks/Blocks";
import { checkForm } from "../state/checks";
import { SurfaceContext, useForm } from "../state/surface";
import { useDesk } from "../state/workspace";
import { flat, Text } from "../text/Rich";
import type { Values, View } from "../types";
import { useDialog } from "./useDialog";

const NONE: Record<string, string> = {};

/** One modal. Those below the top one stay, hidden, so that what was typed in them is kept. */
export function Modal({ view, top, depth }: { view: View; top: boolean; depth: number }): ReactNode {
  const { act } = useDesk();
  const [own, setOwn] = useState<Record<string, string>>(NONE);
  const [leaving, setLeaving] = useState(false);
  const [tries, setTries] = useState(0);
  const [tried, setTried] = useState<Values>({});
  const found = { ...(view.errors ?? NONE), ...own };
  const form = useForm({ view: view.id }, view.blocks, view.state?.values);
  const errors = unmended(found, tried, form.values);
  const busy = leaving || view.busy === true;
  const close = (): void => void act({ do: "close", view: view.id });
  const dialog = useDialog(top, close);
  useFocusOnError(dialog, Object.keys(found).length ? `${tries} ${JSON.stringify(found)}` : "");

  const submit = async (): Promise<void> => {
    if (busy) return;
    const missing = checkForm(view.blocks, form.values, form.halves);
    setOwn(missing);
    setTried(form.values);
    setTries(tries + 1);
    if (Object.keys(missing).length) return;
    setLeaving(true);
    await act({ do: "submit", view: view.id, values: form.values });
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
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="modal-head">
          <h2 id={`${view.id}-title`}>
            <Text of={view.title} />
          </h2>
          <button type="button" className="close" aria-label="Close" onClick={close}>
            {depth > 0 ? "←" : "×"}
          </button>
        </div>
        <div className="modal-body" tabIndex={-1}>
          <SurfaceContext value={{ ...form, errors }}>
            <Blocks blocks={view.blocks} />
          </SurfaceContext>
        </div>
        <div className="modal-foot">
          <button type="button" className="button big" onClick={close}>
            {flat(view.close) || (view.submit ? "Cancel" : "Close")}
          </button>
          {view.submit && (
            <button type="submit" className="button big primary" disabled={busy} aria-busy={busy}>
              {busy && <span className="spinner" aria-hidden="true" />}
              <Text of={view.submit} />
            </button>
          )}
        </div>
      </form>
    </div>
  );
}

/** An error stands until the value that it is about has changed. */
function unmended(found: Record<string, string>, tried: Values, now: Values): Record<string, string> {
  const same = (id: string): boolean => !tried[id] || JSON.stringify(tried[id]) === JSON.stringify(now[id]);
  return Object.fromEntries(Object.entries(found).filter(([id]) => same(id)));
}

/** After a refused submit the focus is on the first input to mend. */
function useFocusOnError(dialog: React.RefObject<HTMLElement | null>, refused: string): void {
  const last = useRef(refused);
  useEffect(() => {
    if (refused && refused !== last.current)
      dialog.current?.querySelector<HTMLElement>(".field.invalid :is(input, textarea)")?.focus();
    last.current = refused;
  }, [dialog, refused]);
}
