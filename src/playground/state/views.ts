import { limits } from '../limits.ts';
import type { Block, PageView } from '../page-api.ts';
import type { ViewDefinition } from '../validate-view.ts';
import type { Ids } from './ids.ts';
import type { Live } from './live.ts';
import type { Saves } from './saves.ts';

/** A view as Slack keeps it. */
export type StoredView = PageView & {
  readonly person: string;
  readonly private_metadata: string;
  readonly external_id: string;
  readonly notify_on_close: boolean;
  readonly root_view_id: string;
  readonly previous_view_id: string | null;
};

/** Open modals and published homes. */
export type Views = {
  load(id: string, value: unknown): void;
  /** Puts a modal on top of the person's others; undefined when three are open. */
  push(person: string, definition: ViewDefinition): StoredView | undefined;
  /** Closes the open modals and shows this one. */
  open(person: string, definition: ViewDefinition): StoredView;
  update(view: StoredView, definition: ViewDefinition): StoredView;
  /** Removes a modal and those above it. Returns what was removed, topmost first. */
  close(view: StoredView): readonly StoredView[];
  /** By `id` or `external_id`. */
  find(by: { id?: string; externalId?: string }): StoredView | undefined;
  /** Open modals of a person, the topmost last. */
  stack(person: string): readonly StoredView[];
  publishHome(person: string, definition: ViewDefinition): StoredView;
  home(person: string): StoredView | undefined;
  clear(): void;
};

/** Homes are saved; open modals are not. */
export function createViews({ ids, saves, live }: { ids: Ids; saves: Saves; live: Live }): Views {
  const stacks = new Map<string, readonly StoredView[]>();
  const homes = new Map<string, StoredView>();
  const stack = (person: string) => stacks.get(person) ?? [];

  function build(person: string, definition: ViewDefinition, previous?: StoredView): StoredView {
    const id = ids.id('V');
    return {
      ...fieldsOf(definition, ids),
      id,
      person,
      root_view_id: previous?.root_view_id ?? id,
      previous_view_id: previous?.id ?? null,
    };
  }

  function close(view: StoredView): readonly StoredView[] {
    const open = stack(view.person);
    const index = open.findIndex((one) => one.id === view.id);
    if (index < 0) return [];
    stacks.set(view.person, open.slice(0, index));
    const closed = open.slice(index).reverse();
    for (const one of closed) live.publish([view.person], { type: 'view_closed', view_id: one.id });
    return closed;
  }

  function push(person: string, definition: ViewDefinition): StoredView | undefined {
    if (stack(person).length >= limits.view.depth) return undefined;
    const view = build(person, definition, stack(person).at(-1));
    stacks.set(person, [...stack(person), view]);
    live.publish([person], { type: 'view_opened', view: pageView(view) });
    return view;
  }

  return {
    load: (id, value) => homes.set(id.replace('home/', ''), value as StoredView),
    push,
    open(person, definition) {
      const [bottom] = stack(person);
      if (bottom !== undefined) close(bottom);
      return push(person, definition) ?? build(person, definition);
    },
    update(view, definition) {
      const updated = { ...view, ...fieldsOf(definition, ids) };
      stacks.set(
        view.person,
        stack(view.person).map((one) => (one.id === view.id ? updated : one)),
      );
      live.publish([view.person], { type: 'view_updated', view: pageView(updated) });
      return updated;
    },
    close,
    find: ({ id, externalId }) =>
      [...[...stacks.values()].flat(), ...homes.values()].find(
        (view) => view.id === id || (externalId !== undefined && view.external_id === externalId),
      ),
    stack,
    publishHome(person, definition) {
      const before = homes.get(person);
      const view = { ...build(person, definition), ...(before !== undefined && { id: before.id }) };
      homes.set(person, view);
      saves.put(`home/${person}`, view);
      live.publish([person], { type: 'home_published', view: pageView(view) });
      return view;
    },
    home: (person) => homes.get(person),
    clear() {
      stacks.clear();
      homes.clear();
    },
  };
}

function fieldsOf(definition: ViewDefinition, ids: Ids) {
  const modal = definition.type === 'modal' ? definition : undefined;
  return {
    type: definition.type,
    callback_id: definition.callback_id ?? '',
    ...(modal !== undefined && { title: plain(modal.title), submit: maybe(modal.submit), close: maybe(modal.close) }),
    blocks: withBlockIds(definition.blocks, ids),
    hash: `${ids.ts()}.${ids.id('').slice(0, 8).toLowerCase()}`,
    private_metadata: definition.private_metadata ?? '',
    external_id: definition.external_id ?? '',
    clear_on_close: modal?.clear_on_close ?? false,
    notify_on_close: modal?.notify_on_close ?? false,
  };
}

type Label = { readonly type: 'plain_text'; readonly text: string; readonly emoji?: boolean | undefined };
const plain = ({ text, emoji }: Label) => ({ type: 'plain_text' as const, text, emoji: emoji ?? true });
const maybe = (label: Label | null | undefined) => (label == null ? null : plain(label));

/** The view as the page needs it, without the app's private data. */
export function pageView(view: StoredView): PageView {
  const { person, private_metadata, external_id, notify_on_close, root_view_id, previous_view_id, ...shown } = view;
  return shown;
}

/** Adds the `block_id`s and `action_id`s that the app left out, as Slack does. */
export function withBlockIds(blocks: readonly Block[], ids: Ids): readonly Block[] {
  const fresh = () => ids.id('').slice(0, 5).toLowerCase();
  return blocks.map((block) => ({
    ...block,
    block_id: block.block_id ?? fresh(),
    ...(Array.isArray(block.elements) &&
      ['actions', 'context_actions'].includes(block.type) && {
        elements: block.elements.map((one) => withActionId(one, fresh)),
      }),
    ...(isElement(block.accessory) && { accessory: withActionId(block.accessory, fresh) }),
    ...(isElement(block.element) && { element: withActionId(block.element, fresh) }),
    ...(Array.isArray(block.child_blocks) && { child_blocks: withBlockIds(block.child_blocks, ids) }),
  }));
}

type Element = { readonly type: string; readonly action_id?: string };

function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function withActionId(element: Element, fresh: () => string): Element {
  return element.type === 'image' ? element : { ...element, action_id: element.action_id ?? fresh() };
}
