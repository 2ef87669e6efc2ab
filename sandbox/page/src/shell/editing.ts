/** Which message is being edited: begun in its menu, or with the up arrow in the composer. */
import { useSyncExternalStore } from "react";

import type { Workspace } from "../state/workspace";
import { decode } from "../text/mrkdwn";
import type { Message } from "../types";

let edited: string | null = null;
const listeners = new Set<() => void>();

/** The same message can stand in the list and in the thread beside it. */
export function editKey(channel: string, ts: string, inThread: boolean): string {
  return `${channel} ${ts} ${inThread}`;
}

export function edit(key: string | null): void {
  edited = key;
  for (const listener of listeners) listener();
}

export function useEdited(key: string): boolean {
  return useSyncExternalStore(listen, () => edited === key);
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** A message's text as it was typed: names in place of ids, characters in place of entities. */
export function asTyped(text: string, { person, channel }: Workspace): string {
  const typed = text.replace(/<([@#!]?)([^|>]*)(?:\|([^>]*))?>/g, (_whole, sign: string, id: string, label?: string) => {
    if (sign === "@") return `@${person(id)?.name ?? label ?? id}`;
    if (sign === "#") return `#${channel(id)?.name ?? label ?? id}`;
    return sign === "!" ? `@${id}` : (label ?? id);
  });
  return decode(typed);
}

// What Slack itself says of a channel; nobody wrote it, so nobody changes it: docs.slack.dev/reference/events/message
const SYSTEM = /^(channel|group)_|^pinned_item$/;

export function isSystem({ subtype }: Message): boolean {
  return SYSTEM.test(subtype ?? "");
}
