import { expect, it } from 'vitest';
import { Refusal } from '../refusal.ts';
import { AddressGuard, isPublic } from './address-guard.ts';

it.each([
  ['8.8.8.8', true],
  ['2001:4860:4860::8888', true],
  ['127.0.0.1', false],
  ['127.9.9.9', false],
  ['0.0.0.0', false],
  ['10.1.2.3', false],
  ['172.16.0.1', false],
  ['192.168.1.1', false],
  ['100.64.0.1', false],
  ['169.254.169.254', false],
  ['224.0.0.1', false],
  ['::1', false],
  ['::', false],
  ['fe80::1', false],
  ['fd00:ec2::254', false],
  ['::ffff:127.0.0.1', false],
  ['::ffff:a9fe:a9fe', false],
  ['64:ff9b::7f00:1', false],
  ['64:ff9b:1::a00:1', false],
  ['fec0::1', false],
  ['100::1', false],
  ['5f00::1', false],
  ['ff02::1', false],
  ['2002:7f00:1::', false],
  ['168.63.129.16', false],
  ['198.18.0.1', false],
  ['255.255.255.255', false],
  ['240.0.0.1', false],
  ['not an address', false],
])('%s is public: %s', (address, expected) => {
  expect(isPublic(address)).toBe(expected);
});

const names: Readonly<Record<string, readonly string[]>> = {
  'matomo.example.org': ['93.184.215.14'],
  'inside.example.org': ['10.0.0.5'],
  'both.example.org': ['93.184.215.14', '127.0.0.1'],
};
const resolver = {
  addressesOf: async (host: string) => {
    const found = names[host];
    if (found === undefined) throw new Error('ENOTFOUND');
    return found;
  },
};

async function verdict(url: string, allowPrivate = false): Promise<string> {
  try {
    await new AddressGuard(resolver, allowPrivate).check([url]);
    return 'taken';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // The address behind a name is the network's own business.
    expect(error.message).not.toMatch(/10\.0\.0\.5|127\.0\.0\.1(?!\s)/);
    return error.code;
  }
}

it('refuses what resolves into the own network, if only with one of its addresses', async () => {
  expect(await verdict('https://matomo.example.org/matomo.php')).toBe('taken');
  expect(await verdict('https://inside.example.org/matomo.php')).toBe('address_refused');
  expect(await verdict('https://both.example.org/')).toBe('address_refused');
  expect(await verdict('https://inside.example.org/', true)).toBe('taken');
});

it('refuses numbers in whatever spelling', async () => {
  for (const host of ['[::1]', '2130706433', '0x7f.1', '0177.0.0.1', '[::ffff:7f00:1]']) {
    const url = `http://${host}/matomo.php`;
    const error = await new AddressGuard(resolver, false).check([url]).catch((e: unknown) => e);
    expect(error, host).toBeInstanceOf(Refusal);
  }
});
