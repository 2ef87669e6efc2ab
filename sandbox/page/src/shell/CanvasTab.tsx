import type { ReactNode } from "react";

import { Blocks } from "../blocks/Blocks";
import { useWorkspace } from "../state/workspace";
import { named } from "../text/zone";
import type { Canvas } from "../types";

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
