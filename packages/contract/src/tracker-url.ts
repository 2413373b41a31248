import type { Complaint } from './complaint.ts';

/**
 * The address of a Matomo tracker from what a user wrote: `https://m.example.org/` becomes
 * `https://m.example.org/matomo.php`; a path that ends in `.php` stays (some sites rename the file).
 */
export function trackerUrl(label: string, text: string): { value: string } | Complaint {
  const example = 'for example https://matomo.example.org/matomo.php';
  const url = URL.parse(text);
  if (!url || !/^https?:\/\//i.test(text) || url.hostname === '') {
    return {
      code: 'url_invalid',
      message: `${label} is not an absolute http or https address with a host.`,
      remedy: `Write the whole address, ${example}.`,
    };
  }
  if (url.username !== '' || url.password !== '') {
    return {
      code: 'url_has_credentials',
      message: `${label} contains a user name or password, which would end up in logs.`,
      remedy: 'Remove everything between // and @; Matomo’s tracker needs only MATOMO_TOKEN_AUTH.',
    };
  }
  if (url.search !== '' || url.hash !== '' || /[?#]/.test(text)) {
    return {
      code: 'url_has_query',
      message: `${label} has a query or fragment, but the loader writes the query itself.`,
      remedy: 'Remove everything from the first ? or # on.',
    };
  }
  const path = url.pathname.replace(/\/+$/, '');
  return { value: `${url.origin}${path.endsWith('.php') ? path : `${path}/matomo.php`}` };
}

/** The address without what may be secret in it: user, password, query, fragment. */
export function redactedUrl(text: string): string {
  return text.replace(/\/\/[^/?#]*@/, '//***@').replace(/[?#].*$/s, '?***');
}
