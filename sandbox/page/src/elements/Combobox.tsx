import { useCallback, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

import { Chevron, Chip, OptionRow, type Choice } from "./ComboboxParts";
import type { Aria } from "./props";
import { usePopover } from "./usePopover";

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
  autofocus?: boolean;
  /** Where the choices come from elsewhere: told what is typed as soon as the list is open. */
  onSearch?(typed: string): void;
  /** What is chosen but may stand in the list no more. */
  known?: Choice[];
  /** Stands in place of "No results". */
  note?: string;
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
  const fits = (choice: Choice): boolean => `${choice.text} ${choice.detail ?? ""}`.toLowerCase().includes(wanted);
  const shown = props.onSearch ? choices : choices.filter(fits);
  const full = multiple && props.most !== undefined && chosen.length >= props.most;
  const known = (id: string): Choice => [...choices, ...(props.known ?? [])].find((one) => one.id === id) ?? { id, text: id };
  const one = multiple || chosen[0] === undefined ? undefined : known(chosen[0]);

  const show = (): void => {
    if (open) return;
    setActive(Math.max(0, multiple ? 0 : choices.findIndex((choice) => choice.id === chosen[0])));
    setOpen(true);
    props.onSearch?.("");
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
            choice={known(key)}
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
          props.onSearch?.(event.target.value);
        }}
        onClick={show}
        onKeyDown={onKey}
        data-autofocus={props.autofocus || undefined}
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
      <div className="popover options" hidden={!open} style={style}>
        {open && (full || shown.length === 0) && (
          <p className="options-note" role="status">
            {full ? `At most ${props.most}: remove one to choose another.` : (props.note ?? "No results")}
          </p>
        )}
        <ul id={`${id}-list`} role="listbox" aria-multiselectable={multiple || undefined} aria-label="Choices">
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
    </div>
  );
}
