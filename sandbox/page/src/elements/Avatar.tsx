import type { ReactNode } from "react";

import type { Person } from "../types";

export function Avatar({ person, small }: { person: Person | undefined; small?: boolean }): ReactNode {
  const name = person?.real_name || person?.name || "?";
  const initials = name
    .split(/[\s._-]+/)
    .slice(0, 2)
    .map((word) => word[0] ?? "")
    .join("")
    .toUpperCase();
  return (
    <span
      className={small ? "avatar small" : "avatar"}
      style={{ backgroundColor: darkened(person?.color ?? "#616061") }}
      aria-hidden="true"
    >
      {person?.is_bot ? <BotMark /> : initials}
    </span>
  );
}

// White initials need a darker ground than some of Slack's own colours give them.
function darkened(color: string): string {
  const parts = color.match(/[0-9a-f]{2}/gi) ?? [];
  return `rgb(${parts.map((part) => Math.round(Number.parseInt(part, 16) * 0.76)).join(" ")})`;
}

function BotMark(): ReactNode {
  return (
    <svg viewBox="0 0 24 24" width="62%" height="62%">
      <path d="M17 7.2A7 7 0 1 0 19 12" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" />
      <path d="M17.2 3v4.6h-4.6" fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
