import type { ReactNode } from "react";

import type { Channel } from "../types";

/** A channel as it is named in a sentence: with a lock when it is private. */
export function ChannelName({ channel: { kind, name } }: { channel: Channel }): ReactNode {
  if (kind !== "private") return `#${name}`;
  return (
    <span className="locked">
      <ChannelSign kind="private" /> {name}
    </span>
  );
}

export function ChannelSign({ kind }: { kind: "public" | "private" }): ReactNode {
  if (kind === "public") return <span aria-hidden="true">#</span>;
  return (
    <svg viewBox="0 0 16 16" width="13" height="13" role="img" aria-label="private">
      <rect x="2.5" y="7" width="11" height="7.5" rx="1.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M5 7V4.8a3 3 0 0 1 6 0V7" fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  );
}
