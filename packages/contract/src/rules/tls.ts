import { finding, type Rule } from './rule.ts';

export const tlsVerified: Rule = {
  reads: ['tls_insecure'],
  check: (settings, given) => {
    if (!settings.tls_insecure) return [];
    return [
      finding(given, ['tls_insecure'], 'tls_not_verified', {
        message: 'TLS_INSECURE accepts any certificate, so anybody in between can read the token.',
        remedy: 'Name your certificate authority with TLS_CA_FILE instead.',
      }),
    ];
  },
};

export const tlsCaUsed: Rule = {
  reads: ['tls_ca_file', 'tls_insecure', 'matomo_url'],
  check: (settings, given) => {
    if (settings.tls_ca_file === null) return [];
    const plain = settings.matomo_url?.startsWith('http:') ?? false;
    if (!plain && !settings.tls_insecure) return [];
    return [
      finding(given, ['tls_ca_file'], 'tls_ca_unused', {
        message: plain
          ? 'TLS_CA_FILE has no effect, because MATOMO_URL is a plain http address.'
          : 'TLS_CA_FILE has no effect, because TLS_INSECURE accepts any certificate.',
        remedy: plain ? 'Use an https address or remove TLS_CA_FILE.' : 'Remove TLS_INSECURE.',
      }),
    ];
  },
};
