/** Slack's `state.values`: what an element holds before and after a person touches it. */
import type { Block, Element, Value, Values } from "../types";

/** The element types that hold a value, and where; buttons and overflow menus only click. */
const FIELDS: Record<string, keyof Value> = {
  plain_text_input: "value",
  email_text_input: "value",
  url_text_input: "value",
  number_input: "value",
  static_select: "selected_option",
  external_select: "selected_option",
  radio_buttons: "selected_option",
  checkboxes: "selected_options",
  multi_static_select: "selected_options",
  multi_external_select: "selected_options",
  users_select: "selected_user",
  multi_users_select: "selected_users",
  conversations_select: "selected_conversation",
  multi_conversations_select: "selected_conversations",
  channels_select: "selected_channel",
  multi_channels_select: "selected_channels",
  datepicker: "selected_date",
  timepicker: "selected_time",
  datetimepicker: "selected_date_time",
  rich_text_input: "rich_text_value",
  file_input: "files",
};

export function holdsValue(element: Element): boolean {
  return element.type in FIELDS;
}

/** The field of a value that is not its type: `selected_option`, `value`, and so on. */
export function fieldOf(type: string): keyof Value {
  return type === "overflow" ? "selected_option" : (FIELDS[type] ?? "value");
}

export function initialValue(element: Element): Value {
  const field = fieldOf(element.type);
  const source = `initial_${field.replace("selected_", "").replace("rich_text_", "")}` as keyof Element;
  const empty = field.endsWith("s") ? [] : null;
  return { type: element.type, [field]: element[source] ?? empty };
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
    const listed = ROWS.has(block.type) ? (block.elements ?? []) : [];
    const own = [block.element, block.accessory, ...listed, ...((block["actions"] as Element[] | undefined) ?? [])];
    return [
      ...own.flatMap((element) => (element?.action_id ? [{ block, blockId, element }] : [])),
      ...elementsOf(childrenOf(block)),
    ];
  });
}

const ROWS = new Set(["actions", "context_actions"]);

/** The blocks inside a container or a carousel. */
export function childrenOf(block: Block): Block[] {
  if (block.type === "container") return (block["child_blocks"] ?? []) as Block[];
  return block.type === "carousel" ? ((block.elements ?? []) as unknown as Block[]) : [];
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
