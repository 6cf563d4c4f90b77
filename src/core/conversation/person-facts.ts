import type { Question } from '../base/question.ts';
import type { PersonFacts } from '../sql/policy.ts';

/** What the event that Slack signed says of who asks, for row policies and what the database is told. */
export const personFacts = ({ person, place }: Pick<Question, 'person' | 'place'>): PersonFacts => ({
  slack_user: person.user,
  team: person.team,
  channel: place.channel,
});
