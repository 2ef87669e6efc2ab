/** A channel marked unread by its reader stays unread although it is open, until it is opened again. */
import { useEffect } from "react";

import type { Desk } from "../state/workspace";
import type { Channel } from "../types";

/** By channel, the first message that was marked. */
const kept = new Map<string, string>();

export async function markUnread(act: Desk["act"], channel: string, ts: string): Promise<void> {
  kept.set(channel, ts);
  const answer = await act({ do: "unread", channel, ts });
  if (!answer.ok) kept.delete(channel);
}

/** The message above which the reader drew the line; the server's answer has the list drawn again. */
export function markedIn(channel: string): string | null {
  return kept.get(channel) ?? null;
}

/** Marks what arrives in an open channel as read. */
export function useRead(act: Desk["act"], channel: Channel | undefined, shown: boolean): void {
  const id = channel?.id;
  const unread = channel?.unread ?? 0;
  useEffect(() => {
    if (id && unread > 0 && shown && !kept.has(id)) void act({ do: "read", channel: id }, true);
  }, [act, id, unread, shown]);
  useEffect(() => {
    if (id) return () => void kept.delete(id);
  }, [id]);
}
