import { createContext, useContext, useState } from "react";

import type { Block, Element, Value, Values } from "../types";
import { carryOver, fieldOf, holdsValue } from "./values";
import { useDesk } from "./workspace";

/** The place that elements stand in: a message, a modal or a Home tab. */
export interface Surface {
  /** Prefix of element ids in the document. */
  key: string;
  errors: Record<string, string>;
  valueOf(blockId: string, element: Element): Value | undefined;
  change(blockId: string, element: Element, value: Value): void;
  /** Marks an input that is begun but says nothing yet: a date without its time. */
  leaveHalf(blockId: string, half: boolean): void;
  /** Sends a click, with what was chosen, once the person has agreed. False when they did not. */
  click(blockId: string, element: Element, chosen?: Value): Promise<boolean>;
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
  halves: ReadonlySet<string>;
}

const NO_ERRORS: Record<string, string> = {};

/** Holds what is typed and chosen on a surface, and sends its clicks. */
export function useForm(
  place: Place,
  blocks: Block[],
  known: Values | undefined,
): Form {
  const { act, agree } = useDesk();
  const [held, setHeld] = useState<Values>({});
  const [seen, setSeen] = useState<Block[] | null>(null);
  const [halves, setHalves] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set());
  let values = held;
  if (seen !== blocks) {
    values = carryOver(blocks, held, known);
    setHeld(values);
    setSeen(blocks);
  }
  const withChange = (last: Values, blockId: string, element: Element, value: Value): Values => ({
    ...last,
    [blockId]: { ...last[blockId], [element.action_id ?? ""]: value },
  });
  return {
    key: "view" in place ? place.view : `${place.channel}-${place.ts}`,
    values,
    halves,
    errors: NO_ERRORS,
    valueOf: (blockId, element) => values[blockId]?.[element.action_id ?? ""],
    change: (blockId, element, value) => setHeld((last) => withChange(last, blockId, element, value)),
    leaveHalf: (blockId, half) => {
      if (halves.has(blockId) === half) return;
      setHalves((last) => new Set(half ? [...last, blockId] : [...last].filter((other) => other !== blockId)));
    },
    click: async (blockId, element, chosen) => {
      const name = `${blockId}/${element.action_id}`;
      const holds = holdsValue(element);
      // A double click on a button is one click; a select may change its mind at any time.
      if (!holds && busy.has(name)) return false;
      if (!(await agree(element.confirm))) return false;
      const current = chosen && holds ? withChange(values, blockId, element, chosen) : values;
      if (chosen && holds) setHeld((last) => withChange(last, blockId, element, chosen));
      setBusy((last) => new Set(last).add(name));
      const answer = await act({
        do: "click",
        ...place,
        block_id: blockId,
        action_id: element.action_id,
        ...(chosen ? { value: chosenField(chosen) } : {}),
        ...("view" in place ? { values: current } : {}),
      });
      setBusy((last) => new Set([...last].filter((other) => other !== name)));
      return answer.ok;
    },
  };
}

function chosenField(value: Value): Record<string, unknown> {
  const field = fieldOf(value.type);
  return { [field]: value[field as keyof Value] };
}
