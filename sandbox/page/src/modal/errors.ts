import { useEffect, useRef, useState, type RefObject } from "react";

import type { Form } from "../state/surface";
import { elementsOf } from "../state/values";
import type { Block, Values } from "../types";

type Errors = Record<string, string>;

// The only thing that the page itself refuses: half a moment has no value that could be sent.
const HALF = "Please enter both a date and a time.";

function halves(form: Form, blocks: Block[]): Errors {
  const half = elementsOf(blocks).filter(({ blockId, element }) => {
    const moment = element.type === "datetimepicker" ? form.momentOf(blockId, element) : undefined;
    return moment && (moment.date === "") !== (moment.time === "");
  });
  return Object.fromEntries(half.map(({ blockId }) => [blockId, HALF]));
}

export interface FormErrors {
  /** What stands under the inputs now: an error goes when the value that it is about changes. */
  errors: Errors;
  /** Which moments are begun only; tells it under them, too. */
  refuseHalves(): boolean;
  /** The values that the server's next errors are about. */
  sent(): void;
}

export function useErrors(form: Form, blocks: Block[], told: Errors | null | undefined): FormErrors {
  const [asked, setAsked] = useState(false);
  const [about, setAbout] = useState({ told, values: form.values });
  // Errors that came without this tab's asking (another tab sent the form) are about what stands here now.
  if (about.told !== told) setAbout({ told, values: form.values });
  const half = halves(form, blocks);
  return {
    errors: { ...unmended(told ?? {}, about.values, form.values), ...(asked ? half : {}) },
    refuseHalves: () => {
      setAsked(true);
      return Object.keys(half).length > 0;
    },
    sent: () => setAbout({ told, values: form.values }),
  };
}

function unmended(told: Errors, then: Values, now: Values): Errors {
  const same = (id: string): boolean => JSON.stringify(then[id]) === JSON.stringify(now[id]);
  return Object.fromEntries(Object.entries(told).filter(([id]) => same(id)));
}

/** After a refused submit the focus is on the first input to mend. */
export function useFocusOnError(dialog: RefObject<HTMLElement | null>, refused: number, any: boolean): void {
  const last = useRef(refused);
  useEffect(() => {
    if (!any || refused === last.current) return;
    last.current = refused;
    dialog.current?.querySelector<HTMLElement>(".field.invalid :is(input:not([hidden]), textarea, button)")?.focus();
  }, [dialog, refused, any]);
}
