import { useEffect, useRef, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import { createPortal } from "react-dom";

import { usePopover } from "../elements/usePopover";

const STOPS = "button:not([disabled]), input, a[href], [tabindex='0']";

interface Props {
  anchor: RefObject<HTMLElement | null>;
  label: string;
  role?: "dialog" | "menu";
  width: number;
  /** Whether it may be taller than a short list: it stands where there is room below. */
  tall?: boolean;
  close(): void;
  children: ReactNode;
}

/**
 * A box beside a button. It takes the focus, and gives it back when Escape closes it. It stands at
 * the end of the document, where no scrolling list can cut it off.
 */
export function Popover({ anchor, label, role = "dialog", width, tall, close, children }: Props): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const style = usePopover(anchor, true, close, width);
  const placed = style.visibility === undefined;
  useEffect(() => {
    // What is still hidden takes no focus.
    if (placed) stopsOf(box.current)[0]?.focus();
  }, [placed]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      event.preventDefault();
      close();
      anchor.current?.focus();
    } else if (event.key === "Tab") {
      if (role === "menu") leave();
      else keepInside(event, stopsOf(box.current));
    }
    // The list around the button has keys of its own.
    event.stopPropagation();
  };
  const leave = (): void => {
    close();
    anchor.current?.focus();
  };
  return createPortal(
    <div ref={box} className={`popover ${role}${tall ? " tall" : ""}`} role={role} aria-label={label} style={style} onKeyDown={onKeyDown}>
      {children}
    </div>,
    document.body,
  );
}

export function stopsOf(box: HTMLElement | null): HTMLElement[] {
  return [...(box?.querySelectorAll<HTMLElement>(STOPS) ?? [])];
}

function keepInside(event: KeyboardEvent, stops: HTMLElement[]): void {
  const end = event.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement !== end) return;
  event.preventDefault();
  (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
}
