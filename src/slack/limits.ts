/**
 * What Slack accepts, in one place, so that no block builder has numbers of its own. Lengths are characters; Slack
 * counts code points and we count UTF-16 units, which is never fewer. Source: docs.slack.dev, the reference of the
 * block or method named at each line.
 */
export const slackLimits = {
  /** chat.postMessage. */
  messageBlocks: 50,
  /** views.open, views.publish. */
  viewBlocks: 100,
  /** chat.postMessage `text`; Slack cuts it at 40,000 and recommends 4,000. */
  messageText: 4000,
  sectionText: 3000,
  headerText: 150,
  contextElements: 10,
  /** Text of one context element. */
  contextText: 2000,
  buttonText: 75,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  modalTitle: 24,
  /** plain_text_input: `max_length` and `initial_value`. */
  inputText: 3000,
  containerTitle: 150,
  /** data_table: rows without the header, columns. */
  tableRows: 100,
  tableColumns: 20,
  /**
   * Slack takes 10,000 characters over all tables of a message and about 13,000 over all its texts (slackapi/bolt-js
   * #2509): table, SQL, sentence and the small texts share them.
   */
  tableCharacters: 8_000,
  sqlCharacters: 2_200,
  answerText: 1_200,
  interpretationText: 500,
  tablePage: 10,
  /** Ours: a longer cell is cut, so that one cell cannot push the other rows out of the table. */
  tableCell: 300,
  /** data_visualization. */
  chartTitle: 50,
  chartLabel: 20,
  chartAxisLabel: 50,
  chartSeries: 6,
  chartCategories: 20,
  chartSegments: 6,
  /** Ours, for fixed-width text in a modal. */
  preformatted: 6000,
  /** assistant.threads.setSuggestedPrompts. */
  prompts: 4,
  promptTitle: 75,
  /** assistant.threads.setStatus. */
  statusText: 50,
  suggestions: 3,
  /** Readings of an unclear question. */
  readings: 4,
  /** Ours, for `/memori sources show`: tables drawn, and characters of all of them together. */
  shownTables: 20,
  schemaCharacters: 9_000,
  /** Ours: selects below an interpretation. */
  chips: 5,
} as const;
