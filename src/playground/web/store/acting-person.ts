const key = 'playground.as';

/**
 * The acting person of this tab, so that two tabs can be two people. `?as=U…` in the address takes precedence; a new
 * tab starts as the person chosen last.
 */
export function readActingPerson(): string | undefined {
  const named = new URLSearchParams(window.location.search).get('as');
  return named ?? sessionStorage.getItem(key) ?? localStorage.getItem(key) ?? undefined;
}

/** Remembers the person for this tab and for new tabs. */
export function keepActingPerson(id: string): void {
  sessionStorage.setItem(key, id);
  localStorage.setItem(key, id);
  const address = new URL(window.location.href);
  if (!address.searchParams.has('as')) return;
  address.searchParams.delete('as');
  window.history.replaceState(null, '', address);
}

/** The person does not exist any more; the server chooses one. */
export function forgetActingPerson(): void {
  sessionStorage.removeItem(key);
  localStorage.removeItem(key);
}
