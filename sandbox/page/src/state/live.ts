import { useEffect, useRef, useState } from "react";

import type { Answer, Snapshot } from "../types";
import { merged, type Frame } from "./share";

const FIRST_RETRY_MS = 300;
const LAST_RETRY_MS = 4_000;

export interface Live {
  snapshot: Snapshot | null;
  connected: boolean;
}

/** Which channel stands open when the address wants this one. */
type Open = (snapshot: Snapshot, wanted: string | null) => string | null;

interface Following {
  look(channel: string): void;
  stop(): void;
}

/**
 * The workspace as one person sees it, kept fresh by the server: everything but the messages of channels that are
 * not open. Asked for nobody, the server chooses the person, and the same line goes on once the address names them.
 */
export function useLive(as: string | null, wanted: string | null, open: Open): Live {
  const [live, setLive] = useState<Live>({ snapshot: null, connected: true });
  const following = useRef<Following>(null);
  const [seat, setSeat] = useState(as);
  if (as !== seat && as !== live.snapshot?.me.id) setSeat(as);
  const channel = live.snapshot && live.snapshot.me.id === as ? open(live.snapshot, wanted) : wanted;
  const first = useRef(channel);
  useEffect(() => {
    first.current = channel;
    if (channel) following.current?.look(channel);
  }, [channel]);
  useEffect(() => {
    const followed = follow(seat, first.current, setLive);
    following.current = followed;
    return followed.stop;
  }, [seat]);
  return live;
}

function follow(as: string | null, first: string | null, set: React.Dispatch<React.SetStateAction<Live>>): Following {
  let stopped = false;
  let socket: WebSocket;
  let wait = FIRST_RETRY_MS;
  let timer = 0;
  let looking = first;
  // Another person's state is no beginning for this one's.
  let snapshot: Snapshot | null = null;
  const connect = (): void => {
    const asked = looking;
    const who = snapshot?.me.id ?? as;
    socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/page/live${query({ as: who, channel: asked })}`);
    socket.onopen = () => {
      if (looking !== asked) socket.send(JSON.stringify({ look: looking }));
    };
    socket.onmessage = (event: MessageEvent<string>) => {
      if (stopped) return;
      wait = FIRST_RETRY_MS;
      snapshot = merged(snapshot, JSON.parse(event.data) as Frame);
      set({ snapshot, connected: true });
    };
    socket.onclose = () => {
      if (stopped) return;
      set((last) => ({ ...last, connected: false }));
      timer = window.setTimeout(connect, wait);
      wait = Math.min(wait * 2, LAST_RETRY_MS);
    };
  };
  connect();
  return {
    look: (channel) => {
      if (channel === looking) return;
      looking = channel;
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ look: channel }));
    },
    stop: () => {
      stopped = true;
      window.clearTimeout(timer);
      socket.close();
    },
  };
}

function query(asked: Record<string, string | null>): string {
  const given = Object.entries(asked).filter((one): one is [string, string] => one[1] !== null);
  return given.length ? `?${new URLSearchParams(given)}` : "";
}

/** Does one thing as a person. A failure to reach the server is an answer too, never an exception. */
export async function act(as: string, what: Record<string, unknown>): Promise<Answer> {
  try {
    const answer = await fetch(`/page/act${query({ as })}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(what),
    });
    if (answer.headers.get("Content-Type")?.includes("json")) return (await answer.json()) as Answer;
    return { ok: false, error: `The sandbox answered ${answer.status}. Its log says why.` };
  } catch {
    return { ok: false, error: "The sandbox cannot be reached. Is `make demo` still running?" };
  }
}
