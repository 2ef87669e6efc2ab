import { useCallback, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

import { useSurface } from "../state/surface";
import { flat, Text } from "../text/Rich";
import type { Option } from "../types";
import { findable, type ElementProps } from "./props";
import { usePopover } from "./usePopover";

export function Button(props: ElementProps): ReactNode {
  const { blockId, element } = props;
  const surface = useSurface();
  const onClick = async (): Promise<void> => {
    if (!element.url) return void (await surface.click(blockId, element));
    window.open(element.url, "_blank", "noopener");
    await surface.click(blockId, element);
  };
  return (
    <button
      type="button"
      className={`button ${element.style ?? ""}`}
      aria-label={element.accessibility_label}
      value={element.value}
      onClick={() => void onClick()}
      {...findable(props)}
    >
      <Text of={element.text} />
    </button>
  );
}

/** The three dots with a menu behind them. */
export function Overflow(props: ElementProps): ReactNode {
  const { blockId, element } = props;
  const surface = useSurface();
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);
  const style = usePopover(anchor, open, close, 260);
  const choose = (option: Option): void => {
    setOpen(false);
    anchor.current?.focus();
    if (option.url) window.open(option.url, "_blank", "noopener");
    void surface.click(blockId, element, { type: "overflow", selected_option: option });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
      anchor.current?.focus();
    } else if (event.key === "Tab") setOpen(false);
    else moveFocus(event);
  };
  return (
    <span className="overflow" onKeyDown={onKeyDown}>
      <button
        ref={anchor}
        id={props.id}
        type="button"
        className="button icon"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={element.accessibility_label ?? "More options"}
        onClick={() => setOpen(!open)}
        {...findable(props)}
      >
        <span aria-hidden="true">⋯</span>
      </button>
      {open && (
        <div className="popover menu" role="menu" style={style}>
          {(element.options ?? []).map((option, at) => (
            <button
              key={option.value ?? at}
              type="button"
              role="menuitem"
              data-value={option.value}
              autoFocus={at === 0}
              onClick={() => choose(option)}
            >
              {flat(option.text)}
              {option.description && <small>{flat(option.description)}</small>}
            </button>
          ))}
        </div>
      )}
    </span>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const step = event.key === "ArrowDown" ? 1 : -1;
  event.preventDefault();
  items[(at + step + items.length) % items.length]?.focus();
}
