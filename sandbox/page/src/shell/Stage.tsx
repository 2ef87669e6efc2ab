import { useState, type ReactNode } from "react";

import { useTurning } from "../clock/useTurning";
import { Inspector } from "../inspector/Inspector";
import { ConfirmDialog } from "../modal/ConfirmDialog";
import { ModalStack } from "../modal/ModalStack";
import { Deactivated } from "../persona/Deactivated";
import type { Address, Move } from "../state/address";
import { DeskContext, useWorkspace, WorkspaceContext, type Workspace } from "../state/workspace";
import { Tour } from "../tour/Tour";
import { useTourHere } from "../tour/useTourHere";
import type { Snapshot } from "../types";
import { CanvasView } from "./CanvasTab";
import { ChannelView } from "./ChannelView";
import { Sidebar } from "./Sidebar";
import { ThreadPane } from "./ThreadPane";
import { Toasts } from "./Toasts";
import { TopBar } from "./TopBar";
import { useStage } from "./useStage";
import { useTitle } from "./useTitle";

interface Props {
  snapshot: Snapshot;
  connected: boolean;
  address: Address;
  move: Move;
}

/** Slack as one person sees it, and around it what Slack does not have. */
export function Stage({ snapshot, connected, address, move }: Props): ReactNode {
  const { desk, workspace, question, toasts, dismiss, drawer, setDrawer } = useStage(snapshot, address, move);
  const turning = useTurning(desk.act);
  const [clockOpen, setClockOpen] = useState(false);
  const { me, modals, notice, tour } = snapshot;
  const { channelId } = workspace;
  useTitle(workspace);
  const covered = modals.length > 0 || question !== null;
  const inspecting = address.pane === "inspector";
  const [showTour, setTour] = useTourHere(tour.length > 0);
  return (
    <DeskContext value={desk}>
      <WorkspaceContext value={workspace}>
        <div className={inspecting ? "stage inspecting" : "stage"}>
          <div className={drawer ? "desk drawer-open" : "desk"} inert={covered} aria-hidden={covered || undefined}>
            <TopBar
              drawer={me.deleted ? null : drawer}
              toggleDrawer={() => setDrawer(!drawer)}
              turning={turning}
              clock={[clockOpen, setClockOpen]}
              tour={tour.length > 0 ? [showTour, setTour] : null}
              inspector={[inspecting, (shown) => move({ pane: shown ? "inspector" : null })]}
            />
            {me.deleted ? (
              <Deactivated />
            ) : (
              // Another person starts with an empty composer, thread and search.
              <Seat key={me.id} channelId={channelId} thread={address.thread} closeDrawer={() => setDrawer(false)} />
            )}
            {showTour && <Tour turning={turning} showClock={() => setClockOpen(true)} close={() => setTour(false)} />}
          </div>
          {inspecting && <Inspector close={() => move({ pane: null })} />}
          <ModalStack key={me.id} />
          {question && <ConfirmDialog confirm={question.confirm} answer={question.answer} />}
          <Toasts
            toasts={toasts.filter((toast) => toast.text !== notice).map((toast) => ({ ...toast, text: named(toast.text, workspace) }))}
            notice={notice}
            connected={connected}
            dismiss={dismiss}
          />
        </div>
      </WorkspaceContext>
    </DeskContext>
  );
}

/** A sentence with names in place of ids, which say nothing to anybody. */
function named(text: string, { channel, person }: Workspace): string {
  return text.replace(/\b[CDGU][0-9A-Z]{8,}\b/g, (id) => {
    const place = channel(id);
    return place && place.kind !== "dm" ? `#${place.name}` : (person(place?.with ?? id)?.real_name ?? "that place");
  });
}

interface SeatProps {
  channelId: string | null;
  thread: string | null;
  closeDrawer(): void;
}

function Seat({ channelId, thread, closeDrawer }: SeatProps): ReactNode {
  const { canvas } = useWorkspace();
  return (
    <>
      <Sidebar />
      {canvas && <CanvasView key={canvas.id} canvas={canvas} />}
      {channelId && <ChannelView key={channelId} id={channelId} />}
      {!canvas && !channelId && <main className="waiting">There is no channel yet.</main>}
      {thread && channelId && <ThreadPane channel={channelId} ts={thread} />}
      <button type="button" className="scrim" aria-label="Close the channel list" tabIndex={-1} onClick={closeDrawer} />
    </>
  );
}
