import type { ReactNode } from "react";

import { useSurface } from "../state/surface";
import { Text } from "../text/Rich";
import type { Option, Value } from "../types";
import { findable, forGroup, type ElementProps } from "./props";

/** Radio buttons and checkboxes. */
export function Choices(props: ElementProps): ReactNode {
  const { blockId, element, dispatch, id } = props;
  const surface = useSurface();
  const many = element.type === "checkboxes";
  const value = surface.valueOf(blockId, element);
  const chosen = many ? (value?.selected_options ?? []) : value?.selected_option ? [value.selected_option] : [];
  const isChosen = (option: Option): boolean => chosen.some((other) => other.value === option.value);
  const choose = (option: Option): void => {
    const options = (element.options ?? []).filter((other) => (other === option) !== isChosen(other));
    const next: Value = many
      ? { type: element.type, selected_options: options }
      : { type: element.type, selected_option: option };
    if (dispatch) void surface.click(blockId, element, next);
    else surface.change(blockId, element, next);
  };
  return (
    <div className="choices" role={many ? "group" : "radiogroup"} {...(many ? forGroup(props.aria) : props.aria)} {...findable(props)}>
      {(element.options ?? []).map((option, at) => (
        <div className="choice" key={option.value ?? at}>
          <input
            id={at === 0 ? id : `${id}-${at}`}
            type={many ? "checkbox" : "radio"}
            name={id}
            value={option.value}
            checked={isChosen(option)}
            onChange={() => choose(option)}
            aria-describedby={option.description ? `${id}-${at}-more` : undefined}
          />
          <div>
            <label htmlFor={at === 0 ? id : `${id}-${at}`}>
              <Text of={option.text} />
            </label>
            {option.description && (
              <small id={`${id}-${at}-more`}>
                <Text of={option.description} />
              </small>
            )}
          </div>
        </div>
      ))}
    </div>
  );
}
