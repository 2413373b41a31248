import { boolean, choice, integer, optionalText } from './define.ts';

/** Where the hits go. */
export const target = {
  matomo_url: optionalText({
    format: 'url',
    label: 'Matomo URL',
    help: 'Address of the Matomo tracker, e.g. https://matomo.example.com/matomo.php. A base URL gets /matomo.php appended. Required to send anything.',
  }),
  matomo_site_id: integer({
    label: 'Site id',
    help: 'The id of the site in Matomo (idsite).',
    default: 1,
    min: 1,
    max: 2_147_483_647,
  }),
  matomo_token_auth: optionalText({
    format: 'secret',
    label: 'Token',
    help: 'An auth token with write access to the site. Needed to send visitor IPs and countries and hits older than a day; without it those are left out. MATOMO_TOKEN_AUTH_FILE reads it from a file.',
  }),
  targets: optionalText({
    format: 'targets',
    label: 'Several targets',
    help: 'JSON list of Matomos instead of MATOMO_URL: name, url, site_id, token_auth, weight, enabled, and own volumes, caps, delivery and features. TARGETS_FILE reads it from a file. MULTI_TARGET_CONFIG is its older name.',
    aliases: ['MULTI_TARGET_CONFIG'],
  }),
  target_strategy: choice({
    label: 'Strategy',
    help: 'How visits are divided among several targets. weighted: by weight. round-robin: in turn. random: by chance (seeded). independent: each target gets its own volume. mirror: every visit goes to every target. list: as the list of targets says, else weighted.',
    values: ['list', 'weighted', 'round-robin', 'random', 'independent', 'mirror'],
    default: 'list',
    shown_when: { setting: 'targets', is: ['set'] },
  }),
  reroute: boolean({
    label: 'Reroute',
    help: 'Send the visits of a target that does not answer to the others. Off: they are counted as dropped, and the others get no more than their share.',
    default: false,
    shown_when: { setting: 'targets', is: ['set'] },
  }),
  allow_private_targets: boolean({
    label: 'Private targets',
    help: 'false: connect to public addresses only, never to this machine, a private network or a cloud’s metadata service, whatever a name resolves to.',
    default: true,
  }),
  tls_ca_file: optionalText({
    format: 'path',
    label: 'TLS CA file',
    help: 'PEM file with the certificate authority of a Matomo with a private certificate.',
  }),
  tls_insecure: boolean({
    label: 'Skip TLS verification',
    help: 'Accept any certificate. For throw-away test systems only.',
    default: false,
  }),
};
