/** Something an operator must know. `key` groups repeats into one incident. */
export type Alert = {
  readonly key: string;
  readonly title: string;
  readonly detail: string;
  readonly reference: string | undefined;
};

/** Tells the operators about an incident, in a Slack channel or in the log. Never rejects. */
export interface Alerts {
  raise(alert: Alert): Promise<void>;
}
