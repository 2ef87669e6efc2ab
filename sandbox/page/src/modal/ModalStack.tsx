import { useEffect, type ReactNode } from "react";

import { dropOldDrafts } from "../state/drafts";
import { useWorkspace } from "../state/workspace";
import { Modal } from "./Modal";

export function ModalStack(): ReactNode {
  const { snapshot } = useWorkspace();
  const { modals } = snapshot;
  useEffect(() => dropOldDrafts(snapshot), [snapshot]);
  if (modals.length === 0) return null;
  return (
    <div className="veil">
      {modals.map((view, at) => (
        <Modal key={view.id} view={view} top={at === modals.length - 1} depth={at} />
      ))}
    </div>
  );
}
