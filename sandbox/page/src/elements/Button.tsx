import { useCallback, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

import { useSurface } from "../state/surface";
import { flat, Text } from "../text/Rich";
import type { Option } from "../types";
import { findable, type ElementProps } from "./props";
import { useLink } from "./useLink";
import { usePopover } from "./usePopover";

export function Button(props: ElementProps): ReactNode {
  const { blockId, element } = props;
  const surface = useSurface();
  const open = useLink();
  const onClick = (): void => {
    if (element.url) open(element.url);
    void surface.click(blockId, element);
  };
  return (
    <button
      type="button"
      id={props.id}
      className={`button ${element.style ?? ""}`}
      aria-label={element.accessibility_label}
      value={element.value}
      onClick={onClick}
      {...findable(props)}
    >
      <Text of={element.text} />
      {element.url && <span className="hidden"> (opens a page)</span>}
    </button>
  );
}

/** A button of the workspace's own workflows, which are not the app's and cannot run here. */
export function WorkflowButton(props: ElementProps): ReactNode {
  const [told, setTold] = useState(false);
  const { element } = props;
  return (
    <span className="workflow">
      <button
        type="button"
        className={`button ${element.style ?? ""}`}
        aria-label={element.accessibility_label}
        onClick={() => setTold(true)}
        {...findable(props)}
      >
        <Text of={element.text} />
      </button>
      <small role="status">{told && "Workflows run in Slack only, not here."}</small>
    </span>
  );
}

/** The three dots with a menu behind them. */
export function Overflow(props: ElementProps): ReactNode {
  const { blockId, element } = props;
  const surface = useSurface();
  const open = useLink();
  const [shown, setShown] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setShown(false), []);
  const style = usePopover(anchor, shown, close, 260);
  const choose = (option: Option): void => {
    setShown(false);
    anchor.current?.focus();
    if (option.url) open(option.url);
    void surface.click(blockId, element, { type: "overflow", selected_option: option });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === "Escape" && shown) {
      event.preventDefault();
      event.stopPropagation();
      setShown(false);
      anchor.current?.focus();
    } else if (event.key === "Tab") setShown(false);
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
        aria-expanded={shown}
        aria-label={element.accessibility_label ?? "More options"}
        onClick={() => setShown(!shown)}
        {...findable(props)}
      >
        <span aria-hidden="true">⋯</span>
      </button>
      {shown && (
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
