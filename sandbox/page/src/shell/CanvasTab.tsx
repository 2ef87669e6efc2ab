import type { ReactNode } from "react";

import { Blocks } from "../blocks/Blocks";
import { useWorkspace } from "../state/workspace";
import { named } from "../text/zone";
import type { Canvas } from "../types";
import { Icon } from "./Icon";

/** A canvas that belongs to no channel stands where a channel would. */
export function CanvasView({ canvas }: { canvas: Canvas }): ReactNode {
  return (
    <main className="channel">
      <header className="channel-head">
        <h2>
          <Icon name="page" />
          <span className="head-name">{nameOf(canvas)}</span>
        </h2>
      </header>
      <CanvasTab canvas={canvas} />
    </main>
  );
}

export function nameOf({ title }: Canvas): string {
  return title || "Canvas";
}

export function CanvasTab({ canvas }: { canvas: Canvas }): ReactNode {
  const { me, person } = useWorkspace();
  const updated = named(new Date(canvas.updated * 1000), me.tz, { dateStyle: "medium", timeStyle: "short" });
  const owner = person(canvas.owner)?.real_name;
  return (
    <div className="home canvas" tabIndex={0} role="region" aria-label={`Canvas ${canvas.title}`} data-canvas={canvas.id}>
      <h3>{canvas.title}</h3>
      <p className="canvas-by">
        {owner && `${owner} · `}updated {updated}
      </p>
      <Blocks blocks={[{ type: "markdown", text: canvas.markdown as never }]} />
    </div>
  );
}
