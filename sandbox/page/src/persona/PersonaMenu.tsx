import { useRef, useState, type KeyboardEvent, type ReactNode } from "react";

import { localTime } from "../clock/due";
import { Avatar } from "../elements/Avatar";
import { urlOf } from "../state/address";
import { useWorkspace } from "../state/workspace";
import type { Person } from "../types";
import { TimeZone } from "./TimeZone";
import { useMenu } from "./useMenu";

/** Whose seat this tab takes; every seat can be opened in a tab of its own. */
export function PersonaMenu(): ReactNode {
  const { me, snapshot } = useWorkspace();
  const box = useRef<HTMLDivElement>(null);
  const { open, show } = useMenu(box);
  const [moving, setMoving] = useState(false);
  const people = snapshot.people.filter((person) => !person.is_bot);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = goal(event);
    if (!to) return;
    event.preventDefault();
    to.focus();
  };
  return (
    <div className="persona" ref={box}>
      <button
        type="button"
        className="bar-button persona-button"
        aria-haspopup="menu"
        aria-expanded={open}
        title="Be somebody else"
        onClick={() => show(!open)}
      >
        <Avatar person={me} small />
        <span className="persona-name">
          <span className="persona-you">You are </span>
          <b>{me.real_name}</b>
        </span>
        <span aria-hidden="true">▾</span>
      </button>
      {open && (
        <ul className="bar-panel persona-menu" role="menu" aria-label="Be somebody else" onKeyDown={onKeyDown}>
          {people.map((person) => (
            <Seat key={person.id} person={person} done={() => show(false)} />
          ))}
          {!me.deleted && (
            <li role="none" className="own-zone">
              <button
                type="button"
                role="menuitem"
                tabIndex={-1}
                className="seat"
                onClick={() => {
                  show(false);
                  // What opened the menu gets the focus back after the dialog.
                  box.current?.querySelector("button")?.focus();
                  setMoving(true);
                }}
              >
                Change your time zone…
              </button>
            </li>
          )}
        </ul>
      )}
      {moving && <TimeZone close={() => setMoving(false)} />}
    </div>
  );
}

function Seat({ person, done }: { person: Person; done(): void }): ReactNode {
  const { me, now, become, channelId } = useWorkspace();
  const mine = person.id === me.id;
  const take = (): void => {
    done();
    if (!mine) become(person.id);
  };
  return (
    <li role="none">
      <button type="button" role="menuitemradio" aria-checked={mine} tabIndex={-1} className="seat" onClick={take}>
        <Avatar person={person} />
        <span>
          <b>{person.real_name}</b>
          {person.deleted && <span className="left"> left the company</span>}
          <small>
            {person.title} · {localTime(now, person.tz)}
          </small>
        </span>
      </button>
      <a
        role="menuitem"
        tabIndex={-1}
        className="seat-tab"
        href={urlOf({ as: person.id, channel: channelId })}
        target="_blank"
        rel="noopener"
        aria-label={`Open ${person.real_name} in a new tab`}
        title={`Open ${person.real_name} in a new tab`}
        onClick={done}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d="M6 3H3v10h10v-3M9 2h5v5M14 2 7.5 8.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </a>
    </li>
  );
}

/** Up and down go from person to person, right and left between the two things to do with one. */
function goal(event: KeyboardEvent): HTMLElement | undefined {
  const rows = [...event.currentTarget.querySelectorAll("li")];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const side = rows[at]?.querySelector("a") === document.activeElement ? 1 : 0;
  const item = (row: number, column = side): HTMLElement | undefined =>
    rows[(row + rows.length) % rows.length]?.children[column] as HTMLElement | undefined;
  switch (event.key) {
    case "ArrowDown": return item(at + 1);
    case "ArrowUp": return item(at - 1);
    case "Home": return item(0);
    case "End": return item(rows.length - 1);
    case "ArrowRight": return item(at, 1);
    case "ArrowLeft": return item(at, 0);
    default: return undefined;
  }
}
