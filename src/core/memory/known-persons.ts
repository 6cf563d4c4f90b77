/** The persons that the team's databases know. A memory that holds one of them is refused. */
export interface KnownPersons {
  /** Whether a text holds a name, an address or a number of a person in a database. Never throws. */
  holds(text: string): Promise<boolean>;
}
