/** How much of a long channel is drawn, and where one stands in it. */
import { startTransition, useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject, type KeyboardEvent } from "react";

import type { Message } from "../types";

const FIRST = 120;
const MORE = 30;
/** So much above the sight, the next older messages are drawn. */
const AHEAD = "2400px";

export interface MessageWindow {
  drawn: Message[];
  /** How many older ones are not drawn yet. */
  left: number;
  /** What stands above the oldest drawn message: coming near it draws more. */
  edge: RefObject<HTMLButtonElement | null>;
  more(): void;
  onKeyDown(event: KeyboardEvent): void;
}

/** The newest messages, and as many older ones as were scrolled to or pointed at; it only ever grows. */
export function useMessageWindow(shown: Message[], pointed: string | null, box: RefObject<HTMLElement | null>): MessageWindow {
  const [oldest, setOldest] = useState<string | null>(null);
  const toTop = useRef(false);
  const edge = useRef<HTMLButtonElement>(null);
  const start = startOf(shown, oldest, pointed);
  const first = shown[start]?.ts ?? null;
  // Held by its name, so that messages that arrive push none out at the other end.
  if (first !== null && (oldest === null || first < oldest)) setOldest(first);

  const upTo = useCallback((at: number) => startTransition(() => setOldest(shown[Math.max(at, 0)]?.ts ?? null)), [shown]);
  const more = useCallback(() => upTo(start - MORE), [upTo, start]);
  useEffect(() => {
    if (!edge.current) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && more(), {
      root: box.current,
      rootMargin: `${AHEAD} 0px 0px 0px`,
    });
    watch.observe(edge.current);
    return () => watch.disconnect();
  }, [box, more]);
  useLayoutEffect(() => {
    if (!toTop.current || start > 0) return;
    toTop.current = false;
    scrollToTop(box.current);
  }, [box, start]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if ((event.key !== "Home" && event.key !== "End") || isTyping(event.target)) return;
    event.preventDefault();
    if (event.key === "End") box.current?.scrollTo({ top: 0 });
    else if (start === 0) scrollToTop(box.current);
    else {
      toTop.current = true;
      upTo(0);
    }
  };
  return { drawn: shown.slice(start), left: start, edge, more, onKeyDown };
}

function startOf(shown: Message[], oldest: string | null, pointed: string | null): number {
  const held = oldest === null ? shown.length - FIRST : shown.findIndex(({ ts }) => ts >= oldest);
  const at = pointed === null ? -1 : shown.findIndex(({ ts }) => ts === pointed);
  const start = held < 0 && oldest !== null ? shown.length - FIRST : held;
  return Math.max(0, at < 0 ? start : Math.min(start, at - MORE));
}

/**
 * To the first message. The browser only guesses how tall a row out of sight is, and its own way up
 * stops short when the rows turn out taller, so this goes on for some frames.
 */
function scrollToTop(box: HTMLElement | null, frames = 8): void {
  if (!box || frames === 0) return;
  box.scrollTop = -box.scrollHeight;
  requestAnimationFrame(() => scrollToTop(box, frames - 1));
}

function isTyping(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}

/** How far up one has scrolled, by what matters: out of sight of the newest message, or far away. */
export function useScrolledUp(box: RefObject<HTMLElement | null>): "no" | "a little" | "far" {
  const [up, setUp] = useState<"no" | "a little" | "far">("no");
  useEffect(() => {
    const list = box.current;
    if (!list) return;
    // A list that runs from the bottom up counts from zero downwards.
    const look = (): void => setUp(list.scrollTop > -40 ? "no" : list.scrollTop > -2 * list.clientHeight ? "a little" : "far");
    list.addEventListener("scroll", look, { passive: true });
    return () => list.removeEventListener("scroll", look);
  }, [box]);
  return up;
}

/** How many messages came since one scrolled away from the newest. */
export function useMissed(shown: Message[], up: boolean): number {
  const newest = shown.at(-1)?.ts;
  const [seen, setSeen] = useState(newest);
  if (!up && seen !== newest) setSeen(newest);
  if (!up || seen === undefined || newest === seen) return 0;
  return shown.length - 1 - shown.findLastIndex(({ ts }) => ts <= seen);
}

/** Whether something of the list has been in sight. */
export function useSeen(box: RefObject<HTMLElement | null>, what: string): boolean {
  // Until the first look nothing is offered that would go away at once.
  const [seen, setSeen] = useState(true);
  useEffect(() => {
    let was = false;
    const look = (): void => {
      const around = box.current?.getBoundingClientRect();
      const line = box.current?.querySelector(what)?.getBoundingClientRect();
      if (!around) return;
      was ||= line !== undefined && line.bottom >= around.top && line.top <= around.bottom;
      setSeen(was);
    };
    const list = box.current;
    look();
    list?.addEventListener("scroll", look, { passive: true });
    return () => list?.removeEventListener("scroll", look);
  }, [box, what]);
  return seen;
}
