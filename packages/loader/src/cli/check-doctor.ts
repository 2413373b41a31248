import type { Problem, Settings } from '@trafficinator/contract';
import type { Material } from '../plan/material/material.ts';
import { apiPath } from '../send/preflight/api.ts';
import { Asker, type AskerOptions } from '../send/preflight/ask.ts';
import { askDoctor, type DoctorFacts } from '../send/preflight/doctor.ts';
import type { Finding } from './check-findings.ts';
import { pluginFindings } from './check-plugins.ts';
import { missingProblems, wantedOf } from './check-wanted.ts';

export interface Diagnosis {
  /** null: Matomo did not tell. */
  readonly facts: DoctorFacts | null;
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

/** Looks into what a Matomo is set to beyond its site, and says what each means for a run with these funnels. */
export async function examine(
  settings: Settings,
  material: Material,
  options: AskerOptions,
): Promise<Diagnosis> {
  const url = new URL(settings.matomo_url ?? '');
  const asker = new Asker(url.origin, settings, options);
  try {
    const token = settings.matomo_token_auth ?? '';
    const facts = await askDoctor(asker, apiPath(url), token, settings.matomo_site_id);
    if (facts === null) return { facts, findings: [], problems: [] };
    const { findings, problems } = pluginFindings(facts.plugins, settings, material.funnels);
    const missing = missingProblems(wantedOf(settings, material), facts);
    return {
      facts,
      findings: [...findings, ...configured(facts)],
      problems: [...problems, ...missing],
    };
  } finally {
    await asker.close();
  }
}

const mostNamed = 5;

function configured({ goals, dimensions }: DoctorFacts): Finding[] {
  const findings: Finding[] = [];
  if (goals !== null) {
    findings.push({
      name: 'goals',
      label: 'Goals',
      value: goals.length,
      text: listed(
        goals.map(({ idgoal, name, match_attribute }) => `${idgoal} ${name} (${match_attribute})`),
      ),
      consequence:
        'visits convert the goals that their pages, files, links and events match; `reconcile` predicts these conversions',
      remedy: null,
    });
  }
  if (dimensions !== null) {
    const active = dimensions.filter((each) => each.active);
    findings.push({
      name: 'custom_dimensions',
      label: 'Custom dimensions',
      value: active.length,
      text: listed(
        active.map(
          ({ idcustomdimension, name, scope }) => `${idcustomdimension} ${name} (${scope})`,
        ),
      ),
      consequence:
        'Matomo ignores the values of dimensions that are not configured, without a word',
      remedy: null,
    });
  }
  return findings;
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const rest = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return `${names.slice(0, mostNamed).join(', ')}${rest}`;
}
