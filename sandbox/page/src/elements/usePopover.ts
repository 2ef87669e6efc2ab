import { useEffect, useLayoutEffect, useState, type CSSProperties, type RefObject } from "react";

const ROOM = 280;
const GAP = 4;

/**
 * Places a list below its anchor, or above where the window ends. It is fixed, so that a scrolling
 * modal does not cut it off, and follows its anchor when something scrolls or the anchor grows.
 */
export function usePopover(
  anchor: RefObject<HTMLElement | null>,
  open: boolean,
  close: () => void,
  width?: number,
): CSSProperties {
  const [style, setStyle] = useState<CSSProperties>({ visibility: "hidden" });
  useLayoutEffect(() => {
    const box = anchor.current;
    if (!open || !box) return;
    const follow = (): void => setStyle(place(box.getBoundingClientRect(), width));
    const onScroll = (event: Event): void => {
      if (!inPopover(event.target)) follow();
    };
    const growing = new ResizeObserver(follow);
    follow();
    growing.observe(box);
    document.addEventListener("scroll", onScroll, true);
    window.addEventListener("resize", follow);
    return () => {
      growing.disconnect();
      document.removeEventListener("scroll", onScroll, true);
      window.removeEventListener("resize", follow);
    };
  }, [anchor, open, width]);
  useEffect(() => {
    if (!open) return;
    const onPress = (event: Event): void => {
      if (!anchor.current?.contains(event.target as Node) && !inPopover(event.target)) close();
    };
    document.addEventListener("pointerdown", onPress);
    return () => document.removeEventListener("pointerdown", onPress);
  }, [anchor, open, close]);
  return style;
}

function inPopover(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(".popover") !== null;
}

function place(box: DOMRect, width?: number): CSSProperties {
  const wide = Math.min(width ?? box.width, window.innerWidth - 16);
  const left = Math.max(8, Math.min(box.left, window.innerWidth - wide - 8));
  const below = window.innerHeight - box.bottom;
  const vertical =
    below < ROOM && box.top > below
      ? { bottom: window.innerHeight - box.top + GAP, maxHeight: Math.min(ROOM, box.top - 12) }
      : { top: box.bottom + GAP, maxHeight: Math.min(ROOM, below - 12) };
  return { position: "fixed", left, width: wide, ...vertical };
}
