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
      style={{ backgroundColor: person?.color ?? "#616061" }}
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

/** The mark of the app that is installed here. */
function OwnMark(): ReactNode {
  return (
    <svg viewBox="0 0 24 24" width="62%" height="62%">
      <path d="M17 7.2A7 7 0 1 0 19 12" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
      <path d="M17.2 3v4.6h-4.6" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
