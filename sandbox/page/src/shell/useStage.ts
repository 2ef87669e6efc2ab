import { useCallback, useEffect, useMemo, useRef, useState } from "react";

import type { Address, Move } from "../state/address";
import { act as send } from "../state/live";
import type { Desk, Workspace } from "../state/workspace";
import type { Answer, Confirm, Snapshot } from "../types";
import { isSlackbots } from "./Slackbot";
import type { Toast } from "./Toasts";

interface Question {
  confirm: Confirm;
  answer(agreed: boolean): void;
}

interface StageState {
  desk: Desk;
  workspace: Workspace;
  question: Question | null;
  toasts: Toast[];
  dismiss(id: number): void;
  drawer: boolean;
  setDrawer(open: boolean): void;
}

/** What one person can do and sees, for everything on the stage. */
export function useStage(snapshot: Snapshot, address: Address, move: Move): StageState {
  const [question, setQuestion] = useState<Question | null>(null);
  const [drawer, setDrawer] = useState(false);
  const { toasts, tell, dismiss, clear } = useToasts();
  const { me, app } = snapshot;
  const canvas = snapshot.canvases.find(({ id }) => id === address.canvas) ?? null;
  const channelId = canvas ? null : currentChannel(snapshot, address.channel);
  const act = useCallback(
    async (what: Record<string, unknown>, quietly = false): Promise<Answer> => {
      const answer = await send(me.id, what);
      if (!answer.ok && !quietly && !isSlackbots(answer.error)) tell(answer.error ?? "The sandbox refused that without saying why.");
      // What has worked since makes an older complaint stale.
      if (answer.ok && !quietly) clear();
      return answer;
    },
    [me.id, tell, clear],
  );
  const channels = useRef(snapshot.channels);
  useEffect(() => {
    channels.current = snapshot.channels;
  });
  const desk = useMemo<Desk>(() => {
    const go = (to: Partial<Address>): void => {
      move({ ts: null, thread: null, canvas: null, tab: null, ...to });
      setDrawer(false);
    };
    const openChannel = (id: string): void => {
      go({ channel: id });
      // The app is told whenever somebody comes to it.
      const isApps = channels.current.find((channel) => channel.id === id)?.with === app.user;
      if (isApps) void act({ do: "open_dm", user: app.user }, true);
    };
    const openDm = async (user: string): Promise<void> => {
      const known = channels.current.find((channel) => channel.kind === "dm" && channel.with === user);
      if (known) return openChannel(known.id);
      const { channel } = await act({ do: "open_dm", user });
      if (channel) go({ channel });
    };
    return {
      me,
      appUser: app.user,
      act,
      agree: (confirm) => (confirm ? ask(confirm, setQuestion) : Promise.resolve(true)),
      openChannel,
      openPermalink: go,
      openPerson: (id) => void openDm(id),
      openCanvas: (id) => go({ canvas: id }),
      openThread: (thread) => move({ thread }),
      openTab: (tab) => move({ tab }),
      become: (as, channel) => go(channel ? { as, channel } : { as }),
    };
  }, [me, app.user, act, move]);
  const workspace = useMemo<Workspace>(
    () => ({
      ...desk,
      snapshot,
      now: new Date(snapshot.clock),
      channelId,
      canvas,
      tab: address.tab,
      pointedAt: address.ts,
      person: (id) => snapshot.people.find((person) => person.id === id),
      channel: (id) => snapshot.channels.find((channel) => channel.id === id),
    }),
    [desk, snapshot, channelId, canvas, address.tab, address.ts],
  );
  return { desk, workspace, question, toasts, dismiss, drawer, setDrawer };
}

interface Telling {
  toasts: Toast[];
  tell(text: string): void;
  dismiss(id: number): void;
  clear(): void;
}

function useToasts(): Telling {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const tell = useCallback((text: string) => setToasts((last) => [...last.slice(-2), { id: Date.now(), text }]), []);
  const dismiss = useCallback((id: number) => setToasts((last) => last.filter((toast) => toast.id !== id)), []);
  const clear = useCallback(() => setToasts((last) => (last.length ? [] : last)), []);
  return { toasts, tell, dismiss, clear };
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

const LANDING = "general";

/** The channel that stands open when the address wants this one; as in Slack, the one that everybody is in comes first. */
export function currentChannel(snapshot: Snapshot, wanted: string | null): string | null {
  const chosen = snapshot.channels.find((channel) => channel.id === wanted);
  const seen = snapshot.channels.filter(({ archived, kind }) => !archived && kind !== "dm");
  const mine = seen.filter(({ member }) => member);
  const first = mine.find(({ name }) => name === LANDING) ?? mine[0] ?? seen[0] ?? snapshot.channels[0];
  return (chosen ?? first)?.id ?? null;
}
