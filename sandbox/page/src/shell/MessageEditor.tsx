import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from "react";

import { useWorkspace } from "../state/workspace";
import type { Message } from "../types";
import { asTyped, edit } from "./editing";

interface Props {
  message: Message;
  channel: string;
  /** What takes the focus when the editing ends. */
  back: RefObject<HTMLElement | null>;
}

export function MessageEditor({ message, channel, back }: Props): ReactNode {
  const workspace = useWorkspace();
  const [text, setText] = useState(() => asTyped(message.text, workspace));
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const end = field.current?.value.length ?? 0;
    field.current?.setSelectionRange(end, end);
  }, []);
  const end = (): void => {
    edit(null);
    back.current?.focus();
  };
  const save = async (): Promise<void> => {
    if (!text.trim()) return;
    const answer = await workspace.act({ do: "edit", channel, ts: message.ts, text: text.trim() });
    if (answer.ok) end();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing || event.shiftKey) return;
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    if (event.key === "Escape") end();
    else void save();
  };
  return (
    <div className="composer-box editor">
      <textarea
        ref={field}
        autoFocus
        rows={Math.min(10, text.split("\n").length)}
        aria-label="Edit message"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="composer-foot">
        <span className="composer-hint">Escape cancels · Enter saves</span>
        <button type="button" className="button small" onClick={end}>
          Cancel
        </button>
        <button type="button" className="button small primary" disabled={!text.trim()} onClick={() => void save()}>
          Save
        </button>
      </div>
    </div>
  );
}
