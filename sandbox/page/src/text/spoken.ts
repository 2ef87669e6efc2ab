/** Mrkdwn as it is read out: names in place of ids, and no signs. */
import type { Workspace } from "../state/workspace";
import { decode, parseMrkdwn, type Node } from "./mrkdwn";

export function spoken(text: string, workspace: Workspace): string {
  return words(parseMrkdwn(text), workspace);
}

function words(nodes: Node[], workspace: Workspace): string {
  return nodes
    .map((node) => {
      if ("children" in node) return words(node.children, workspace);
      if ("text" in node) return node.text;
      return node.kind === "emoji" ? node.name.replaceAll("_", " ") : named(node.token, node.label, workspace);
    })
    .join("");
}

function named(token: string, label: string | null, { person, channel }: Workspace): string {
  const id = token.slice(1);
  if (token.startsWith("@")) return person(id)?.real_name ?? label ?? "somebody";
  if (token.startsWith("#")) return channel(id)?.name ?? (label || "a private channel");
  if (token.startsWith("!")) return label === null ? id : decode(label);
  return label === null ? "a link" : decode(label);
}
