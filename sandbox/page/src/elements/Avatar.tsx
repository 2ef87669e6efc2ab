import type { ReactNode } from "react";

import { useDesk } from "../state/workspace";
import type { Person } from "../types";

export function Avatar({ person, small }: { person: Person | undefined; small?: boolean }): ReactNode {
  const { appUser } = useDesk();
  const name = person?.real_name || person?.name || "?";
  const app = person?.is_bot === true;
  return (
    <span
      className={`avatar${small ? " small" : ""}${app ? " app" : ""}`}
      style={{ backgroundColor: app && person.id !== appUser ? groundOf(name) : darkened(person?.color ?? "#616061") }}
      aria-hidden="true"
    >
      {app && person.id === appUser ? <OwnMark /> : initialsOf(name, app ? 1 : 2)}
    </span>
  );
}

function initialsOf(name: string, most: number): string {
  const words = name.split(/[\s._-]+/).slice(0, most);
  return words.map((word) => word[0] ?? "").join("").toUpperCase();
}

// White initials need a darker ground than some of Slack's own colours give them: 4.5 to 1 with every one of them.
function darkened(color: string): string {
  const parts = color.match(/[0-9a-f]{2}/gi) ?? [];
  return `rgb(${parts.map((part) => Math.round(Number.parseInt(part, 16) * 0.7)).join(" ")})`;
}

/** Apps have no colour in Slack but a picture of their own; here the name gives each its ground. */
function groundOf(name: string): string {
  const hue = [...name].reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) ?? 0), 0) % 360;
  return `hsl(${hue} 60% 28%)`;
}

/** The mark of the app that is installed here. */
function OwnMark(): ReactNode {
  return (
    <svg viewBox="0 0 24 24" width="62%" height="62%">
      <path d="M17 7.2A7 7 0 1 0 19 12" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
      <path d="M17.2 3v4.6h-4.6" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
