import { useLayoutEffect, type RefObject } from "react";

const GAP = 8;

/** Keeps a card above every composer on the screen: what is being typed is never covered. */
export function useAbove(card: RefObject<HTMLElement | null>, place: string | null): void {
  useLayoutEffect(() => {
    const box = card.current;
    const desk = box?.closest<HTMLElement>(".desk");
    if (!box || !desk) return;
    const follow = (): void => {
      const tops = [...desk.querySelectorAll(".composer")].map((one) => one.getBoundingClientRect().top);
      const floor = Math.min(desk.getBoundingClientRect().bottom, ...tops);
      box.style.bottom = `${window.innerHeight - floor + GAP}px`;
      desk.style.setProperty("--tour-room", `${box.offsetHeight + GAP}px`);
    };
    const sizes = new ResizeObserver(follow);
    const watch = (): void => {
      sizes.disconnect();
      for (const one of [desk, box, ...desk.querySelectorAll(".composer")]) sizes.observe(one);
      follow();
    };
    // A composer comes and goes with its channel, its thread and the app's tabs.
    const parts = new MutationObserver(watch);
    for (const one of [desk, ...desk.querySelectorAll(".channel")]) parts.observe(one, { childList: true });
    watch();
    return () => {
      sizes.disconnect();
      parts.disconnect();
      desk.style.removeProperty("--tour-room");
    };
  }, [card, place]);
}
