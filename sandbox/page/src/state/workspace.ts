import { createContext, useContext } from "react";

import type { Answer, Canvas, Channel, Confirm, Person, Snapshot } from "../types";
import type { Permalink } from "./address";

/** What a person can do: the same as long as it is the same person, so that a message need not be drawn again. */
export interface Desk {
  me: Person;
  /** The installed app's own account. */
  appUser: string;
  /** Does something, and tells in passing when it failed; not so where the caller tells it itself. */
  act(what: Record<string, unknown>, quietly?: boolean): Promise<Answer>;
  /** True when the person agrees; at once when there is nothing to ask. */
  agree(confirm: Confirm | undefined): Promise<boolean>;
  openChannel(id: string): void;
  openPermalink(to: Permalink): void;
  openPerson(id: string): void;
  openCanvas(id: string): void;
  openThread(ts: string | null): void;
  /** Turns to another part of the conversation; to its messages without one. */
  openTab(key: string | null): void;
  /** Takes another person's seat, at once in a channel if one is named. */
  become(id: string, channel?: string): void;
}

/** What a person sees: new with every change in the workspace. */
export interface Workspace extends Desk {
  snapshot: Snapshot;
  now: Date;
  /** The open channel; null while a canvas stands there. */
  channelId: string | null;
  canvas: Canvas | null;
  /** The part of the conversation that is asked for. */
  tab: string | null;
  /** The message that a permalink led to. */
  pointedAt: string | null;
  person(id: string): Person | undefined;
  channel(id: string): Channel | undefined;
}

export const DeskContext = createContext<Desk | null>(null);
export const WorkspaceContext = createContext<Workspace | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("useDesk needs a desk around it");
  return desk;
}

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error("useWorkspace needs a workspace around it");
  return workspace;
}
