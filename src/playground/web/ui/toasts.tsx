import { useEffect } from 'react';
import type { Toast } from '../store/page-state.ts';
import { useActions, usePage } from '../store/page-store.tsx';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';

/** Long enough to read two sentences, in milliseconds. */
const shownFor = 9_000;

/** Errors that belong to no field, in a corner. Screen readers announce them. */
export function Toasts() {
  const { toasts } = usePage();
  return (
    <div className="toasts" role="alert">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  );
}

function ToastCard({ toast }: { readonly toast: Toast }) {
  const { dropToast } = useActions();
  useEffect(() => {
    const timer = window.setTimeout(() => dropToast(toast.id), shownFor);
    return () => window.clearTimeout(timer);
  }, [toast.id, dropToast]);
  return (
    <div className="toast">
      <Icon name="warning" />
      <span className="toast__text">{toast.text}</span>
      <IconButton icon="close" size={16} label="Dismiss" onClick={() => dropToast(toast.id)} />
    </div>
  );
}
