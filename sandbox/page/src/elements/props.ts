import type { Element } from "../types";

/** What every interactive element is given. */
export interface ElementProps {
  blockId: string;
  element: Element;
  /** Whether a choice is sent to the app at once, as everywhere but in a plain input block. */
  dispatch: boolean;
  /** The id in the document that a label points to. */
  id: string;
  /** The words of the label, for a second field beside the one that the label points to. */
  label?: string;
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

/** A group of buttons or checkboxes can be neither required nor invalid in ARIA; its error is described instead. */
export function forGroup(aria: Aria): Aria {
  const { "aria-required": _required, "aria-invalid": _invalid, ...rest } = aria;
  return rest;
}
