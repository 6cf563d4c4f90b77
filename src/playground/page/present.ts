/**
 * Prepares blocks for the page: uploaded images (`slack_file`) become addresses that the acting person may load.
 * Slack's own client resolves them itself.
 */
export function forPage<T>(value: T, person: string): T {
  return present(value, person) as T;
}

function present(value: unknown, person: string): unknown {
  if (Array.isArray(value)) return value.map((item) => present(item, person));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) =>
    key === 'slack_file' ? ['image_url', imageUrl(item, person)] : [key, present(item, person)],
  );
  return Object.fromEntries(entries);
}

function imageUrl(reference: unknown, person: string): string {
  const { id, url } = reference as { readonly id?: string; readonly url?: string };
  const path = url === undefined ? `/slack/files/${id}` : url.replace(/^https?:\/\/[^/]+/, '');
  return `${path}?as=${person}`;
}
