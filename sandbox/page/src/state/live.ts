import { useEffect, useState } from "react";

import type { Answer, Snapshot } from "../types";
import { share } from "./share";

const FIRST_RETRY_MS = 300;
const LAST_RETRY_MS = 4_000;

export interface Live {
  snapshot: Snapshot | null;
  connected: boolean;
}

/** The workspace as one person sees it, kept fresh by the server. */
export function useLive(as: string | null): Live {
  const [live, setLive] = useState<Live>({ snapshot: null, connected: true });
  useEffect(() => follow(as, setLive), [as]);
  return live;
}

function follow(as: string | null, set: React.Dispatch<React.SetStateAction<Live>>): () => void {
  let stopped = false;
  let socket: WebSocket | null = null;
  let wait = FIRST_RETRY_MS;
  let timer = 0;
  const take = (snapshot: Snapshot): void => {
    if (!stopped) set((last) => ({ snapshot: share(last.snapshot, snapshot), connected: true }));
  };
  const connect = (): void => {
    socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/page/live${query(as)}`);
    socket.onmessage = (event: MessageEvent<string>) => {
      wait = FIRST_RETRY_MS;
      take(JSON.parse(event.data) as Snapshot);
    };
    socket.onclose = () => {
      if (stopped) return;
      set((last) => ({ ...last, connected: false }));
      timer = window.setTimeout(connect, wait);
      wait = Math.min(wait * 2, LAST_RETRY_MS);
    };
  };
  connect();
  return () => {
    stopped = true;
    window.clearTimeout(timer);
    socket?.close();
  };
}

function query(as: string | null): string {
  return as ? `?as=${encodeURIComponent(as)}` : "";
}

export async function firstPerson(): Promise<string> {
  const answer = await fetch("/page/state");
  return ((await answer.json()) as Snapshot).me.id;
}

/** Does one thing as a person. A failure to reach the server is an answer too, never an exception. */
export async function act(as: string, what: Record<string, unknown>): Promise<Answer> {
  try {
    const answer = await fetch(`/page/act${query(as)}`, {
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
