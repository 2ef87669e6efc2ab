/** A rich_text block as the text that one types for it: docs.slack.dev/reference/block-kit/blocks/rich-text-block */
import type { Block } from "../types";

export type Style = Partial<Record<"bold" | "italic" | "strike" | "code", boolean>>;

/** Any piece of rich text; which fields it has depends on its type. */
export interface Rich {
  type: string;
  text?: string;
  style?: Style | string;
  elements?: Rich[];
  indent?: number;
  offset?: number;
  url?: string;
  name?: string;
  user_id?: string;
  channel_id?: string;
  usergroup_id?: string;
  range?: string;
  timestamp?: number;
  format?: string;
  fallback?: string;
  value?: string;
}

const MARKS: [keyof Style, string][] = [["code", "`"], ["strike", "~"], ["italic", "_"], ["bold", "*"]];

/** What stands in the field: the text itself while it is typed, and what was typed for a block. */
export function typedFor(value: Block | string | null | undefined): string {
  if (typeof value === "string") return value;
  return ((value?.elements ?? []) as unknown as Rich[]).map(typed).join("\n");
}

function typed(of: Rich): string {
  const inside = (of.elements ?? []).map(run).join("");
  if (of.type === "rich_text_quote") return inside.replace(/^/gm, "> ");
  if (of.type === "rich_text_preformatted") return `\`\`\`\n${inside}\n\`\`\``;
  if (of.type !== "rich_text_list") return inside;
  return (of.elements ?? [])
    .map((item, at) => `${of.style === "ordered" ? `${at + 1}.` : "-"} ${typed(item)}`)
    .join("\n");
}

function run(of: Rich): string {
  if (of.type === "emoji") return `:${of.name}:`;
  if (of.type === "link") return of.text && of.text !== of.url ? `<${of.url}|${of.text}>` : (of.url ?? "");
  if (of.type === "user") return `<@${of.user_id}>`;
  if (of.type === "channel") return `<#${of.channel_id}>`;
  const style = typeof of.style === "object" ? of.style : {};
  return MARKS.reduce((text, [name, mark]) => (style[name] ? `${mark}${text}${mark}` : text), of.text ?? "");
}
