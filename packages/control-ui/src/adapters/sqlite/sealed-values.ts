import { isSecretName } from '../../secret-names.ts';
import type { Secrets } from './secrets.ts';

type Values = Readonly<Record<string, unknown>>;

/** Settings without what is secret among them. */
export function openValues(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !isSecretName(name)));
}

/** Seals the secrets among settings, in place of those that the owner had. Empty ones are none. */
export function sealValues(secrets: Secrets, owner: string, values: Values): void {
  secrets.removeAll(owner);
  for (const [name, value] of Object.entries(values)) {
    if (!isSecretName(name) || value === null || value === undefined || value === '') continue;
    secrets.put(owner, name, boundOf(name, values), JSON.stringify(value));
  }
}

/** The settings with their secrets. */
export function withSecrets(secrets: Secrets, owner: string, values: Values): Values {
  const sealed = secrets.names(owner).map((name): [string, unknown] => {
    const text = secrets.get(owner, name, boundOf(name, values));
    return [name, text === null ? null : JSON.parse(text)];
  });
  return { ...values, ...Object.fromEntries(sealed) };
}

/** A token is for one address. */
const boundOf = (name: string, values: Values): string =>
  name === 'matomo_token_auth' ? String(values.matomo_url ?? '') : '';
