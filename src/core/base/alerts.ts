/** Something an operator must know. `key` groups repeats into one incident. */
export type Alert = {
  readonly key: string;
  readonly title: string;
  readonly detail: string;
  readonly reference: string | undefined;
};

export interface Alerts {
  raise(alert: Alert): Promise<void>;
}
