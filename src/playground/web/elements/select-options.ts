import type { MultiSelect, PlainTextOption, Select } from '@slack/types';
import { useEffect, useState } from 'react';
import type { ElementPlace } from '../../page-api.ts';
import { useActions, useWorkspace } from '../store/page-store.tsx';

/** Any select element. */
export type SelectType = Select | MultiSelect;

/** Options under one heading, or without one. */
export type OptionGroup = { readonly label: string; readonly options: readonly PlainTextOption[] };

/** How long to wait for another key before the app is asked, in milliseconds. */
const pause = 250;

/** The options of a select: those of the block, people, channels, or what the app offers for the typed text. */
export function useSelectOptions(
  element: SelectType,
  place: ElementPlace,
  blockId: string,
  typed: string,
): readonly OptionGroup[] {
  const workspace = useWorkspace();
  const found = useFoundOptions(element, place, blockId, typed);
  switch (element.type) {
    case 'static_select':
    case 'multi_static_select':
      return filterGroups(groupsOf(element.options, element.option_groups), typed);
    case 'external_select':
    case 'multi_external_select':
      return found;
    case 'users_select':
    case 'multi_users_select':
      return filterGroups(groupsOf(workspace.people.map((person) => option(person.id, person.real_name))), typed);
    default:
      return filterGroups(groupsOf(workspace.channelNames.map((channel) => option(channel.id, channel.name))), typed);
  }
}

function useFoundOptions(
  element: SelectType,
  place: ElementPlace,
  blockId: string,
  typed: string,
): readonly OptionGroup[] {
  const { findOptions, toast } = useActions();
  const [groups, setGroups] = useState<readonly OptionGroup[]>([]);
  const external = element.type === 'external_select' || element.type === 'multi_external_select';
  const enough = external && typed.length >= (element.min_query_length ?? 3);
  const actionId = element.action_id ?? '';
  useEffect(() => {
    if (!enough) return;
    let stale = false;
    const timer = window.setTimeout(async () => {
      try {
        const found = await findOptions(place, blockId, actionId, typed);
        if (!stale) setGroups(groupsOf(found.options as PlainTextOption[], found.option_groups as GivenGroup[]));
      } catch (error) {
        toast(error instanceof Error ? error.message : String(error));
      }
    }, pause);
    return () => {
      stale = true;
      window.clearTimeout(timer);
    };
  }, [enough, findOptions, toast, place, blockId, actionId, typed]);
  return groups;
}

type GivenGroup = { readonly label: { readonly text: string }; readonly options: readonly PlainTextOption[] };

function groupsOf(options?: readonly PlainTextOption[], groups?: readonly GivenGroup[]): readonly OptionGroup[] {
  if (groups?.length) return groups.map((group) => ({ label: group.label.text, options: group.options }));
  return [{ label: '', options: options ?? [] }];
}

function filterGroups(groups: readonly OptionGroup[], typed: string): readonly OptionGroup[] {
  const wanted = typed.trim().toLowerCase();
  return groups
    .map((group) => ({
      ...group,
      options: group.options.filter((known) => known.text.text.toLowerCase().includes(wanted)),
    }))
    .filter((group) => group.options.length > 0);
}

function option(value: string, text: string): PlainTextOption {
  return { value, text: { type: 'plain_text', text } };
}
