/** What happens when a message arrives in the open channel: where the list goes, and what is read out. */
import { useEffect, useRef, useState, type RefObject } from "react";

import { useWorkspace } from "../state/workspace";
import { spoken } from "../text/spoken";
import type { Channel, Message } from "../types";

/**
 * The list runs from the bottom up (column-reverse), so that the newest message stays in sight and
 * one who has scrolled up to read is left alone; only an own message, or an answer
 * to it that nobody else sees, brings the end back.
 */
export function useReturnToEnd(box: RefObject<HTMLElement | null>, newest: Message | undefined, me: string): void {
  const last = useRef<string>(undefined);
  const ts = newest?.ts;
  const mine = newest?.user === me || newest?.ephemeral === true;
  useEffect(() => {
    // What stood there at the beginning does not count: a permalink may lead elsewhere.
    if (mine && last.current !== undefined && last.current !== ts) box.current?.scrollTo({ top: 0 });
    last.current = ts;
  }, [box, mine, ts]);
}

/** What a screen reader hears of messages that came after the channel was opened. */
export function useNewest(channel: Channel, all: Message[]): string {
  const workspace = useWorkspace();
  // Not the newest that is drawn: what is known of a channel that was closed may be old.
  const [opened] = useState(channel.latest ?? "");
  const newest = all.at(-1);
  if (!newest || newest.ts <= opened || newest.user === workspace.me.id) return "";
  return `${workspace.person(newest.user)?.real_name ?? "Someone"}: ${spoken(newest.text, workspace)}`;
}
