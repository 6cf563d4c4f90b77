import { useCallback, useEffect, useState } from 'react';
import type { Bootstrap } from '../page-api.ts';
import { fetchBootstrap, RequestFailed } from './api/playground-client.ts';
import { StartFailed } from './shell/start-failed.tsx';
import { Workspace } from './shell/workspace.tsx';
import { forgetActingPerson, keepActingPerson, readActingPerson } from './store/acting-person.ts';
import { PageStore } from './store/page-store.tsx';
import { ThemeProvider } from './store/use-theme.tsx';

/** Loads the workspace for the acting person, and again when another person is chosen. */
export function App() {
  const [boot, setBoot] = useState<Bootstrap>();
  const [failure, setFailure] = useState<string>();
  const load = useCallback(async (as: string | undefined) => {
    try {
      const next = await bootstrapFor(as);
      keepActingPerson(next.me.id);
      setFailure(undefined);
      setBoot(next);
    } catch (error) {
      // Memori is restarting and will be back in a moment.
      if (error instanceof RequestFailed && error.code === 'starting') setTimeout(() => void load(as), 1000);
      else setFailure(error instanceof Error ? error.message : String(error));
    }
  }, []);
  const reload = useCallback(() => void load(readActingPerson()), [load]);
  useEffect(reload, [reload]);
  if (failure && !boot) return <StartFailed reason={failure} onRetry={reload} />;
  if (!boot) return <div className="boot" role="status" aria-label="Loading the playground" />;
  return (
    <ThemeProvider>
      <PageStore key={`${boot.me.id} ${boot.team.id}`} boot={boot} onReset={() => window.location.reload()}>
        <Workspace onActAs={(person) => void load(person)} />
      </PageStore>
    </ThemeProvider>
  );
}

async function bootstrapFor(as: string | undefined): Promise<Bootstrap> {
  try {
    return await fetchBootstrap(as);
  } catch (error) {
    if (as === undefined) throw error;
    forgetActingPerson();
    return fetchBootstrap(undefined);
  }
}
