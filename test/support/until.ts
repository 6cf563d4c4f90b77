/** Waits for what another process or connection does, a few milliseconds at a time. Fails after `ms`. */
export async function until(isTrue: () => boolean, ms = 2000): Promise<void> {
  const end = Date.now() + ms;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error('It did not come true.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
