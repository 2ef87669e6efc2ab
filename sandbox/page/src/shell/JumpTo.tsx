import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react";

import { Avatar } from "../elements/Avatar";
import { useWorkspace, type Workspace } from "../state/workspace";
import { ChannelSign } from "./ChannelSign";

const MOST = 12;
/** A telephone has no such keys. */
const HAS_KEYS = matchMedia("(min-width: 701px)");

interface Place {
  id: string;
  name: string;
  sign: ReactNode;
  note: string;
  open(): void;
}

/** Finds a channel or a person by a few letters; Ctrl or Cmd + K leads here from anywhere. */
export function JumpTo(): ReactNode {
  const workspace = useWorkspace();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const places = placesFor(typed.trim().toLowerCase(), workspace);
  useShortcut(field);
  const go = (place: Place): void => {
    setTyped("");
    setAt(0);
    place.open();
    field.current?.blur();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const place = places[at];
    if (event.key === "ArrowDown") setAt(Math.min(places.length - 1, at + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else if (event.key === "Enter" && place) go(place);
    else if (event.key === "Escape") {
      setTyped("");
      field.current?.blur();
    } else return;
    event.preventDefault();
  };
  return (
    <div className="jump-to" onKeyDown={onKeyDown}>
      <input
        ref={field}
        type="search"
        role="combobox"
        aria-label="Jump to a channel or person"
        aria-expanded={places.length > 0}
        aria-controls={id}
        aria-activedescendant={places.length > 0 ? `${id}-${at}` : undefined}
        placeholder={HAS_KEYS.matches ? "Jump to… (Ctrl K)" : "Jump to…"}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onBlur={() => setTyped("")}
      />
      <ul id={id} role="listbox" aria-label="Found" hidden={typed.trim() === ""}>
        {places.map((place, nth) => (
          <li
            key={place.id}
            id={`${id}-${nth}`}
            role="option"
            aria-selected={nth === at}
            className={nth === at ? "row current" : "row"}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => go(place)}
          >
            <span className="row-sign">{place.sign}</span>
            <span className="row-name">{place.name}</span>
            {place.note && <small>{place.note}</small>}
          </li>
        ))}
        {places.length === 0 && <li className="row">Nothing is called that.</li>}
      </ul>
    </div>
  );
}

function placesFor(typed: string, { snapshot, openChannel, openPerson }: Workspace): Place[] {
  if (!typed) return [];
  const channels = snapshot.channels
    .filter(({ kind, name }) => kind !== "dm" && name.includes(typed.replace(/^#/, "")))
    .sort((a, b) => Number(b.member) - Number(a.member) || Number(a.archived) - Number(b.archived))
    .map(({ id, name, kind, archived, member }) => ({
      id,
      name,
      sign: kind === "dm" ? null : <ChannelSign kind={kind} />,
      note: archived ? "archived" : member ? "" : "not joined",
      open: () => openChannel(id),
    }));
  const people = snapshot.people
    .filter(({ real_name, name }) => `${real_name} ${name}`.toLowerCase().includes(typed.replace(/^@/, "")))
    .map((one) => ({
      id: one.id,
      name: one.real_name,
      sign: <Avatar person={one} small />,
      note: one.deleted ? "left" : one.is_bot ? "app" : "",
      open: () => openPerson(one.id),
    }));
  return [...channels, ...people].slice(0, MOST);
}

function useShortcut(field: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [field]);
}
