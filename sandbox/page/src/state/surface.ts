import { createContext, useContext, useEffect, useRef, useState } from "react";

import type { Answer, Block, Element, Value, Values } from "../types";
import { keepDraft, keyOf, readDraft, type Moment } from "./drafts";
import { carryOver, fieldOf, holdsValue } from "./values";
import { useDesk } from "./workspace";

/** The place that elements stand in: a message, a modal or a Home tab. */
export interface Surface {
  /** Prefix of element ids in the document. */
  key: string;
  errors: Record<string, string>;
  valueOf(blockId: string, element: Element): Value | undefined;
  change(blockId: string, element: Element, value: Value): void;
  /** What was typed into the two fields of a moment, whether it says something yet or not. */
  momentOf(blockId: string, element: Element): Moment | undefined;
  keepMoment(blockId: string, element: Element, moment: Moment): void;
  /** Sends a click, with what was chosen, once the person has agreed. False when they did not. */
  click(blockId: string, element: Element, chosen?: Value): Promise<boolean>;
  /** The control whose last click did not get through. */
  failed: string | null;
  /** Asks the app for the options of an external select. */
  suggest(blockId: string, element: Element, typed: string): Promise<Answer>;
}

export const SurfaceContext = createContext<Surface | null>(null);

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (!surface) throw new Error("useSurface needs a surface around it");
  return surface;
}

export type Place = { view: string } | { channel: string; ts: string };

export interface Form extends Surface {
  values: Values;
}

const NO_ERRORS: Record<string, string> = {};

/** Holds what is typed and chosen on a surface, and sends its clicks. */
export function useForm(place: Place, blocks: Block[], known: Values | undefined): Form {
  const { act, agree, me } = useDesk();
  const draft = "view" in place ? keyOf(me.id, place.view) : null;
  const [begun] = useState(() => readDraft(draft));
  const [held, setHeld] = useState<Values>(begun.values);
  const [moments, setMoments] = useState(begun.moments);
  const [seen, setSeen] = useState<Block[] | null>(null);
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  const [failed, setFailed] = useState<string | null>(null);
  const touched = useRef(false);
  let values = held;
  if (seen !== blocks) {
    values = carryOver(blocks, held, known);
    setHeld(values);
    setSeen(blocks);
  }
  useEffect(() => {
    if (touched.current) keepDraft(draft, { values: held, moments });
  }, [draft, held, moments]);
  const change = (blockId: string, element: Element, value: Value): void => {
    touched.current = true;
    setHeld((last) => withChange(last, blockId, element, value));
  };
  return {
    key: "view" in place ? place.view : `${place.channel}-${place.ts}`,
    values,
    errors: NO_ERRORS,
    valueOf: (blockId, element) => values[blockId]?.[element.action_id ?? ""],
    change,
    momentOf: (blockId, element) => moments[nameOf(blockId, element)],
    keepMoment: (blockId, element, moment) => {
      touched.current = true;
      setMoments((last) => ({ ...last, [nameOf(blockId, element)]: moment }));
    },
    click: async (blockId, element, chosen) => {
      const name = nameOf(blockId, element);
      const holds = holdsValue(element);
      // A double click on a button is one click; a select may change its mind at any time.
      if (!holds && busy.has(name)) return false;
      if (!(await agree(element.confirm))) return false;
      const current = chosen && holds ? withChange(values, blockId, element, chosen) : values;
      if (chosen && holds) change(blockId, element, chosen);
      setBusy((last) => new Set(last).add(name));
      setFailed(null);
      const click = {
        do: "click",
        ...place,
        block_id: blockId,
        action_id: element.action_id,
        ...(chosen ? { value: chosenField(chosen) } : {}),
        values: current,
      };
      const answer = await act(click, true);
      if (!answer.ok) setFailed(name);
      setBusy((last) => new Set([...last].filter((other) => other !== name)));
      return answer.ok;
    },
    failed,
    suggest: (blockId, element, typed) =>
      act({ do: "suggest", ...place, block_id: blockId, action_id: element.action_id, value: typed }, true),
  };
}

export function nameOf(blockId: string, element: Element): string {
  return `${blockId}/${element.action_id ?? ""}`;
}

function withChange(last: Values, blockId: string, element: Element, value: Value): Values {
  return { ...last, [blockId]: { ...last[blockId], [element.action_id ?? ""]: value } };
}

function chosenField(value: Value): Record<string, unknown> {
  const field = fieldOf(value.type);
  return { [field]: value[field as keyof Value] };
}
