import type { ReactNode } from "react";

import { Blocks } from "../blocks/Blocks";
import { SurfaceContext, useForm } from "../state/surface";
import { useWorkspace } from "../state/workspace";
import type { View } from "../types";

export function HomeTab(): ReactNode {
  const { home } = useWorkspace().snapshot;
  if (!home) return <div className="home empty">This app has published no Home tab for you yet.</div>;
  return <HomeView key={home.id} view={home} />;
}

function HomeView({ view }: { view: View }): ReactNode {
  const form = useForm({ view: view.id }, view.blocks, view.state?.values);
  return (
    <div className="home" data-view-id={view.id} data-callback-id={view.callback_id ?? ""} tabIndex={0} role="region" aria-label="Home">
      <SurfaceContext value={form}>
        <Blocks blocks={view.blocks} />
      </SurfaceContext>
    </div>
  );
}
