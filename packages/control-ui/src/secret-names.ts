import { isSecret, type SettingName, settingList } from '@trafficinator/contract';

/** Is the value of a setting never to be shown? What no setting is called, but sounds secret, is. */
export function isSecretName(name: string): boolean {
  if (Object.hasOwn(settingList, name)) return isSecret(name as SettingName);
  return /token|secret|passw|key|auth|credential/i.test(name);
}
