import { useLayoutEffect, useRef, type RefObject } from "react";

import { FOCUSABLE } from "./useDialog";

/** Lets a text that is longer than its window be scrolled by keys: where nothing in it takes the focus, it does itself. */
export function useReading(): RefObject<HTMLDivElement | null> {
  const body = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const box = body.current;
    if (box) box.tabIndex = box.scrollHeight > box.clientHeight && !box.querySelector(FOCUSABLE) ? 0 : -1;
  });
  return body;
}
