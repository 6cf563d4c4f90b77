import { createContext, type ReactNode, useContext, useEffect, useMemo, useReducer, useRef } from 'react';
import type { Bootstrap } from '../../page-api.ts';
import { openEventStream } from '../api/event-stream.ts';
import { createPlaygroundClient } from '../api/playground-client.ts';
import { createPageActions, type PageActions } from './page-actions.ts';
import { pageReducer } from './page-reducer.ts';
import { initialState, type PageState, type WorkspaceFacts } from './page-state.ts';

const StateContext = createContext<PageState | undefined>(undefined);
const WorkspaceContext = createContext<WorkspaceFacts | undefined>(undefined);
const ActionsContext = createContext<PageActions | undefined>(undefined);

/** The workspace as the acting person sees it now. */
export function usePage(): PageState {
  return present(useContext(StateContext));
}

/** The unchanging part alone. Components that use only this do not render again when a message arrives. */
export function useWorkspace(): WorkspaceFacts {
  return present(useContext(WorkspaceContext));
}

/** What the page can do; the same object as long as the person is the same. */
export function useActions(): PageActions {
  return present(useContext(ActionsContext));
}

type Props = { readonly boot: Bootstrap; readonly onReset: () => void; readonly children: ReactNode };

/** Holds the state of one person's view and follows the server's events. Give it the person's id as `key`. */
export function PageStore({ boot, onReset, children }: Props) {
  const [state, dispatch] = useReducer(pageReducer, boot, initialState);
  const latest = useRef(state);
  latest.current = state;
  const as = boot.me.id;
  const actions = useMemo(() => createPageActions(createPlaygroundClient(as), dispatch, () => latest.current), [as]);
  useEffect(
    () =>
      openEventStream(
        as,
        (event) => {
          if (event.type === 'reset') onReset();
          else if (event.type === 'hello') void actions.refresh(as);
          else dispatch(event);
        },
        (connection) => dispatch({ type: 'connection', connection }),
      ),
    [as, actions, onReset],
  );
  return (
    <ActionsContext value={actions}>
      <WorkspaceContext value={state.workspace}>
        <StateContext value={state}>{children}</StateContext>
      </WorkspaceContext>
    </ActionsContext>
  );
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('used outside of PageStore');
  return value;
}
