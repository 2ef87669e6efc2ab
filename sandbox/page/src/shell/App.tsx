import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from "react";

import { ConfirmDialog } from "../modal/ConfirmDialog";
import { ModalStack } from "../modal/ModalStack";
import { useAddress, type Address } from "../state/address";
import { act as send, firstPerson, useLive } from "../state/live";
import { DeskContext, WorkspaceContext, type Desk, type Workspace } from "../state/workspace";
import type { Answer, Confirm, Snapshot } from "../types";
import { ChannelView } from "./ChannelView";
import { Sidebar } from "./Sidebar";
import { ThreadPane } from "./ThreadPane";
import { Toasts, type Toast } from "./Toasts";
import { TopBar } from "./TopBar";

interface Question {
  confirm: Confirm;
  answer(agreed: boolean): void;
}

export function App(): ReactNode {
  const [address, move] = useAddress();
  const { snapshot, connected } = useLive(address.as);
  useFirstPerson(address.as, move);
  if (!snapshot || !address.as)
    return (
      <main className="waiting" role="status">
        {connected ? "Opening the workspace…" : "The sandbox cannot be reached. Trying again…"}
      </main>
    );
  return (
    <DeskOf
      // Another person starts with empty forms, thread and toasts.
      key={snapshot.me.id}
      snapshot={snapshot}
      connected={connected}
      wanted={address.channel}
      pointedAt={address.ts}
      move={move}
    />
  );
}

function useFirstPerson(as: string | null, move: (change: { as: string }) => void): void {
  useEffect(() => {
    if (as) return;
    let timer = 0;
    const ask = (): void => {
      firstPerson().then(
        (id) => move({ as: id }),
        () => (timer = window.setTimeout(ask, 1_000)),
      );
    };
    ask();
    return () => window.clearTimeout(timer);
  }, [as, move]);
}

interface DeskProps {
  snapshot: Snapshot;
  connected: boolean;
  wanted: string | null;
  pointedAt: string | null;
  move(change: Partial<Address>): void;
}

function DeskOf({ snapshot, connected, wanted, pointedAt, move }: DeskProps): ReactNode {
  const [question, setQuestion] = useState<Question | null>(null);
  const [toasts, setToasts] = useState<Toast[]>([]);
  const [thread, setThread] = useState<string | null>(null);
  const [drawer, setDrawer] = useState(false);
  const me = snapshot.me.id;
  const channelId = currentChannel(snapshot, wanted);

  const tell = useCallback((text: string) => setToasts((last) => [...last.slice(-2), { id: Date.now(), text }]), []);
  const act = useCallback(
    async (what: Record<string, unknown>): Promise<Answer> => {
      const answer = await send(me, what);
      if (!answer.ok) tell(answer.error ?? "The sandbox refused that without saying why.");
      return answer;
    },
    [me, tell],
  );
  const channels = useRef(snapshot.channels);
  useEffect(() => {
    channels.current = snapshot.channels;
  });
  const desk = useMemo<Desk>(() => {
    const goTo = (place: { channel: string; ts: string | null }): void => {
      move(place);
      setThread(null);
      setDrawer(false);
    };
    const openDm = async (user: string): Promise<void> => {
      const known = channels.current.find((channel) => channel.kind === "dm" && channel.with === user);
      const id = known?.id ?? (await act({ do: "open_dm", user })).channel;
      if (id) goTo({ channel: id, ts: null });
    };
    return {
      me: snapshot.me,
      act,
      agree: (confirm) => (confirm ? ask(confirm, setQuestion) : Promise.resolve(true)),
      openChannel: (id) => goTo({ channel: id, ts: null }),
      openPermalink: goTo,
      openPerson: (id) => void openDm(id),
      openThread: setThread,
    };
  }, [snapshot.me, act, move]);
  const workspace = useMemo<Workspace>(
    () => ({
      ...desk,
      snapshot,
      now: new Date(snapshot.clock),
      channelId,
      pointedAt,
      person: (id) => snapshot.people.find((person) => person.id === id),
      channel: (id) => snapshot.channels.find((channel) => channel.id === id),
    }),
    [desk, snapshot, channelId, pointedAt],
  );
  const covered = snapshot.modals.length > 0 || question !== null;
  return (
    <DeskContext value={desk}>
      <WorkspaceContext value={workspace}>
        <div className={drawer ? "desk drawer-open" : "desk"} inert={covered} aria-hidden={covered || undefined}>
          <TopBar toggleDrawer={() => setDrawer(!drawer)} drawer={drawer} become={(id) => move({ as: id })} />
          <Sidebar />
          {channelId ? <ChannelView key={channelId} id={channelId} /> : <main className="waiting">There is no channel yet.</main>}
          {thread && channelId && <ThreadPane channel={channelId} ts={thread} />}
          <button type="button" className="scrim" aria-label="Close the channel list" tabIndex={-1} onClick={() => setDrawer(false)} />
        </div>
        <ModalStack />
        {question && <ConfirmDialog confirm={question.confirm} answer={question.answer} />}
        <Toasts
          toasts={toasts.filter((toast) => toast.text !== snapshot.notice)}
          notice={snapshot.notice}
          connected={connected}
          dismiss={(id) => setToasts((last) => last.filter((toast) => toast.id !== id))}
        />
      </WorkspaceContext>
    </DeskContext>
  );
}

function ask(confirm: Confirm, show: (question: Question | null) => void): Promise<boolean> {
  return new Promise((resolve) => {
    show({
      confirm,
      answer: (agreed) => {
        show(null);
        resolve(agreed);
      },
    });
  });
}

function currentChannel(snapshot: Snapshot, wanted: string | null): string | null {
  const seen = snapshot.channels.filter((channel) => !channel.archived);
  const chosen = snapshot.channels.find((channel) => channel.id === wanted);
  return (chosen ?? seen.find((channel) => channel.member && channel.kind !== "dm") ?? seen[0])?.id ?? null;
}
