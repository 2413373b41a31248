import type { Goal, Site } from '../sites/site.ts';
import type { ActionDraft } from './visit.ts';

/** The goals that an action fires by itself: by address, title, file, outlink or event. */
export function goalsFiredBy(site: Site, action: ActionDraft | null, hitUrl: string): Goal[] {
  if (action === null) return [];
  return site.goals.filter((goal) => {
    const subject = subjectOf(goal, action, hitUrl);
    return subject !== null && matches(goal, subject);
  });
}

function subjectOf(goal: Goal, action: ActionDraft, hitUrl: string): string | null {
  switch (goal.match_attribute) {
    case 'manually':
      return null;
    case 'url':
      return action.kind === 'page' ? hitUrl : null;
    case 'title':
      return action.kind === 'page' ? action.title : null;
    case 'file':
      return action.kind === 'download' ? action.url : null;
    case 'external_website':
      return action.kind === 'outlink' ? action.url : null;
    case 'event_category':
      return action.event?.category ?? null;
    case 'event_action':
      return action.event?.action ?? null;
    case 'event_name':
      return action.event?.name ?? null;
  }
}

function matches(goal: Goal, subject: string): boolean {
  if (goal.pattern_type === 'regex') {
    return new RegExp(goal.pattern, goal.case_sensitive === 1 ? '' : 'i').test(subject);
  }
  const folded = (text: string) => (goal.case_sensitive === 1 ? text : text.toLowerCase());
  return goal.pattern_type === 'exact'
    ? folded(subject) === folded(goal.pattern)
    : folded(subject).includes(folded(goal.pattern));
}
