import { readFunnels } from '@trafficinator/contract';
import type { PredecessorFunnel } from '../../ports/predecessor.ts';
import type { StoredFunnel } from '../../ports/store/material.ts';
import type { Brought } from './import-predecessor.ts';
import { objectOf } from './preset.ts';

/**
 * A funnel of the predecessor, judged by the contract's own rules: a mistake is told with its step and field.
 * Its columns count where its text says something else.
 */
export function funnelOf(old: PredecessorFunnel): Brought<StoredFunnel> {
  const config = objectOf(old.config_json);
  if (config === null) return { row: null, notes: ['It is not a JSON object.'] };
  const whole = {
    ...config,
    name: old.name,
    description: old.description,
    probability: old.probability ?? config.probability,
    priority: old.priority ?? config.priority ?? 0,
    // Only those that are enabled are given back; this one may be switched off.
    enabled: true,
  };
  const { funnels, problems } = readFunnels(JSON.stringify([whole]), 'presets.db');
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [funnel] = funnels;
  if (funnel === undefined || errors.length > 0) {
    return { row: null, notes: errors.map(({ message }) => message) };
  }
  const enabled = old.enabled === null ? config.enabled !== false : old.enabled !== 0;
  const ignored = problems.filter(({ code }) => code === 'funnel_field_ignored');
  return {
    row: { enabled, priority: funnel.priority, funnel: { ...funnel, enabled } },
    notes: ignored.map(({ message }) => message),
  };
}
