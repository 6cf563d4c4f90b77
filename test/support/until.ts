/** Waits for what another process or connection does, a few milliseconds at a time. Fails after two seconds. */
export async function until(isTrue: () => boolean): Promise<void> {
  const end = Date.now() + 2000;
  while (!isTrue()) {
    if (Date.now() > end) throw new Error('It did not come true.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
