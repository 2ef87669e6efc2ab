import { useState, type ReactNode } from "react";

import { useTurning } from "../clock/useTurning";
import { Inspector } from "../inspector/Inspector";
import { ConfirmDialog } from "../modal/ConfirmDialog";
import { ModalStack } from "../modal/ModalStack";
import { Deactivated } from "../persona/Deactivated";
import type { Address, Move } from "../state/address";
import { useKept } from "../state/kept";
import { DeskContext, useWorkspace, WorkspaceContext } from "../state/workspace";
import { Tour } from "../tour/Tour";
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
  const [closed, setClosed] = useKept("tour closed");
  const { me, modals, notice, tour } = snapshot;
  const { channelId } = workspace;
  useTitle(workspace);
  const covered = modals.length > 0 || question !== null;
  const inspecting = address.pane === "inspector";
  const showTour = tour.length > 0 && closed === "";
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
              tour={tour.length > 0 ? [showTour, (shown) => setClosed(shown ? "" : "yes")] : null}
              inspector={[inspecting, (shown) => move({ pane: shown ? "inspector" : null })]}
            />
            {me.deleted ? (
              <Deactivated />
            ) : (
              // Another person starts with an empty composer, thread and search.
              <Seat key={me.id} channelId={channelId} thread={address.thread} closeDrawer={() => setDrawer(false)} />
            )}
            {showTour && <Tour turning={turning} showClock={() => setClockOpen(true)} close={() => setClosed("yes")} />}
          </div>
          {inspecting && <Inspector close={() => move({ pane: null })} />}
          <ModalStack key={me.id} />
          {question && <ConfirmDialog confirm={question.confirm} answer={question.answer} />}
          <Toasts
            toasts={toasts.filter((toast) => toast.text !== notice)}
            notice={notice}
            connected={connected}
            dismiss={dismiss}
          />
        </div>
      </WorkspaceContext>
    </DeskContext>
  );
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
