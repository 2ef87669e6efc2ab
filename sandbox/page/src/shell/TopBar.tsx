import type { ReactNode } from "react";

import { Avatar } from "../elements/Avatar";
import { useWorkspace } from "../state/workspace";
import { named, timeOfDay } from "../text/zone";

const HOUR = 3_600;

interface Props {
  drawer: boolean;
  toggleDrawer(): void;
  become(id: string): void;
}

/** What Slack does not have: who you are, and the workspace's clock. */
export function TopBar({ drawer, toggleDrawer, become }: Props): ReactNode {
  const { me, snapshot, now, act } = useWorkspace();
  const turn = (seconds: number): void => void act({ do: "clock", seconds });
  const day = named(now, me.tz, { weekday: "short", day: "numeric", month: "short" });
  const people = snapshot.people.filter((person) => !person.is_bot);
  return (
    <header className="top-bar">
      <button
        type="button"
        className="drawer-button"
        aria-label="Channels"
        aria-expanded={drawer}
        onClick={toggleDrawer}
      >
        <span aria-hidden="true">☰</span>
      </button>
      <label className="persona">
        <span className="wide-only">You are</span>
        <Avatar person={me} small />
        <select aria-label="You are" value={me.id} onChange={(event) => become(event.target.value)}>
          {people.map((person) => (
            <option key={person.id} value={person.id} disabled={person.deleted}>
              {person.real_name}
              {person.title && ` — ${person.title}`}
              {person.deleted && " (left)"}
            </option>
          ))}
        </select>
      </label>
      <div className="clock" role="group" aria-label="The workspace's clock">
        <time dateTime={snapshot.clock} title={`${snapshot.clock}, shown in ${me.tz}`}>
          {day} {timeOfDay(now, me.tz)}
          <span className="zone-name"> {city(me.tz)}</span>
        </time>
        <button type="button" aria-label="Turn forward 1 hour" onClick={() => turn(HOUR)}>
          +1 hour
        </button>
        <button type="button" aria-label="Turn forward 1 day" onClick={() => turn(24 * HOUR)}>
          +1 day
        </button>
      </div>
    </header>
  );
}

function city(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}
