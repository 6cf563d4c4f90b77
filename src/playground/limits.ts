/**
 * Slack's documented limits, as the local Web API enforces them. Lengths are in characters (UTF-16 units, as Slack
 * counts), counts in items. Sources: docs.slack.dev/reference/block-kit and /reference/methods, read in late 2026.
 */
export const limits = {
  message: {
    /** Blocks in a message. */
    blocks: 50,
    /** `text` of chat.postMessage and chat.update. */
    text: 40_000,
    /** `markdown_text`, a markdown block, and each call of a stream. */
    markdown: 12_000,
    /** All texts of a message's blocks together: undocumented, measured by others at about 13,200 (bolt-js #2509). */
    allBlocksText: 13_200,
    charts: 2,
    /** Characters over all table cells of a message. */
    tableText: 10_000,
  },
  view: { blocks: 100, title: 24, privateMetadata: 3_000, callbackId: 255, externalId: 255, depth: 3 },
  id: 255,
  text: 3_000,
  header: 150,
  section: { text: 3_000, fields: 10, field: 2_000 },
  context: 10,
  contextActions: 5,
  actions: 25,
  button: { text: 75, value: 2_000, url: 3_000, accessibilityLabel: 75 },
  option: { text: 75, value: 150, description: 75, url: 3_000 },
  options: { select: 100, groups: 100, choice: 10, overflow: 5 },
  confirm: { title: 100, text: 300, button: 30 },
  input: { label: 2_000, hint: 2_000, placeholder: 150, value: 3_000, files: 10 },
  image: { alt: 2_000, title: 2_000, url: 3_000 },
  video: { title: 200, author: 50 },
  card: { title: 150, subtitle: 150, body: 200, carousel: 10 },
  container: { title: 150, subtitle: 150, children: 10 },
  table: { rows: 100, columns: 20 },
  /** Rows include the header. */
  dataTable: { minRows: 2, rows: 101, columns: 20, pageSize: 100 },
  chart: { title: 50, series: 6, segments: 6, categories: 20, label: 20, axisLabel: 50 },
  prompts: 4,
  sessionTitle: 200,
} as const;
