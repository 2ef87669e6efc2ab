import { useCallback, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

import type { Aria } from "./props";
import { usePopover } from "./usePopover";

export interface Choice {
  id: string;
  text: string;
  detail?: string;
  group?: string;
  lead?: ReactNode;
}

interface Props {
  id: string;
  choices: Choice[];
  chosen: string[];
  multiple: boolean;
  clearable: boolean;
  most?: number;
  placeholder: string;
  aria: Aria;
  find: Record<string, string>;
  onChoose(ids: string[]): void;
}

/** A select menu with a search in it, for one choice or several. */
export function Combobox(props: Props): ReactNode {
  const { id, choices, chosen, multiple, onChoose } = props;
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState("");
  const [active, setActive] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const close = useCallback(() => {
    setOpen(false);
    setSearch("");
  }, []);
  const style = usePopover(box, open, close);
  const wanted = search.trim().toLowerCase();
  const shown = choices.filter((choice) => `${choice.text} ${choice.detail ?? ""}`.toLowerCase().includes(wanted));
  const full = multiple && props.most !== undefined && chosen.length >= props.most;
  const one = multiple ? undefined : choices.find((choice) => choice.id === chosen[0]);

  const show = (): void => {
    if (open) return;
    setActive(Math.max(0, multiple ? 0 : choices.findIndex((choice) => choice.id === chosen[0])));
    setOpen(true);
  };
  const choose = (choice: Choice | undefined): void => {
    if (!choice) return;
    setSearch("");
    if (!multiple) {
      setOpen(false);
      if (choice.id !== chosen[0]) onChoose([choice.id]);
    } else if (chosen.includes(choice.id)) onChoose(chosen.filter((other) => other !== choice.id));
    else if (!full) onChoose([...chosen, choice.id]);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return show();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive((last) => (last + step + shown.length) % Math.max(1, shown.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (open) choose(shown[active]);
      else show();
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Backspace" && multiple && !search) onChoose(chosen.slice(0, -1));
    else if (event.key === "Tab") close();
  };

  return (
    <div className="combobox" ref={box} onClick={() => input.current?.focus()}>
      {multiple &&
        chosen.map((key) => (
          <Chip
            key={key}
            choice={choices.find((choice) => choice.id === key) ?? { id: key, text: key }}
            remove={() => onChoose(chosen.filter((other) => other !== key))}
          />
        ))}
      {one?.lead && !search && <span className="combobox-lead">{one.lead}</span>}
      <input
        ref={input}
        id={id}
        role="combobox"
        autoComplete="off"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && shown[active] ? `${id}-option-${active}` : undefined}
        placeholder={one?.text ?? (chosen.length ? "" : props.placeholder)}
        // What is chosen stays readable while nothing is searched for.
        value={open || !one ? search : one.text}
        className={one ? "has-choice" : undefined}
        onChange={(event) => {
          setSearch(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onClick={show}
        onKeyDown={onKey}
        {...props.aria}
        {...props.find}
      />
      {one && props.clearable ? (
        <button type="button" className="combobox-clear" aria-label="Clear" onClick={() => onChoose([])}>
          ×
        </button>
      ) : (
        <Chevron />
      )}
      <ul
        id={`${id}-list`}
        className="popover options"
        role="listbox"
        aria-multiselectable={multiple || undefined}
        aria-label="Choices"
        hidden={!open}
        style={style}
      >
        {full && <li className="options-note" role="presentation">At most {props.most}: remove one to choose another.</li>}
        {shown.length === 0 && <li className="options-note" role="presentation">No results</li>}
        {open &&
          shown.map((choice, at) => (
            <OptionRow
              key={choice.id}
              id={`${id}-option-${at}`}
              choice={choice}
              heading={choice.group !== shown[at - 1]?.group ? choice.group : undefined}
              active={at === active}
              selected={chosen.includes(choice.id)}
              pick={() => choose(choice)}
              hover={() => setActive(at)}
            />
          ))}
      </ul>
    </div>
  );
}

function Chip({ choice, remove }: { choice: Choice; remove(): void }): ReactNode {
  return (
    <span className="chip">
      {choice.lead}
      {choice.text}
      <button
        type="button"
        aria-label={`Remove ${choice.text}`}
        onClick={(event) => {
          event.stopPropagation();
          remove();
        }}
      >
        ×
      </button>
    </span>
  );
}

interface RowProps {
  id: string;
  choice: Choice;
  heading: string | undefined;
  active: boolean;
  selected: boolean;
  pick(): void;
  hover(): void;
}

function OptionRow({ id, choice, heading, active, selected, pick, hover }: RowProps): ReactNode {
  return (
    <>
      {heading && <li className="options-group" role="presentation">{heading}</li>}
      <li
        id={id}
        role="option"
        aria-selected={selected}
        className={active ? "option active" : "option"}
        ref={(row) => {
          if (active) row?.scrollIntoView({ block: "nearest" });
        }}
        // The input keeps the focus, or the list would close before the click arrives.
        onPointerDown={(event) => event.preventDefault()}
        onClick={(event) => {
          event.stopPropagation();
          pick();
        }}
        onMouseMove={hover}
      >
        {choice.lead}
        <span>
          {choice.text}
          {choice.detail && <small>{choice.detail}</small>}
        </span>
        {selected && <span className="tick" aria-hidden="true">✓</span>}
      </li>
    </>
  );
}

export function Chevron(): ReactNode {
  return (
    <svg className="chevron" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path d="M4 6l4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
