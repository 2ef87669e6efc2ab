import type { ReactNode } from "react";

import { Unknown } from "../blocks/Unknown";
import { nameOf, useSurface } from "../state/surface";
import { flat } from "../text/Rich";
import type { Element } from "../types";
import { Button, Overflow, WorkflowButton } from "./Button";
import { Choices } from "./Choices";
import { FeedbackButtons, IconButton } from "./ContextActions";
import { DateInput, DateTimeInput } from "./DateInput";
import { ExternalSelect } from "./ExternalSelect";
import { FileInput } from "./FileInput";
import type { ElementProps } from "./props";
import { RichTextInput } from "./RichTextInput";
import { Select } from "./Select";
import { TextInput } from "./TextInput";

const COMPONENTS: Record<string, (props: ElementProps) => ReactNode> = {
  button: Button,
  workflow_button: WorkflowButton,
  feedback_buttons: FeedbackButtons,
  icon_button: IconButton,
  overflow: Overflow,
  radio_buttons: Choices,
  checkboxes: Choices,
  plain_text_input: TextInput,
  number_input: TextInput,
  email_text_input: TextInput,
  url_text_input: TextInput,
  datepicker: DateInput,
  timepicker: DateInput,
  datetimepicker: DateTimeInput,
  static_select: Select,
  external_select: ExternalSelect,
  users_select: Select,
  conversations_select: Select,
  channels_select: Select,
  multi_static_select: Select,
  multi_external_select: ExternalSelect,
  multi_users_select: Select,
  multi_conversations_select: Select,
  multi_channels_select: Select,
  rich_text_input: RichTextInput,
  file_input: FileInput,
};

const TROUBLE = "We had some trouble connecting. Try again?";

export function Interactive(props: ElementProps): ReactNode {
  const Component = COMPONENTS[props.element.type];
  const { failed } = useSurface();
  if (!Component) return <Unknown of={props.element} />;
  return (
    <>
      <Component {...props} />
      {failed === nameOf(props.blockId, props.element) && (
        <span className="failed" role="alert" title={TROUBLE}>
          <span aria-hidden="true">⚠</span>
          <span className="hidden">{TROUBLE}</span>
        </span>
      )}
    </>
  );
}

/** An element that stands alone, without a label: named by its placeholder. */
export function Standalone({ element, blockId, surface }: { element: Element; blockId: string; surface: string }): ReactNode {
  const name = element.accessibility_label ?? flat(element.placeholder);
  return (
    <Interactive
      element={element}
      blockId={blockId}
      dispatch
      id={`${surface}-${blockId}-${element.action_id}`}
      aria={{ "aria-label": name || (element.action_id ?? element.type).replaceAll("_", " ") }}
    />
  );
}
