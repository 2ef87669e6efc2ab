import { useLayoutEffect, type RefObject } from "react";

const GAP = 8;
/** With less room than this, the card gives up its height for its width. */
const SLIM = 290;
/** From this width on, messages and card find room side by side. */
const BESIDE = 900;
/** A channel list at least this high has room for the card; so much of its top stays free. */
const LIST = 440;
const LIST_TOP = 130;
/** Here the list is a drawer; see narrow.css. */
const NARROW = matchMedia("(max-width: 700px)");
/** Composers, and what stands in place of one. */
const FEET = ".composer, .join-bar";

interface Dock {
  bottom: number;
  right: number;
  most: number;
  wide: number;
}

/** Over the lower end of the channel list, so that no button of a message or thread is covered. */
function overList(desk: HTMLElement): Dock | null {
  const list = desk.querySelector(".sidebar")?.getBoundingClientRect();
  if (!list || NARROW.matches || list.height < LIST) return null;
  return {
    bottom: window.innerHeight - list.bottom + GAP,
    right: window.innerWidth - list.right + GAP,
    most: list.height - LIST_TOP,
    wide: list.width - 2 * GAP,
  };
}

/** In the lower right of the messages: below the channel's head, above every composer. */
function overMessages(desk: HTMLElement, around: DOMRect): Dock {
  const tops = [...desk.querySelectorAll(FEET)].map((one) => one.getBoundingClientRect().top);
  const floor = Math.min(desk.getBoundingClientRect().bottom, ...tops);
  return {
    bottom: window.innerHeight - floor + GAP,
    right: window.innerWidth - around.right + 2 * GAP,
    most: floor - around.top - 2 * GAP,
    wide: around.width - 4 * GAP,
  };
}

/** Keeps a card beside the messages; where they have no room for it, over the channel list, and on small screens over them. */
export function useDocked(card: RefObject<HTMLElement | null>, place: string | null): void {
  useLayoutEffect(() => {
    const box = card.current;
    const desk = box?.closest<HTMLElement>(".desk");
    if (!box || !desk) return;
    const follow = (): void => {
      const around = (desk.querySelector(".message-room, .home") ?? desk).getBoundingClientRect();
      const over = overMessages(desk, around);
      const beside = around.width >= BESIDE && over.most >= SLIM;
      const list = beside ? null : overList(desk);
      for (const [name, size] of Object.entries(list ?? over)) box.style.setProperty(`--dock-${name}`, `${size}px`);
      box.toggleAttribute("data-slim", !list && over.most < SLIM);
      desk.toggleAttribute("data-over-list", list !== null);
      // Where there is room for both, the messages stand beside the card.
      desk.toggleAttribute("data-beside", beside && !box.classList.contains("folded"));
      desk.style.setProperty("--tour-room", `${box.offsetHeight + GAP}px`);
    };
    const sizes = new ResizeObserver(follow);
    const watch = (): void => {
      sizes.disconnect();
      for (const one of [desk, box, ...desk.querySelectorAll(`${FEET}, .message-room, .home, .sidebar`)]) sizes.observe(one);
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
      desk.removeAttribute("data-over-list");
    };
  }, [card, place]);
}
