/** Slack's `state.values`: what an element holds before and after a person touches it. */
import type { Block, Element, Option, Value, Values } from "../types";

/** The element types that hold a value; buttons and overflow menus only click. */
const EMPTY: Record<string, Value> = {
  plain_text_input: { type: "plain_text_input", value: null },
  email_text_input: { type: "email_text_input", value: null },
  url_text_input: { type: "url_text_input", value: null },
  number_input: { type: "number_input", value: null },
  static_select: { type: "static_select", selected_option: null },
  radio_buttons: { type: "radio_buttons", selected_option: null },
  checkboxes: { type: "checkboxes", selected_options: [] },
  multi_static_select: { type: "multi_static_select", selected_options: [] },
  users_select: { type: "users_select", selected_user: null },
  multi_users_select: { type: "multi_users_select", selected_users: [] },
  conversations_select: { type: "conversations_select", selected_conversation: null },
  multi_conversations_select: { type: "multi_conversations_select", selected_conversations: [] },
  channels_select: { type: "channels_select", selected_channel: null },
  multi_channels_select: { type: "multi_channels_select", selected_channels: [] },
  datepicker: { type: "datepicker", selected_date: null },
  timepicker: { type: "timepicker", selected_time: null },
  datetimepicker: { type: "datetimepicker", selected_date_time: null },
};

export function holdsValue(element: Element): boolean {
  return element.type in EMPTY;
}

/** The field of a value that is not its type: `selected_option`, `value`, and so on. */
export function fieldOf(type: string): string {
  if (type === "overflow") return "selected_option";
  return Object.keys(EMPTY[type] ?? {}).find((key) => key !== "type") ?? "value";
}

export function allOptions(element: Element): Option[] {
  return element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);
}

export function initialValue(element: Element): Value {
  const field = fieldOf(element.type);
  const source = `initial_${field.replace("selected_", "")}` as keyof Element;
  const initial = element[source];
  const empty = EMPTY[element.type] ?? { type: element.type };
  return initial === undefined || initial === null ? empty : { ...empty, [field]: initial };
}

export interface Placed {
  block: Block;
  blockId: string;
  element: Element;
}

/** Every interactive element of a surface with the block it stands in. */
export function elementsOf(blocks: Block[]): Placed[] {
  return blocks.flatMap((block, at) => {
    const blockId = block.block_id ?? `block-${at}`;
    const elements = [block.element, block.accessory, ...(block.type === "actions" ? (block.elements ?? []) : [])];
    return elements.flatMap((element) => (element?.action_id ? [{ block, blockId, element }] : []));
  });
}

/**
 * The values a surface shows: kept where block_id, action_id and type are the same as before, taken
 * from the server's state or the element's initial value where they are new.
 */
export function carryOver(blocks: Block[], held: Values, known: Values | undefined): Values {
  const next: Values = {};
  for (const { blockId, element } of elementsOf(blocks)) {
    if (!holdsValue(element) || !element.action_id) continue;
    const id = element.action_id;
    const candidates = [held[blockId]?.[id], known?.[blockId]?.[id]];
    const kept = candidates.find((value) => value?.type === element.type);
    (next[blockId] ??= {})[id] = kept ?? initialValue(element);
  }
  return next;
}

export function isEmpty(value: Value | undefined): boolean {
  if (!value) return true;
  const held = value[fieldOf(value.type) as keyof Value];
  if (Array.isArray(held)) return held.length === 0;
  return held === null || held === undefined || (typeof held === "string" && held.trim() === "");
}
