import type { ReactNode } from "react";

import { useWorkspace } from "../state/workspace";
import { Modal } from "./Modal";

export function ModalStack(): ReactNode {
  const { modals } = useWorkspace().snapshot;
  if (modals.length === 0) return null;
  return (
    <div className="veil">
      {modals.map((view, at) => (
        <Modal key={view.id} view={view} top={at === modals.length - 1} depth={at} />
      ))}
    </div>
  );
}
