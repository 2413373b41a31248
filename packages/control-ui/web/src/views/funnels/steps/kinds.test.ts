import { stepFields as fieldsOfFormat, stepTypes } from '@trafficinator/contract/funnel-step';
import { funnelMistakes } from '@trafficinator/contract/funnels-file';
import { expect, it } from 'vitest';
import { blankFunnel, templates } from '../templates.ts';
import { stepFields } from './fields.ts';
import { asKind, blankStep, formFields, kindNames } from './kinds.ts';

it('has every type of step and every field of the format, each with a label', () => {
  expect(kindNames.toSorted()).toEqual(stepTypes.toSorted());
  for (const type of stepTypes) {
    const shown = formFields(blankStep(type));
    const known = fieldsOfFormat(type)?.filter((name) => name !== 'type') ?? [];
    expect(shown.toSorted()).toEqual(known.toSorted());
    for (const name of shown) expect(stepFields[name]?.label).toMatch(/\w/);
  }
});

it('keeps what two types have in common when the type is changed', () => {
  const event = { type: 'event', event_category: 'A', url: '/a', delay_seconds_min: 7 };
  expect(asKind(event, 'goal')).toEqual({
    type: 'goal',
    url: '/a',
    delay_seconds_min: 7,
    delay_seconds_max: 2,
  });
});

it('has templates without a mistake, each with a name of its own', () => {
  const all = [...templates.map(({ funnel }) => funnel), blankFunnel];
  expect(funnelMistakes(all)).toEqual([]);
});
