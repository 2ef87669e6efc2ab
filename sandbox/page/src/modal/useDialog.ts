import { useEffect, useLayoutEffect, useRef, type RefObject } from "react";

export const FOCUSABLE =
  'a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), select, [tabindex="0"]';

/** Puts the focus into a dialog, keeps it there, closes on Escape and gives the focus back at the end. */
export function useDialog(top: boolean, close: () => void): RefObject<HTMLDivElement | null> {
  const dialog = useRef<HTMLDivElement>(null);
  const onClose = useRef(close);
  /** Where the focus stood when another dialog was laid on this one. */
  const left = useRef<HTMLElement | null>(null);
  /** Where the dialog itself put the focus. */
  const placed = useRef<HTMLElement | null>(null);
  useEffect(() => {
    onClose.current = close;
  });
  // Before anything is painted: the page behind is inert from then on and has lost the focus.
  useLayoutEffect(() => {
    const box = dialog.current;
    if (!top || !box) return;
    const before = document.activeElement as HTMLElement | null;
    const back = left.current?.isConnected ? left.current : null;
    const onFocus = (event: FocusEvent): void => void (left.current = event.target as HTMLElement);
    box.addEventListener("focusin", onFocus);
    placed.current = back ?? first(box) ?? box;
    placed.current.focus();
    const onKey = (event: KeyboardEvent): void => {
      if (!isTopmost(box)) return;
      if (event.key === "Escape" && !event.defaultPrevented) {
        event.preventDefault();
        onClose.current();
      } else if (event.key === "Tab") keepInside(box, event);
    };
    document.addEventListener("keydown", onKey);
    return () => {
      box.removeEventListener("focusin", onFocus);
      document.removeEventListener("keydown", onKey);
      // Once the page behind is no longer inert; a dialog below this one has taken the focus itself by then.
      queueMicrotask(() => {
        if (document.activeElement === document.body) before?.focus();
      });
    };
  }, [top]);
  // An update of the app's may take away what had the focus, or bring fields to a window that had none.
  useLayoutEffect(() => {
    const box = dialog.current;
    if (!top || !box) return;
    const at = document.activeElement;
    const lost = at === document.body && left.current?.isConnected === false;
    const waited = at === placed.current && at?.closest(".modal-foot");
    if (!lost && !waited) return;
    placed.current = first(box) ?? box;
    placed.current.focus();
  });
  return dialog;
}

/** A confirm dialog stands over the modal that it asks for; only it hears the keys then. */
function isTopmost(box: HTMLElement): boolean {
  const dialogs = document.querySelectorAll('[aria-modal="true"]:not([hidden])');
  return dialogs[dialogs.length - 1] === box;
}

function first(box: HTMLElement): HTMLElement | null {
  return (
    box.querySelector<HTMLElement>("[data-autofocus]") ??
    box.querySelector<HTMLElement>(".modal-body :is(input:not([hidden]), textarea)") ??
    box.querySelector<HTMLElement>('.modal-foot button[type="submit"], .modal-foot button')
  );
}

function keepInside(box: HTMLElement, event: KeyboardEvent): void {
  const stops = [...box.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((stop) => stop.offsetParent !== null);
  const [start, end] = [stops[0], stops.at(-1)];
  if (!start || !end) return;
  const outside = !box.contains(document.activeElement);
  if (event.shiftKey && (outside || document.activeElement === start)) {
    event.preventDefault();
    end.focus();
  } else if (!event.shiftKey && (outside || document.activeElement === end)) {
    event.preventDefault();
    start.focus();
  }
}
