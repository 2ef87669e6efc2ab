import { useState } from "react";

import type { Channel, Message } from "../types";
import { markedIn } from "./marking";

/** The first message that was unread when the channel was opened, or that was marked so since; it stays the first while one reads on. */
export function useFirstUnread(channel: Channel, all: Message[], me: string): { first: string | null; count: number } {
  const [opened] = useState({ unread: channel.unread, latest: channel.latest });
  const [first, setFirst] = useState<string | null>(null);
  const marked = markedIn(channel.id);
  if (marked !== null) return { first: marked, count: 0 };
  if (first !== null || opened.unread === 0) return { first, count: opened.unread };
  const found = firstUnread(all, opened.unread, opened.latest, { channel, me });
  if (found !== null) setFirst(found);
  return { first: found, count: opened.unread };
}

interface Reader {
  channel: Channel;
  me: string;
}

/** What makes a channel unread, as sandbox/browser/snapshot.py counts it. */
function concerns({ user, ts, thread_ts, text }: Message, kind: Channel["kind"], me: string): boolean {
  if (user === me) return false;
  const isReply = thread_ts !== null && thread_ts !== ts;
  return !isReply || kind === "dm" || text.includes(`<@${me}>`);
}

/** Counted back from what was the newest; null as long as that has not come. */
function firstUnread(all: Message[], unread: number, latest: string | null, { channel, me }: Reader): string | null {
  let at = all.findLastIndex(({ ts }) => ts === latest);
  let left = unread;
  let found: string | null = null;
  for (; at >= 0 && left > 0; at -= 1) {
    const message = all[at];
    if (!message || !concerns(message, channel.kind, me)) continue;
    left -= 1;
    found = message.ts;
  }
  return found;
}
