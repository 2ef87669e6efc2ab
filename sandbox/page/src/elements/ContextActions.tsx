import { useState, type ReactNode } from "react";

import { useSurface } from "../state/surface";
import { useDesk } from "../state/workspace";
import { flat } from "../text/Rich";
import type { Element, Feedback } from "../types";
import { findable, type ElementProps } from "./props";

/** Thumbs up and down; the pressed one stays pressed. */
export function FeedbackButtons(props: ElementProps): ReactNode {
  const { blockId, element } = props;
  const surface = useSurface();
  const [given, setGiven] = useState<string | null>(null);
  const press = async (one: Feedback): Promise<void> => {
    // Slack sends the pressed button's text and value with the action.
    const sent = { ...element, text: one.text, value: one.value } satisfies Element;
    if (await surface.click(blockId, sent, { type: element.type, value: one.value })) setGiven(one.value);
  };
  return [element.positive_button, element.negative_button].map((one, at) =>
    one ? (
      <button
        key={at}
        type="button"
        className="button icon small"
        aria-label={one.accessibility_label ?? flat(one.text)}
        title={flat(one.text)}
        aria-pressed={given === one.value}
        onClick={() => void press(one)}
        {...findable(props)}
      >
        <span aria-hidden="true">{at === 0 ? "👍" : "👎"}</span>
      </button>
    ) : null,
  );
}

const ICONS: Record<string, string> = { trash: "🗑" };

/** A small button with an icon; some people only may see it. */
export function IconButton(props: ElementProps): ReactNode {
  const { blockId, element } = props;
  const surface = useSurface();
  const { me } = useDesk();
  if (element.visible_to_user_ids && !element.visible_to_user_ids.includes(me.id)) return null;
  return (
    <button
      type="button"
      className="button icon small"
      aria-label={element.accessibility_label ?? flat(element.text)}
      title={flat(element.text)}
      onClick={() => void surface.click(blockId, element)}
      {...findable(props)}
    >
      <span aria-hidden="true">{ICONS[element.icon ?? ""] ?? "◻"}</span>
    </button>
  );
}
