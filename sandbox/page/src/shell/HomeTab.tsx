import { useEffect, useLayoutEffect, useRef, useState, type ReactNode, type RefObject } from "react";

import { Blocks } from "../blocks/Blocks";
import { SurfaceContext, useForm } from "../state/surface";
import { useDesk, useWorkspace } from "../state/workspace";
import type { View } from "../types";

/** The app's Home tab; the app is told that it was opened, and publishes what it has to say. */
export function HomeTab(): ReactNode {
  const { act } = useDesk();
  const { home, app } = useWorkspace().snapshot;
  useEffect(() => void act({ do: "open_home" }), [act]);
  return home ? <HomeView key={home.id} view={home} /> : <Nothing app={app.name} />;
}

function Nothing({ app }: { app: string }): ReactNode {
  return (
    <div className="home empty" tabIndex={0} role="region" aria-label="Home">
      <h3>Nothing here yet</h3>
      <p>{app} has not published a Home tab for you. It appears here as soon as there is one.</p>
    </div>
  );
}

function HomeView({ view }: { view: View }): ReactNode {
  const form = useForm({ view: view.id }, view.blocks, view.state?.values);
  const box = useRef<HTMLDivElement>(null);
  const [opened] = useState(view.hash);
  useFocusKept(box);
  return (
    <>
      <div
        ref={box}
        className="home"
        data-view-id={view.id}
        data-callback-id={view.callback_id ?? ""}
        tabIndex={0}
        role="region"
        aria-label="Home"
      >
        <SurfaceContext value={form}>
          <Blocks blocks={view.blocks} />
        </SurfaceContext>
      </div>
      <div className="hidden" aria-live="polite">
        {view.hash !== opened && <span key={view.hash}>Home has changed.</span>}
      </div>
    </>
  );
}

/** A button that was pressed may be gone with what it did; the focus then stays on Home. */
function useFocusKept(box: RefObject<HTMLElement | null>): void {
  const last = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const home = box.current;
    const onFocus = ({ target }: FocusEvent): void => void (last.current = target as Element);
    home?.addEventListener("focusin", onFocus);
    return () => home?.removeEventListener("focusin", onFocus);
  }, [box]);
  useLayoutEffect(() => {
    if (last.current?.isConnected !== false) return;
    last.current = null;
    if (document.activeElement === document.body) box.current?.focus({ preventScroll: true });
  });
}
