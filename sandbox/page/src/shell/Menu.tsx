import { useCallback, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from "react";

import { Icon, type IconName } from "./Icon";
import { Popover, stopsOf } from "./Popover";

export interface Item {
  label: string;
  detail?: string | undefined;
  danger?: boolean;
  /** Whether a line stands above it. */
  apart?: boolean;
  run(): void;
}

interface MenuProps {
  anchor: RefObject<HTMLElement | null>;
  label: string;
  items: Item[];
  close(): void;
}

export function Menu({ anchor, label, items, close }: MenuProps): ReactNode {
  const choose = (item: Item): void => {
    close();
    anchor.current?.focus();
    item.run();
  };
  return (
    <Popover anchor={anchor} label={label} role="menu" width={260} close={close}>
      <div role="none" onKeyDown={moveFocus}>
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={`${item.danger ? "danger" : ""}${item.apart ? " apart" : ""}`}
            onClick={() => choose(item)}
          >
            {item.label}
            {item.detail && <small>{item.detail}</small>}
          </button>
        ))}
      </div>
    </Popover>
  );
}

export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const items = stopsOf(event.currentTarget);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items.at(to % items.length)?.focus();
}

interface ButtonProps {
  label: string;
  icon: IconName;
  items: Item[];
  className?: string;
}

/** A button with a menu behind it. */
export function MenuButton({ label, icon, items, className }: ButtonProps): ReactNode {
  const { anchor, open, toggle, close } = useOpen();
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className={className ?? "tool"}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={toggle}
      >
        <Icon name={icon} />
      </button>
      {open && <Menu anchor={anchor} label={label} items={items} close={close} />}
    </>
  );
}

interface Opening {
  anchor: RefObject<HTMLButtonElement | null>;
  open: boolean;
  toggle(): void;
  close(): void;
}

/** What a button needs to have something behind it. */
export function useOpen(): Opening {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);
  return { anchor, open, toggle: () => setOpen(!open), close };
}
