import type { Question } from './question.ts';
import type { PersonFacts } from './sql/policy.ts';

/** What the event that Slack signed says of who asks, for the conditions of row policies. */
export const personFacts = ({ person, place }: Pick<Question, 'person' | 'place'>): PersonFacts => ({
  slack_user: person.user,
  team: person.team,
  channel: place.channel,
});
