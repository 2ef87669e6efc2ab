import { useLayoutEffect, type RefObject } from "react";

const GAP = 8;
/** With less room than this, the card gives up its height for its width. */
const SLIM = 290;
/** From this width on, messages and card find room side by side. */
const BESIDE = 900;
/** Composers, and what stands in place of one. */
const FEET = ".composer, .join-bar";

/** Keeps a card in the lower right of the messages: below the channel's head, beside a thread, above every composer. */
export function useDocked(card: RefObject<HTMLElement | null>, place: string | null): void {
  useLayoutEffect(() => {
    const box = card.current;
    const desk = box?.closest<HTMLElement>(".desk");
    if (!box || !desk) return;
    const follow = (): void => {
      const tops = [...desk.querySelectorAll(FEET)].map((one) => one.getBoundingClientRect().top);
      const floor = Math.min(desk.getBoundingClientRect().bottom, ...tops);
      const around = (desk.querySelector(".message-room, .home") ?? desk).getBoundingClientRect();
      const most = floor - around.top - 2 * GAP;
      const room = { bottom: window.innerHeight - floor + GAP, right: window.innerWidth - around.right + 2 * GAP, most, wide: around.width - 4 * GAP };
      for (const [name, size] of Object.entries(room)) box.style.setProperty(`--dock-${name}`, `${size}px`);
      box.toggleAttribute("data-slim", most < SLIM);
      // Where there is room for both, the messages stand beside the card.
      desk.toggleAttribute("data-beside", around.width >= BESIDE && most >= SLIM && !box.classList.contains("folded"));
      desk.style.setProperty("--tour-room", `${box.offsetHeight + GAP}px`);
    };
    const sizes = new ResizeObserver(follow);
    const watch = (): void => {
      sizes.disconnect();
      for (const one of [desk, box, ...desk.querySelectorAll(`${FEET}, .message-room, .home`)]) sizes.observe(one);
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
      desk.removeAttribute("data-beside");
    };
  }, [card, place]);
}
