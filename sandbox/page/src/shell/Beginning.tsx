import type { ReactNode } from "react";

import { useWorkspace } from "../state/workspace";
import type { Channel } from "../types";
import { ChannelName } from "./ChannelSign";

/** What stands above the first message of a channel. */
export function Beginning({ channel }: { channel: Channel }): ReactNode {
  const { person } = useWorkspace();
  const other = person(channel.with ?? "");
  return (
    <div className="beginning">
      <h3>{other ? other.real_name : <ChannelName channel={channel} />}</h3>
      <p>
        {other ? (
          `This is the start of what you and ${other.real_name} said to each other.`
        ) : (
          <>
            This is the very beginning of <ChannelName channel={channel} />. {channel.purpose}
          </>
        )}
      </p>
    </div>
  );
}

const ROWS = [62, 88, 45, 74];

/** Grey lines in the place of messages that are on their way. */
export function Loading({ channel }: { channel: Channel }): ReactNode {
  return (
    <div className="message-room" aria-busy="true" aria-label={`Messages in ${channel.name}`} role="region">
      <div className="loading" aria-hidden="true">
        {ROWS.map((width) => (
          <p key={width}>
            <i />
            <span style={{ width: `${width}%` }} />
          </p>
        ))}
      </div>
    </div>
  );
}
