import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";

import { useSurface } from "../state/surface";
import { flat } from "../text/Rich";
import { findable, type ElementProps } from "./props";

const KINDS: Record<string, { type: string; inputMode?: "decimal" | "email" | "url" }> = {
  // A browser's own number field swallows what is no number; Slack shows it with an error.
  number_input: { type: "text", inputMode: "decimal" },
  email_text_input: { type: "text", inputMode: "email" },
  url_text_input: { type: "text", inputMode: "url" },
};

// Slack, too, tells the app what was typed once one pauses.
const PAUSE_MS = 200;

/** Plain text (one line or several), number, email and URL inputs. */
export function TextInput(props: ElementProps): ReactNode {
  const { blockId, element, dispatch, id } = props;
  const surface = useSurface();
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const text = surface.valueOf(blockId, element)?.value ?? "";
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const pause = useRef(0);
  const latest = useRef(surface.click);
  useEffect(() => grow(field.current), [text]);
  useEffect(() => void (latest.current = surface.click));

  const set = (typed: string): void => {
    const next = { type: element.type, value: typed === "" ? null : typed };
    surface.change(blockId, element, next);
    if (!dispatch || !triggers.includes("on_character_entered")) return;
    window.clearTimeout(pause.current);
    pause.current = window.setTimeout(() => void latest.current(blockId, element, next), PAUSE_MS);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !dispatch || !triggers.includes("on_enter_pressed")) return;
    if (element.multiline && event.shiftKey) return;
    event.preventDefault();
    void surface.click(blockId, element, { type: element.type, value: text || null });
  };
  const shared = {
    id,
    ref: field,
    value: text,
    placeholder: flat(element.placeholder),
    "data-autofocus": element.focus_on_load || undefined,
    onKeyDown,
    ...props.aria,
    ...findable(props),
  };
  return (
    <div className="text-input">
      {element.multiline ? (
        <textarea rows={4} onChange={(event) => set(event.target.value)} {...shared} />
      ) : (
        <input {...(KINDS[element.type] ?? { type: "text" })} onChange={(event) => set(event.target.value)} {...shared} />
      )}
      <Counter length={text.length} least={element.min_length} most={element.max_length} />
    </div>
  );
}

/** Keeps all that is typed in sight, up to a height at which scrolling is easier. */
export function grow(field: HTMLElement | null): void {
  if (!(field instanceof HTMLTextAreaElement)) return;
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight + 2, 320)}px`;
}

function Counter({ length, least, most }: { length: number; least?: number; most?: number }): ReactNode {
  if (most !== undefined && length > 0 && most - length <= Math.max(20, most / 10))
    return <span className={length > most ? "counter over" : "counter"}>{most - length}</span>;
  if (least !== undefined && length > 0 && length < least)
    return <span className="counter">{least - length} more</span>;
  return null;
}
