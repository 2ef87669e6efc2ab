import { useEffect, useRef, type ReactNode } from "react";

import type { Block } from "../types";
import { FromLibrary } from "./FromLibrary";

/** https://docs.slack.dev/reference/block-kit/blocks/markdown-block, its checklists to be read only. */
export function Markdown({ block }: { block: Block }): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const text = box.current;
    if (!text) return;
    // The library draws its text anew when the theme changes.
    const drawn = new MutationObserver(() => readOnly(text));
    readOnly(text);
    drawn.observe(text, { childList: true, subtree: true });
    return () => drawn.disconnect();
  }, [block]);
  return (
    <div ref={box} className="markdown-text" dir="auto">
      <FromLibrary block={block} />
    </div>
  );
}

function readOnly(text: HTMLElement): void {
  for (const tick of text.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')) {
    tick.disabled = true;
    tick.ariaLabel = wordsOf(tick.closest("li")) || (tick.checked ? "Done" : "To do");
  }
}

/** The words of a list's item, without those of a list in it. */
function wordsOf(item: Element | null): string {
  const own = [...(item?.childNodes ?? [])].filter((node) => node.nodeName !== "UL" && node.nodeName !== "OL");
  return own.map((node) => node.textContent).join("").trim();
}
