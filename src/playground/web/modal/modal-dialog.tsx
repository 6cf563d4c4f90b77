import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { PageView } from '../../page-api.ts';
import { BlockSurface } from '../blocks/block-surface.tsx';
import { useFormValues } from '../blocks/form-values.ts';
import { useActions, useWorkspace } from '../store/page-store.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { missingFields } from './missing-fields.ts';

type Errors = Readonly<Record<string, string>>;
type Props = { readonly view: PageView /** How many modals lie under this one. */; readonly below: number };

/** A modal. The browser's `<dialog>` keeps the focus inside and closes it with Escape. */
export function ModalDialog({ view, below }: Props) {
  const { bot } = useWorkspace();
  const { submit, closeView, toast } = useActions();
  const dialog = useRef<HTMLDialogElement>(null);
  const form = useFormValues(view.blocks);
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);
  const place = useMemo(() => ({ view_id: view.id }), [view.id]);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const missing = missingFields(view.blocks, form.values);
    if (Object.keys(missing).length > 0) return showErrors(missing);
    setBusy(true);
    try {
      const result = await submit(view.id, form.values);
      showErrors(result.errors ?? {});
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  };
  const showErrors = (found: Errors) => {
    setErrors(found);
    const first = Object.keys(found)[0];
    if (first)
      dialog.current
        ?.querySelector<HTMLElement>(`[data-block="${CSS.escape(first)}"] :is(input, textarea, button)`)
        ?.focus();
  };
  const close = (all: boolean) => void closeView(view.id, all);

  return (
    <dialog
      ref={dialog}
      className="modal"
      aria-labelledby={`${view.id}-title`}
      onCancel={(event) => {
        event.preventDefault();
        close(false);
      }}
    >
      <form className="modal__form" onSubmit={onSubmit} noValidate aria-busy={busy}>
        <header className="modal__header">
          {below > 0 ? (
            <IconButton icon="left" label="Back" onClick={() => close(false)} />
          ) : (
            <Avatar person={bot} size={28} />
          )}
          <h2 className="modal__title" id={`${view.id}-title`}>
            {view.title?.text}
          </h2>
          <IconButton icon="close" label="Close" onClick={() => close(true)} />
        </header>
        <div className="modal__body">
          <BlockSurface place={place} blocks={view.blocks} form={form} errors={errors} />
        </div>
        {(view.submit || view.close) && (
          <footer className="modal__footer">
            <button type="button" className="button" onClick={() => close(false)}>
              {view.close?.text ?? 'Cancel'}
            </button>
            {view.submit && (
              <button type="submit" className={`button button--primary ${busy ? 'button--busy' : ''}`} disabled={busy}>
                {view.submit.text}
              </button>
            )}
          </footer>
        )}
      </form>
      <Toasts />
    </dialog>
  );
}
