import { useState, type ReactNode } from "react";

import { Avatar } from "../elements/Avatar";
import { useWorkspace } from "../state/workspace";
import type { Channel } from "../types";
import { ChannelSign } from "./ChannelSign";
import { Dialog } from "./Dialog";
import { PersonLines } from "./People";
import { walkRows } from "./walking";

interface Props {
  close(): void;
}

export function CreateChannel({ close }: Props): ReactNode {
  const { act, openChannel } = useWorkspace();
  const [name, setName] = useState("");
  const [hidden, setHidden] = useState(false);
  const create = async (): Promise<void> => {
    const answer = await act({ do: "create_channel", name: name.trim(), private: hidden });
    if (!answer.ok) return;
    close();
    if (answer.channel) openChannel(answer.channel);
  };
  return (
    <Dialog title="Create a channel" submit="Create" ready={name.trim() !== ""} close={close} onSubmit={() => void create()}>
      <label className="label" htmlFor="new-channel">
        Name
      </label>
      <input
        id="new-channel"
        className="search"
        maxLength={80}
        placeholder="inc-checkout-errors"
        autoComplete="off"
        value={name}
        // As in Slack: a name has no spaces and no capitals.
        onChange={(event) => setName(event.target.value.toLowerCase().replaceAll(" ", "-"))}
      />
      <label className="check">
        <input type="checkbox" checked={hidden} onChange={(event) => setHidden(event.target.checked)} />
        Private: only people who are invited can find it
      </label>
    </Dialog>
  );
}

export function BrowseChannels({ close }: Props): ReactNode {
  const { snapshot, openChannel } = useWorkspace();
  const [typed, setTyped] = useState("");
  const found = snapshot.channels
    .filter(({ kind, name }) => kind !== "dm" && name.includes(typed.trim().toLowerCase()))
    .sort((a, b) => Number(a.archived) - Number(b.archived) || a.name.localeCompare(b.name));
  const first = typed.trim() ? found[0] : undefined;
  const open = ({ id }: Channel): void => {
    close();
    openChannel(id);
  };
  return (
    <Dialog title="Browse channels" close={close} onSubmit={() => first && open(first)}>
      <Filter label="Find a channel" typed={typed} change={setTyped} />
      <ul onKeyDown={walkRows}>
        {found.map((channel) => (
          <li key={channel.id}>
            <button type="button" className="person-row" onClick={() => open(channel)}>
              <span className="person-lines">
                <b>
                  <ChannelSign kind={channel.kind === "private" ? "private" : "public"} /> {channel.name}
                </b>
                <small>{aboutOf(channel)}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="options-note">No channel is called that.</p>}
    </Dialog>
  );
}

function aboutOf({ archived, member, members, topic, purpose }: Channel): string {
  const state = archived ? "Archived" : member ? "Joined" : "";
  const size = `${members.length} ${members.length === 1 ? "member" : "members"}`;
  return [state, size, topic || purpose].filter(Boolean).join(" · ");
}

export function NewMessage({ close }: Props): ReactNode {
  const { snapshot, openPerson } = useWorkspace();
  const [typed, setTyped] = useState("");
  const found = snapshot.people.filter(
    ({ real_name, name, title, deleted }) =>
      !deleted && `${real_name} ${name} ${title}`.toLowerCase().includes(typed.trim().toLowerCase()),
  );
  // Enter takes the first of those found, as soon as somebody is looked for.
  const first = typed.trim() ? found[0] : undefined;
  const open = (id: string): void => {
    close();
    openPerson(id);
  };
  return (
    <Dialog title="New message" close={close} onSubmit={() => first && open(first.id)}>
      <Filter label="To whom?" typed={typed} change={setTyped} />
      <ul onKeyDown={walkRows}>
        {found.map((one) => (
          <li key={one.id}>
            <button type="button" className="person-row" onClick={() => open(one.id)}>
              <Avatar person={one} />
              <PersonLines of={one} />
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="options-note">Nobody is called that.</p>}
    </Dialog>
  );
}

function Filter({ label, typed, change }: { label: string; typed: string; change(text: string): void }): ReactNode {
  return (
    <input
      className="search"
      type="search"
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={(event) => change(event.target.value)}
    />
  );
}
