import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";

import { useSurface } from "../state/surface";
import { flat } from "../text/Rich";
import { typedFor } from "../text/richText";
import type { Value } from "../types";
import { findable, type ElementProps } from "./props";
import { grow } from "./TextInput";

interface Tool {
  name: string;
  sign: string;
  /** Stands around the selection, or before each of its lines. */
  around?: string;
  before?: string;
  key?: string;
}

const TOOLS: Tool[] = [
  { name: "Bold", sign: "B", around: "*", key: "b" },
  { name: "Italic", sign: "I", around: "_", key: "i" },
  { name: "Strikethrough", sign: "S", around: "~" },
  { name: "Code", sign: "</>", around: "`" },
  { name: "Bulleted list", sign: "•", before: "- " },
  { name: "Ordered list", sign: "1.", before: "1. " },
  { name: "Blockquote", sign: "❝", before: "> " },
];

/** A text with Slack's own marks; the server makes the rich_text block of it, as it does for tests. */
export function RichTextInput(props: ElementProps): ReactNode {
  const { blockId, element, dispatch, id } = props;
  const surface = useSurface();
  const field = useRef<HTMLTextAreaElement>(null);
  const text = typedFor(surface.valueOf(blockId, element)?.rich_text_value);
  useEffect(() => grow(field.current), [text]);

  const set = (typed: string): void => {
    const next: Value = { type: element.type, rich_text_value: typed === "" ? null : typed };
    if (dispatch && element.dispatch_action_config?.trigger_actions_on?.includes("on_character_entered"))
      void surface.click(blockId, element, next);
    else surface.change(blockId, element, next);
  };
  const use = (tool: Tool): void => {
    const box = field.current;
    if (!box) return;
    box.focus();
    const { selectionStart: start, selectionEnd: end } = box;
    const from = tool.before ? text.lastIndexOf("\n", start - 1) + 1 : start;
    const chosen = text.slice(from, end);
    const marked = tool.before ? chosen.replace(/^/gm, tool.before) : `${tool.around}${chosen}${tool.around}`;
    set(text.slice(0, from) + marked + text.slice(end));
    const caret = from + marked.length - (tool.around && !chosen ? tool.around.length : 0);
    requestAnimationFrame(() => box.setSelectionRange(caret, caret));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const tool = TOOLS.find((one) => one.key === event.key.toLowerCase());
    if (!tool || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    use(tool);
  };
  return (
    <div className="text-input rich">
      <div className="rich-tools" role="toolbar" aria-label="Formatting" aria-controls={id}>
        {TOOLS.map((tool) => (
          <button key={tool.name} type="button" aria-label={tool.name} title={tool.name} onClick={() => use(tool)}>
            <span aria-hidden="true">{tool.sign}</span>
          </button>
        ))}
      </div>
      <textarea
        id={id}
        ref={field}
        rows={3}
        value={text}
        placeholder={flat(element.placeholder)}
        data-autofocus={element.focus_on_load || undefined}
        onChange={(event) => set(event.target.value)}
        onKeyDown={onKeyDown}
        {...props.aria}
        {...findable(props)}
      />
    </div>
  );
}
