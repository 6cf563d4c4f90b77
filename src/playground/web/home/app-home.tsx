import { useMemo } from 'react';
import { BlockSurface } from '../blocks/block-surface.tsx';
import { usePage } from '../store/page-store.tsx';
import { Avatar } from '../ui/avatar.tsx';

/** The app's Home tab: the view it published. */
export function AppHome() {
  const { home, workspace } = usePage();
  const viewId = home?.id;
  const place = useMemo(() => ({ view_id: viewId ?? '' }), [viewId]);
  return (
    <div className="app-home">
      {home ? (
        <div className="app-home__view">
          <BlockSurface key={home.id} place={place} blocks={home.blocks} />
        </div>
      ) : (
        <div className="intro">
          <div className="intro__mark">
            <Avatar person={workspace.bot} size={56} />
          </div>
          <h2 className="intro__title">Opening {workspace.bot.real_name}’s home…</h2>
          <p className="intro__text">If nothing appears here, ask in the Messages tab; everything works there too.</p>
        </div>
      )}
    </div>
  );
}
