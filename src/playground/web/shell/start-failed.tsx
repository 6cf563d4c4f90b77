/** Shown when the workspace cannot be loaded at all. */
export function StartFailed({ reason, onRetry }: { readonly reason: string; readonly onRetry: () => void }) {
  return (
    <main className="start-failed">
      <h1>The playground could not be opened</h1>
      <p>{reason}</p>
      <button type="button" className="button button--primary" onClick={onRetry}>
        Try again
      </button>
    </main>
  );
}
