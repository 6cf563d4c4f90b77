const key = 'playground.as';

/**
 * Who acts in this tab. Kept per tab, so that two tabs can be two people; `?as=U…` in the address wins, and a new tab
 * starts as the person chosen last.
 */
export function readActingPerson(): string | undefined {
  const named = new URLSearchParams(window.location.search).get('as');
  return named ?? sessionStorage.getItem(key) ?? localStorage.getItem(key) ?? undefined;
}

export function keepActingPerson(id: string): void {
  sessionStorage.setItem(key, id);
  localStorage.setItem(key, id);
  const address = new URL(window.location.href);
  if (!address.searchParams.has('as')) return;
  address.searchParams.delete('as');
  window.history.replaceState(null, '', address);
}

/** Nobody by that id (any more): the server shall choose. */
export function forgetActingPerson(): void {
  sessionStorage.removeItem(key);
  localStorage.removeItem(key);
}
