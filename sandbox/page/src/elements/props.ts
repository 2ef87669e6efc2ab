import type { Element } from "../types";

/** What every interactive element is given. */
export interface ElementProps {
  blockId: string;
  element: Element;
  /** Whether a choice is sent to the app at once, as everywhere but in a plain input block. */
  dispatch: boolean;
  /** The id in the document that a label points to. */
  id: string;
  optional?: boolean;
  aria: Aria;
}

/** How the element is named and described to a screen reader. */
export interface Aria {
  "aria-label"?: string;
  "aria-labelledby"?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
  "aria-required"?: true;
}

export function findable({ blockId, element }: ElementProps): Record<string, string> {
  return { "data-block-id": blockId, "data-action-id": element.action_id ?? "" };
}
