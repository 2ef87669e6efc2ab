/** Who the tab is and where it looks, kept in the address: a reload changes nothing, and two tabs can be two people. */
import { useCallback, useEffect, useRef, useState } from "react";

export interface Address {
  as: string | null;
  channel: string | null;
  /** The message that a permalink points at. */
  ts: string | null;
  /** The thread that is open. */
  thread: string | null;
  /** The canvas that is open in place of a channel. */
  canvas: string | null;
  /** The part of the conversation that is open; its messages when none is named. */
  tab: string | null;
  pane: "inspector" | null;
}

export interface Permalink {
  channel: string;
  ts: string;
}

const PLACE = ["as", "channel", "canvas"] as const;

export type Move = (change: Partial<Address>) => void;

export function useAddress(): [Address, Move] {
  const [address, setAddress] = useState<Address>(read);
  const last = useRef(address);
  const move = useCallback((change: Partial<Address>) => {
    const before = last.current;
    const next = { ...before, ...change };
    const elsewhere = before.as !== null && PLACE.some((part) => before[part] !== next[part]);
    // The browser's "back" leads to the place before, not to every thread and pane in between.
    history[elsewhere ? "pushState" : "replaceState"](null, "", urlOf(next));
    last.current = next;
    setAddress(next);
  }, []);
  useEffect(() => {
    const onBack = (): void => {
      last.current = read();
      setAddress(last.current);
    };
    window.addEventListener("popstate", onBack);
    return () => window.removeEventListener("popstate", onBack);
  }, []);
  return [address, move];
}

/** The page's address for a person and a place. */
export function urlOf(address: Partial<Address>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(address)) if (value) query.set(key, value);
  return `/?${query}`;
}

function read(): Address {
  const query = new URLSearchParams(location.search);
  const linked = permalink(location.href);
  return {
    as: query.get("as"),
    channel: linked?.channel ?? query.get("channel"),
    ts: linked?.ts ?? query.get("ts"),
    thread: query.get("thread"),
    canvas: query.get("canvas"),
    tab: query.get("tab"),
    pane: query.get("pane") === "inspector" ? "inspector" : null,
  };
}

/** What a permalink of this workspace (`/archives/C…/p1795512600000001`) leads to; null for any other address. */
export function permalink(href: string): Permalink | null {
  if (!URL.canParse(href)) return null;
  const { origin, pathname } = new URL(href);
  const [, channel, seconds, rest] = /^\/archives\/(\w+)\/p(\d+)(\d{6})$/.exec(pathname) ?? [];
  if (origin !== location.origin || !channel) return null;
  return { channel, ts: `${seconds}.${rest}` };
}
