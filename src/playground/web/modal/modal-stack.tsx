import { usePage } from '../store/page-store.tsx';
import { ModalDialog } from './modal-dialog.tsx';

/** Shows the topmost of the open modals, as Slack does. */
export function ModalStack() {
  const { views } = usePage();
  const top = views.at(-1);
  return top && <ModalDialog key={top.id} view={top} below={views.length - 1} />;
}
