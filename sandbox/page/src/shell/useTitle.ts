import { useEffect } from "react";

import type { Workspace } from "../state/workspace";

/** The tab's title: how much waits for this person, where the tab looks, and who it is. */
export function useTitle({ snapshot, channelId, canvas, channel: find, person }: Workspace): void {
  const waiting = snapshot.channels.reduce(
    (sum, one) => sum + (one.kind === "dm" ? one.unread : one.mentions),
    0,
  );
  const channel = find(channelId ?? "");
  const other = person(channel?.with ?? "")?.real_name;
  const place = channel ? (other ?? `#${channel.name}`) : (canvas?.title ?? snapshot.team.name);
  const title = `${waiting ? `(${waiting}) ` : ""}${place} · ${snapshot.me.real_name}`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}
