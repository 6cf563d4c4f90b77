import type { ConfirmationDialog } from '@slack/types';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { SlackText } from '../blocks/slack-text.tsx';

/**
 * Asks for confirmation if the element has a `confirm`. Returns the function that asks, and the dialog to render next
 * to the element.
 */
export function useConfirm(confirm: ConfirmationDialog | undefined): readonly [(onYes: () => void) => void, ReactNode] {
  const [pending, setPending] = useState<() => void>();
  const ask = (onYes: () => void) => (confirm ? setPending(() => onYes) : onYes());
  const close = () => setPending(undefined);
  const dialog = confirm && pending && (
    <ConfirmDialog
      confirm={confirm}
      onNo={close}
      onYes={() => {
        close();
        pending();
      }}
    />
  );
  return [ask, dialog];
}

type Props = { readonly confirm: ConfirmationDialog; readonly onYes: () => void; readonly onNo: () => void };

function ConfirmDialog({ confirm, onYes, onNo }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="modal modal--confirm"
      aria-label={confirm.title?.text ?? 'Are you sure?'}
      onClose={onNo}
    >
      <h2 className="modal__title">{confirm.title?.text ?? 'Are you sure?'}</h2>
      <div className="modal__body">
        <SlackText text={confirm.text} />
      </div>
      <footer className="modal__footer">
        <button type="button" className="button" onClick={onNo}>
          {confirm.deny?.text ?? 'Cancel'}
        </button>
        <button
          type="button"
          className={`button ${confirm.style === 'danger' ? 'button--danger' : 'button--primary'}`}
          onClick={onYes}
        >
          {confirm.confirm?.text ?? 'Yes'}
        </button>
      </footer>
    </dialog>
  );
}
