/** What Slack's own client refuses before a form leaves, in Slack's words. */
import type { Block, Element, Value, Values } from "../types";
import { elementsOf, isEmpty } from "./values";

const HALF = "Please enter both a date and a time.";
const REQUIRED = "Please complete this required field.";

export function checkForm(blocks: Block[], values: Values, halves: ReadonlySet<string>): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { block, blockId, element } of elementsOf(blocks)) {
    if (block.type !== "input") continue;
    const error = halves.has(blockId) ? HALF : checkInput(block, element, values[blockId]?.[element.action_id ?? ""]);
    if (error) errors[blockId] = error;
  }
  return errors;
}

function checkInput(block: Block, element: Element, value: Value | undefined): string | null {
  if (isEmpty(value)) return block.optional ? null : REQUIRED;
  const text = value?.value;
  if (typeof text !== "string") return null;
  switch (element.type) {
    case "plain_text_input": return checkLength(element, text);
    case "number_input": return checkNumber(element, text);
    case "email_text_input":
      return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? null : "Please enter a valid email address.";
    case "url_text_input":
      return URL.canParse(text) ? null : "Please enter a valid URL, with https:// in front.";
    default: return null;
  }
}

// Slack's own limit for a text input that states none.
export const LONGEST_TEXT = 3000;

function checkLength(element: Element, text: string): string | null {
  const longest = element.max_length ?? LONGEST_TEXT;
  if (element.min_length !== undefined && text.length < element.min_length)
    return `Please enter at least ${element.min_length} characters; there are ${text.length}.`;
  if (text.length > longest)
    return `Please shorten this to ${longest} characters; there are ${text.length}.`;
  return null;
}

function checkNumber(element: Element, text: string): string | null {
  const number = Number(text);
  if (Number.isNaN(number)) return "Please enter a number.";
  if (!element.is_decimal_allowed && !Number.isInteger(number)) return "Please enter a whole number.";
  if (element.min_value !== undefined && number < Number(element.min_value))
    return `Please enter a number of at least ${element.min_value}.`;
  if (element.max_value !== undefined && number > Number(element.max_value))
    return `Please enter a number of at most ${element.max_value}.`;
  return null;
}
