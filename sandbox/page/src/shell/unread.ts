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
  const found = firstUnread(all, opened.unread, opened.latest, me);
  if (found !== null) setFirst(found);
  return { first: found, count: opened.unread };
}

/** Counted back from what was the newest; null as long as that has not come. */
function firstUnread(all: Message[], unread: number, latest: string | null, me: string): string | null {
  let at = all.findLastIndex(({ ts }) => ts === latest);
  let left = unread;
  let found: string | null = null;
  for (; at >= 0 && left > 0; at -= 1) {
    const message = all[at];
    if (!message || message.user === me) continue;
    left -= 1;
    found = message.ts;
  }
  return found;
}
