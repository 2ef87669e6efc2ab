import { useEffect, useState, type RefObject } from "react";

/** A menu under a button: opens with the focus on what is chosen; closes on Escape, Tab, or a press elsewhere. */
export function useMenu(box: RefObject<HTMLElement | null>): { open: boolean; show(open: boolean): void } {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const around = box.current;
    if (!open || !around) return;
    around.querySelector<HTMLElement>('[aria-checked="true"], [role^="menuitem"]')?.focus();
    const onPress = (event: Event): void => {
      if (!around.contains(event.target as Node)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" && event.key !== "Tab") return;
      event.preventDefault();
      setOpen(false);
      around.querySelector("button")?.focus();
    };
    document.addEventListener("pointerdown", onPress);
    around.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("pointerdown", onPress);
      around.removeEventListener("keydown", onKey);
    };
  }, [box, open]);
  return { open, show: setOpen };
}
