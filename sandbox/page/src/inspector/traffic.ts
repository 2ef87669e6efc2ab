/** What goes back and forth between Slack and the app, as the server tells it. */
import { useCallback, useEffect, useRef, useState } from "react";

export interface Line {
  n: number;
  at: string;
  /** Who asked: the app called the Web API, or Slack sent something to the app. */
  way: "app" | "slack";
  name: string;
  who: string | null;
  /** Null as long as there is no answer. */
  ok: boolean | null;
  error: string | null;
  status: number | null;
  took_ms: number | null;
  /** 0 the first time, as in `X-Slack-Retry-Num`. */
  attempt: number;
  note: string | null;
}

export interface Exchange {
  line: Line;
  request: unknown;
  response: unknown;
}

const KEPT = 1_000;
const RETRY_MS = 1_000;
/** Lines that come in one breath are drawn at once. */
const BREATH_MS = 60;

export function useTraffic(): { lines: Line[]; clear(): void } {
  const [lines, setLines] = useState<Line[]>([]);
  const known = useRef(new Map<number, Line>());
  const cleared = useRef(0);
  useEffect(() => {
    let drawing = 0;
    const draw = (): void => {
      drawing = 0;
      setLines([...known.current.values()]);
    };
    const stop = listen((calls, first) => {
      // The server tells its last lines anew on every connection, and may have been started anew.
      if (first) {
        known.current = new Map();
        if (calls.every((line) => line.n < cleared.current)) cleared.current = 0;
      }
      for (const line of calls) if (line.n > cleared.current) known.current.set(line.n, line);
      for (const n of known.current.keys()) {
        if (known.current.size <= KEPT) break;
        known.current.delete(n);
      }
      drawing ||= window.setTimeout(draw, BREATH_MS);
    });
    return () => {
      stop();
      window.clearTimeout(drawing);
    };
  }, []);
  const clear = useCallback(() => {
    cleared.current = Math.max(cleared.current, ...known.current.keys());
    known.current = new Map();
    setLines([]);
  }, []);
  return { lines, clear };
}

function listen(take: (calls: Line[], first: boolean) => void): () => void {
  let stopped = false;
  let socket: WebSocket | null = null;
  let timer = 0;
  const connect = (): void => {
    let first = true;
    socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/page/traffic`);
    socket.onmessage = (event: MessageEvent<string>) => {
      take((JSON.parse(event.data) as { calls: Line[] }).calls, first);
      first = false;
    };
    socket.onclose = () => {
      if (!stopped) timer = window.setTimeout(connect, RETRY_MS);
    };
  };
  connect();
  return () => {
    stopped = true;
    window.clearTimeout(timer);
    socket?.close();
  };
}

export interface Filter {
  words: string;
  way: "all" | Line["way"];
  errors: boolean;
}

export function isTrouble(line: Line): boolean {
  return line.ok === false || line.error !== null;
}

export function matching(lines: Line[], { words, way, errors }: Filter): Line[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return lines.filter((line) => {
    if (errors && !isTrouble(line)) return false;
    if (way !== "all" && line.way !== way) return false;
    if (wanted.length === 0) return true;
    const text = [line.name, line.who && `@${line.who}`, line.error, line.note, line.status].join(" ").toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
