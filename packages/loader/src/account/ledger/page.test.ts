import { describe, expect, it } from 'vitest';
import { readPage } from './page.ts';

const read = (url: string) => readPage(url, ['q', 'keyword']);

describe('a page’s URL', () => {
  it('is the same page without what belongs to the visit', () => {
    const same = [
      'https://shop.example/p/1?color=red',
      'http://www.shop.example/p/1?color=red#reviews',
      'https://SHOP.example/p/1?gclid=abc&color=red&utm_campaign=spring&PHPSESSID=1',
    ];
    expect(new Set(same.map((url) => read(url).page)).size).toBe(1);
    expect(read('https://shop.example/p/1').page).not.toBe(read(same[0] as string).page);
    expect(read('https://shop.example:8080/').page).not.toBe(read('https://shop.example/').page);
  });

  it('that is no URL is its own page', () => {
    expect(read('somewhere')).toEqual({
      host: '',
      page: 'somewhere',
      keyword: null,
      campaign: null,
    });
  });

  it.each([
    ['https://a.example/?q=red+shoes', 'red shoes'],
    ['https://a.example/?Q=%C3%A5l', 'ål'],
    ['https://a.example/#keyword=x', 'x'],
    ['https://a.example/?q=&keyword=y', 'y'],
    ['https://a.example/?q=0', null],
    ['https://a.example/?question=x', null],
  ])('%s searches for %s', (url, keyword) => {
    expect(read(url).keyword).toBe(keyword);
  });

  it.each([
    ['?utm_campaign=Spring', { name: 'spring', keyword: '' }],
    ['?utm_source=news&utm_medium=email', { name: 'news', keyword: '' }],
    ['?utm_source=news&pk_cpn=Old&utm_term=A+B', { name: 'old', keyword: 'a b' }],
    ['?utm_campaign=&utm_source=news', { name: 'news', keyword: '' }],
    ['#mtm_campaign=frag&mtm_kwd=x', { name: 'frag', keyword: 'x' }],
    ['?utm_campaign=a&utm_term=b#mtm_campaign=c', { name: 'a', keyword: 'b' }],
    ['?utm_content=x', null],
  ])('%s names the campaign %o', (query, campaign) => {
    expect(read(`https://a.example/${query}`).campaign).toEqual(campaign);
  });
});
