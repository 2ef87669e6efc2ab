import { useEffect, useRef, useState, type ReactNode } from "react";

import { useSurface } from "../state/surface";
import { fieldOf } from "../state/values";
import { flat } from "../text/Rich";
import type { Answer, Option, Value } from "../types";
import { Combobox } from "./Combobox";
import { findable, type ElementProps } from "./props";
import { chosenIds, optionChoices, optionId } from "./Select";

const PAUSE_MS = 250;
/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select */
const LEAST_TYPED = 3;

/** A select menu whose options the app is asked for while one types. */
export function ExternalSelect(props: ElementProps): ReactNode {
  const { blockId, element, dispatch } = props;
  const surface = useSurface();
  const multiple = element.type.startsWith("multi_");
  const value = surface.valueOf(blockId, element);
  const held = multiple ? (value?.selected_options ?? []) : value?.selected_option ? [value.selected_option] : [];
  const least = element.min_query_length ?? LEAST_TYPED;
  const { answer, note, search } = useSuggestions(least, (typed) => surface.suggest(blockId, element, typed));
  const offered = [...(answer.options ?? []), ...(answer.option_groups ?? []).flatMap((group) => group.options)];
  const choose = (ids: string[]): void => {
    const found = ids.flatMap((id) => [...held, ...offered].filter((one) => optionId(one) === id).slice(0, 1));
    const next: Value = { type: element.type, [fieldOf(element.type)]: multiple ? found : (found[0] ?? null) };
    if (dispatch) void surface.click(blockId, element, next);
    else surface.change(blockId, element, next);
  };
  return (
    <Combobox
      id={props.id}
      choices={optionChoices(answer)}
      known={optionChoices({ options: held as Option[] })}
      chosen={chosenIds(value)}
      multiple={multiple}
      clearable={props.optional === true}
      most={element.max_selected_items}
      placeholder={flat(element.placeholder) || (multiple ? "Select options" : "Select an option")}
      aria={props.aria}
      find={findable(props)}
      autofocus={element.focus_on_load}
      onSearch={search}
      note={note}
      onChoose={choose}
    />
  );
}

const NOTHING: Answer = { ok: true };

function useSuggestions(
  least: number,
  ask: (typed: string) => Promise<Answer>,
): { answer: Answer; note: string; search(typed: string): void } {
  const [answer, setAnswer] = useState<Answer>(NOTHING);
  const [note, setNote] = useState("");
  const turn = useRef(0);
  useEffect(() => () => void (turn.current = -1), []);
  const search = (typed: string): void => {
    const mine = ++turn.current;
    setAnswer(NOTHING);
    if (typed.length < least) {
      const more = least - typed.length;
      return setNote(`Type ${more} more character${more === 1 ? "" : "s"} to search.`);
    }
    setNote("Loading…");
    window.setTimeout(() => void load(typed, mine), typed === "" ? 0 : PAUSE_MS);
  };
  const load = async (typed: string, mine: number): Promise<void> => {
    // Only the last search counts: an answer that comes late would show what is no longer asked for.
    if (turn.current !== mine) return;
    const came = await ask(typed);
    if (turn.current !== mine) return;
    setAnswer(came);
    setNote(came.ok ? "No results" : "The options could not be loaded.");
  };
  return { answer, note, search };
}
