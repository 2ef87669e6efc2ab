import type { ReactNode, RefObject } from "react";

import { Avatar } from "../elements/Avatar";
import { useDesk } from "../state/workspace";
import type { Person } from "../types";
import { PersonLines } from "./People";
import { Popover } from "./Popover";

interface Props {
  of: Person;
  anchor: RefObject<HTMLElement | null>;
  close(): void;
}

/** Who somebody is that a message names: name, title, what time it is there, and a way to write to them. */
export function Profile({ of, anchor, close }: Props): ReactNode {
  const { openPerson } = useDesk();
  return (
    <Popover anchor={anchor} label={`Profile of ${of.real_name}`} width={280} close={close}>
      <div className="profile">
        <Avatar person={of} />
        <PersonLines of={of} />
      </div>
      <button
        type="button"
        className="button"
        onClick={() => {
          close();
          openPerson(of.id);
        }}
      >
        Message
      </button>
    </Popover>
  );
}
