import { useState, type ReactNode } from "react";

import { Dialog } from "../shell/Dialog";
import { useWorkspace } from "../state/workspace";

/** Where one lives, as Slack's preferences have it: the app is told of a change. */
export function TimeZone({ close }: { close(): void }): ReactNode {
  const { act, me } = useWorkspace();
  const [chosen, choose] = useState(me.tz);
  const zones = [...new Set([me.tz, ...Intl.supportedValuesOf("timeZone")])].sort();
  const keep = async (): Promise<void> => {
    if ((await act({ do: "set_time_zone", tz: chosen })).ok) close();
  };
  return (
    <Dialog title="Your time zone" submit="Save" ready={chosen !== me.tz} close={close} onSubmit={() => void keep()}>
      <label className="label" htmlFor="time-zone">
        Times and reminders follow this zone
      </label>
      <select id="time-zone" className="search" data-autofocus value={chosen} onChange={(event) => choose(event.target.value)}>
        {zones.map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll("_", " ")}
          </option>
        ))}
      </select>
    </Dialog>
  );
}
