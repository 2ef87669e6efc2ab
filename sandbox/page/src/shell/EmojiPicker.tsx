import { EMOJI } from "slack-blocks-to-jsx";
import { memo, useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from "react";

import { Popover } from "./Popover";

const COLUMNS = 9;
const FREQUENT = (
  "white_check_mark eyes raised_hands +1 -1 tada heart joy smile slightly_smiling_face thinking_face pray clap fire rocket " +
  "wave rotating_light warning x heavy_plus_sign question exclamation 100 bulb memo pushpin calendar " +
  "hourglass_flowing_sand chart_with_upwards_trend chart_with_downwards_trend bug hammer_and_wrench wrench lock unlock " +
  "ok_hand muscle sob cry grimacing sweat_smile rolling_on_the_floor_laughing sunglasses star-struck face_palm shrug " +
  "see_no_evil sparkles star trophy medal coffee beer pizza cake zap mag speech_balloon link ghost robot_face " +
  "saluting_face handshake"
).split(" ");
const ALL = [...FREQUENT, ...Object.keys(EMOJI).filter((name) => !FREQUENT.includes(name))];

interface Props {
  anchor: RefObject<HTMLElement | null>;
  choose(name: string): void;
  close(): void;
}

export function findEmoji(typed: string): string[] {
  const wanted = typed.toLowerCase().replaceAll(":", "").trim().replaceAll(" ", "_");
  const found = ALL.filter((name) => name.includes(wanted));
  return wanted ? found.sort((a, b) => Number(b.startsWith(wanted)) - Number(a.startsWith(wanted))) : found;
}

export function EmojiPicker({ anchor, choose, close }: Props): ReactNode {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const found = useMemo(() => findEmoji(typed), [typed]);
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: "nearest" });
  }, [at]);
  const take = (name: string): void => {
    close();
    anchor.current?.focus();
    choose(name);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
    const chosen = found[at];
    if (step !== undefined) setAt(Math.max(0, Math.min(found.length - 1, at + step)));
    else if (event.key === "Enter" && chosen) take(chosen);
    else return;
    event.preventDefault();
  };
  const pick = useRef(take);
  useEffect(() => {
    pick.current = take;
  });
  const active = found[at];
  return (
    <Popover anchor={anchor} label="Choose an emoji" width={340} close={close}>
      <div className="emoji-picker" onKeyDown={onKeyDown}>
        <input
          className="search"
          role="combobox"
          aria-label="Search emoji"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={active && `${id}-${active}`}
          placeholder="Search emoji"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
        />
        <div ref={list} className="emoji-grid" role="listbox" id={id} aria-label="Emoji">
          <Grid found={found} id={id} active={active} take={pick} />
        </div>
        <p className="emoji-name" aria-hidden="true">
          {active ? `${EMOJI[active]} :${active}:` : "No emoji has that name."}
        </p>
      </div>
    </Popover>
  );
}

interface GridProps {
  found: string[];
  id: string;
  active: string | undefined;
  take: RefObject<(name: string) => void>;
}

function Grid({ found, id, active, take }: GridProps): ReactNode {
  return found.map((name) => <Cell key={name} name={name} id={`${id}-${name}`} active={name === active} take={take} />);
}

// Two thousand of them: only those that change are drawn again.
const Cell = memo(function Cell({ name, id, active, take }: { name: string; id: string; active: boolean; take: GridProps["take"] }): ReactNode {
  return (
    <div
      id={id}
      role="option"
      aria-selected={active}
      aria-label={name.replaceAll("_", " ")}
      title={`:${name}:`}
      className={active ? "active" : undefined}
      onClick={() => take.current(name)}
    >
      {EMOJI[name]}
    </div>
  );
});
