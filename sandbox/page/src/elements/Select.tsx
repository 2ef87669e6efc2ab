import type { ReactNode } from "react";

import { useSurface } from "../state/surface";
import { ChannelSign } from "../shell/ChannelSign";
import { fieldOf } from "../state/values";
import { useWorkspace, type Workspace } from "../state/workspace";
import { flat } from "../text/Rich";
import type { Element, Option, Value } from "../types";
import { Avatar } from "./Avatar";
import { Combobox } from "./Combobox";
import type { Choice } from "./ComboboxParts";
import { findable, type ElementProps } from "./props";

/** Every select menu of Block Kit, for one choice (`users_select`) or several (`multi_users_select`). */
export function Select(props: ElementProps): ReactNode {
  const { blockId, element, dispatch, optional } = props;
  const surface = useSurface();
  const workspace = useWorkspace();
  const multiple = element.type.startsWith("multi_");
  const value = surface.valueOf(blockId, element);
  const choose = (ids: string[]): void => {
    const next = valueFor(element, ids);
    if (dispatch) void surface.click(blockId, element, next);
    else surface.change(blockId, element, next);
  };
  return (
    <Combobox
      id={props.id}
      choices={choicesOf(element, workspace)}
      chosen={chosenIds(value)}
      multiple={multiple}
      clearable={optional === true}
      most={element.max_selected_items}
      placeholder={flat(element.placeholder) || (multiple ? "Select options" : "Select an option")}
      aria={props.aria}
      find={findable(props)}
      autofocus={element.focus_on_load}
      onChoose={choose}
    />
  );
}

export function optionId(option: Option): string {
  return option.value ?? option.text.text;
}

export function chosenIds(value: Value | undefined): string[] {
  if (!value) return [];
  const held = value[fieldOf(value.type)] as string | Option | (string | Option)[] | null | undefined;
  const list = Array.isArray(held) ? held : held ? [held] : [];
  return list.map((one) => (typeof one === "string" ? one : optionId(one)));
}

function valueFor(element: Element, ids: string[]): Value {
  const field = fieldOf(element.type);
  const options = optionsWithGroup(element).map(([option]) => option);
  const isStatic = element.type.endsWith("static_select");
  const held = isStatic
    ? ids.flatMap((id) => options.filter((option) => optionId(option) === id).slice(0, 1))
    : ids;
  return { type: element.type, [field]: field.endsWith("s") ? held : (held[0] ?? null) };
}

interface Offered {
  options?: Option[];
  option_groups?: Element["option_groups"];
}

function optionsWithGroup(of: Offered): [Option, string | undefined][] {
  const groups = (of.option_groups ?? []).flatMap((group) =>
    group.options.map((option): [Option, string] => [option, flat(group.label)]),
  );
  return [...(of.options ?? []).map((option): [Option, undefined] => [option, undefined]), ...groups];
}

export function optionChoices(of: Offered): Choice[] {
  return optionsWithGroup(of).map(([option, group]) => ({
    id: optionId(option),
    text: flat(option.text),
    detail: flat(option.description) || undefined,
    group,
  }));
}

function choicesOf(element: Element, { snapshot }: Workspace): Choice[] {
  if (element.type.includes("users_select"))
    return snapshot.people
      .filter((person) => !person.deleted)
      .map((person) => ({
        id: person.id,
        text: person.real_name,
        detail: person.title || undefined,
        lead: <Avatar person={person} small />,
      }));
  if (element.type.includes("static_select")) return optionChoices(element);
  const kinds = element.type.includes("channels_select") ? ["public"] : element.filter?.include;
  const bots = new Set(snapshot.people.filter((person) => person.is_bot).map((person) => person.id));
  return snapshot.channels
    .filter((channel) => !channel.archived && (!kinds || kinds.includes(channel.kind === "dm" ? "im" : channel.kind)))
    .filter((channel) => !(element.filter?.exclude_bot_users && bots.has(channel.with ?? "")))
    .map(({ id, kind, name }) =>
      kind === "private" ? { id, text: name, lead: <ChannelSign kind={kind} /> } : { id, text: kind === "dm" ? name : `# ${name}` },
    );
}
