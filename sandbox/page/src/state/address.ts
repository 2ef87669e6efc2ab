/** Who the tab is and where it looks, kept in the address: a reload changes nothing, and two tabs can be two people. */
import { useCallback, useState } from "react";

export interface Address {
  as: string | null;
  channel: string | null;
  /** The message that a permalink points at. */
  ts: string | null;
}

export interface Permalink {
  channel: string;
  ts: string;
}

export function useAddress(): [Address, (change: Partial<Address>) => void] {
  const [address, setAddress] = useState<Address>(read);
  const change = useCallback((part: Partial<Address>) => {
    setAddress((last) => {
      const next = { ...last, ...part };
      const url = new URL("/", location.href);
      for (const [key, value] of Object.entries(next)) if (value) url.searchParams.set(key, value as string);
      history.replaceState(null, "", url);
      return next;
    });
  }, []);
  return [address, change];
}

function read(): Address {
  const query = new URLSearchParams(location.search);
  const linked = permalink(location.href);
  return {
    as: query.get("as"),
    channel: linked?.channel ?? query.get("channel"),
    ts: linked?.ts ?? query.get("ts"),
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
