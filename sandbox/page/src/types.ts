/** What the sandbox server sends: sandbox/browser/snapshot.py is its side. */
export interface Person {
  id: string;
  name: string;
  real_name: string;
  tz: string;
  title: string;
  deleted: boolean;
  is_bot: boolean;
  color: string;
}

export interface Channel {
  id: string;
  name: string;
  kind: "public" | "private" | "dm";
  member: boolean;
  topic: string;
  purpose: string;
  unread: number;
  /** How many of the unread messages name the reader. */
  mentions: number;
  with: string | null;
  archived: boolean;
  members: string[];
  /** The ts of the newest message. */
  latest: string | null;
  bookmarks: Bookmark[];
}

export interface Bookmark {
  id: string;
  title: string;
  link: string;
  emoji: string;
}

export interface File {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  size: number;
  user: string;
  created: number;
  url: string;
  /** The beginning of a text file. */
  preview: string | null;
}

export interface Canvas {
  id: string;
  title: string;
  owner: string;
  markdown: string;
  updated: number;
  /** The channel whose own canvas it is. */
  channel: string | null;
}

export interface Reaction {
  name: string;
  count: number;
  users: string[];
}

export interface Message {
  ts: string;
  /** Slack's word for what kind of message it is, `channel_join` for instance; null when somebody just wrote it. */
  subtype: string | null;
  user: string;
  text: string;
  blocks?: Block[] | null;
  edited: boolean;
  ephemeral: boolean;
  thread_ts: string | null;
  reactions?: Reaction[];
  pinned: boolean;
  pinned_by: string | null;
  /** Who let in the one who joined. */
  inviter: string | null;
  bot: boolean;
  files?: File[];
}

export interface View {
  id: string;
  hash?: string;
  type: "modal" | "home";
  callback_id?: string;
  title?: TextObject;
  submit?: TextObject | null;
  close?: TextObject | null;
  blocks: Block[];
  state?: { values?: Values };
  errors?: Record<string, string> | null;
  busy?: boolean;
  submit_disabled?: boolean;
}

export interface Command {
  command: string;
  description: string;
  usage_hint: string;
}

export interface Shortcut {
  name: string;
  callback_id: string;
  type: "global" | "message";
  description: string;
}

export interface App {
  id: string;
  name: string;
  user: string;
  home_tab: boolean;
  /** Whether nobody can write to it in its direct messages. */
  messages_read_only: boolean;
  shortcuts: Shortcut[];
}

/** Something the clock will bring, or has brought. */
export interface Due {
  at: string;
  zone: string;
  what: string;
  is_review: boolean;
  channel: string | null;
}

export interface Diary {
  /** Whether the clock is being turned, in whatever tab. */
  turning: boolean;
  next: Due | null;
  next_review: Due | null;
  /** What came due lately, oldest first. */
  came: Due[];
}

export interface Faults {
  down: boolean;
  /** Whatever the app asks fails, while it is still told what happens. */
  api_down: boolean;
  /** Seconds that every call takes longer. */
  latency: number;
  per_channel_rate: boolean;
  drops: Record<string, number>;
  rate_limits: { method: string; retry_after: number; left: number }[];
  lost_acks: number;
}

/** One step of the guided tour. */
export interface Step {
  title: string;
  text: string;
  person: string;
  channel: string;
  type: string;
  turn: "" | "next" | "review";
}

export interface Snapshot {
  team: { name: string; domain: string };
  app: App;
  me: Person;
  people: Person[];
  clock: string;
  diary: Diary;
  faults: Faults;
  tour: Step[];
  channels: Channel[];
  /** The messages of the channels looked at so far; the open one's are kept current. */
  messages: Record<string, Message[]>;
  canvases: Canvas[];
  modals: View[];
  home: View | null;
  commands: Command[];
  notice: string | null;
}

export interface TextObject {
  type: "plain_text" | "mrkdwn";
  text: string;
  emoji?: boolean;
  verbatim?: boolean;
}

export interface Option {
  text: TextObject;
  value?: string;
  description?: TextObject;
  url?: string;
}

export interface Confirm {
  title: TextObject;
  text: TextObject;
  confirm: TextObject;
  deny: TextObject;
  style?: "primary" | "danger";
}

/** Any interactive element of Block Kit; the fields that a type does not have stay undefined. */
export interface Element {
  type: string;
  action_id?: string;
  text?: TextObject;
  value?: string;
  url?: string;
  style?: "primary" | "danger";
  confirm?: Confirm;
  accessibility_label?: string;
  placeholder?: TextObject;
  multiline?: boolean;
  min_length?: number;
  max_length?: number;
  is_decimal_allowed?: boolean;
  min_value?: string;
  max_value?: string;
  max_selected_items?: number;
  focus_on_load?: boolean;
  options?: Option[];
  option_groups?: { label: TextObject; options: Option[] }[];
  filter?: { include?: string[]; exclude_bot_users?: boolean; exclude_external_shared_channels?: boolean };
  dispatch_action_config?: { trigger_actions_on?: string[] };
  default_to_current_conversation?: boolean;
  initial_value?: string | Block;
  initial_option?: Option;
  initial_options?: Option[];
  initial_user?: string;
  initial_users?: string[];
  initial_conversation?: string;
  initial_conversations?: string[];
  initial_channel?: string;
  initial_channels?: string[];
  initial_date?: string;
  initial_time?: string;
  initial_date_time?: number;
  min_query_length?: number;
  filetypes?: string[];
  max_files?: number;
  image_url?: string;
  alt_text?: string;
  icon?: string;
  positive_button?: Feedback;
  negative_button?: Feedback;
  visible_to_user_ids?: string[];
}

/** One of the two buttons of `feedback_buttons`. */
export interface Feedback {
  text: TextObject;
  value: string;
  accessibility_label?: string;
}

export interface Block {
  type: string;
  block_id?: string;
  text?: TextObject;
  fields?: TextObject[];
  accessory?: Element;
  elements?: Element[];
  element?: Element;
  label?: TextObject;
  hint?: TextObject;
  optional?: boolean;
  dispatch_action?: boolean;
  [field: string]: unknown;
}

/** One entry of Slack's `state.values`. */
export interface Value {
  type: string;
  value?: string | null;
  selected_option?: Option | null;
  selected_options?: Option[];
  selected_user?: string | null;
  selected_users?: string[];
  selected_conversation?: string | null;
  selected_conversations?: string[];
  selected_channel?: string | null;
  selected_channels?: string[];
  selected_date?: string | null;
  selected_time?: string | null;
  selected_date_time?: number | null;
  /** The block as the app gets it, or the text as it is typed. */
  rich_text_value?: Block | string | null;
  files?: File[];
}

export type Values = Record<string, Record<string, Value>>;

export interface Answer {
  ok: boolean;
  error?: string;
  channel?: string;
  came?: Due[];
  file?: File;
  options?: Option[];
  option_groups?: { label: TextObject; options: Option[] }[];
}
