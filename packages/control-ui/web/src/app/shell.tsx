import { useEffect } from 'preact/hooks';
import { status } from '../api/live.ts';
import { session } from '../api/session.ts';
import { sameClock, timeIn } from '../format/site-times.ts';
import { timeOf } from '../format/times.ts';
import { ConfirmDialog } from '../parts/confirm.tsx';
import { ConflictDialog } from '../parts/conflict.tsx';
import { Mark } from '../parts/glyph.tsx';
import { siteZone } from '../parts/site-zone.tsx';
import { Toasts } from '../parts/toast.tsx';
import More from '../views/more/more.tsx';
import { Banners, isStale, KeyDialog } from './banners.tsx';
import { now_ms } from './clock.ts';
import { useEverywhereKeys } from './everywhere-keys.ts';
import { PaletteHost } from './palette/host.tsx';
import { place } from './router.ts';
import { Shortcuts } from './shortcuts.tsx';
import { TopBar } from './top-bar.tsx';
import { viewGroups, views } from './views.ts';

/** What the last tab of a phone leads to. */
const more = { name: 'more', title: 'More', component: More } as const;

/** Navigation, top bar, the view, and what lies over it. */
export function Shell() {
  const asked = place.value.view;
  const known = views.find(({ name }) => name === asked) ?? views[0];
  const view = asked === more.name ? more : known;
  const title = view?.title ?? '';
  useEffect(() => {
    document.title = `${title} · Trafficinator`;
  }, [title]);
  const View = view?.component;
  useEverywhereKeys();
  return (
    <>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <div class={isStale() ? 'shell stale' : 'shell'}>
        <aside class="side" aria-label="Trafficinator">
          <a class="brand" href="/dashboard">
            <Mark />
            Trafficinator
          </a>
          <nav class="nav" aria-label="Views">
            {viewGroups.map((group) => (
              <Group key={group} group={group} current={view?.name ?? ''} />
            ))}
          </nav>
          <Footer />
        </aside>
        <TopBar title={title} />
        <main class="main" id="main" tabIndex={-1}>
          <Banners />
          {View === undefined ? null : <View key={view?.name} />}
        </main>
      </div>
      <TabBar current={view?.name ?? ''} />
      <ConfirmDialog />
      <ConflictDialog />
      <Shortcuts />
      <PaletteHost />
      <Toasts />
      <KeyDialog />
    </>
  );
}

function Group({ group, current }: { readonly group: string; readonly current: string }) {
  const own = views.filter((each) => each.group === group);
  if (own.length === 0) return null;
  return (
    <>
      <h2>{group}</h2>
      <ul>
        {own.map(({ name, title }) => (
          <li key={name}>
            <a href={`/${name}`} aria-current={name === current ? 'page' : undefined}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function Footer() {
  const who = session.value;
  return (
    <footer>
      {status.value?.loaders[0]?.snapshot?.version !== undefined &&
        `v${status.value.loaders[0].snapshot.version} · `}
      {timeOf(now_ms.value)}
      <br />
      {sameClock(siteZone(), now_ms.value)
        ? 'site in the same zone'
        : `site ${timeIn(siteZone(), now_ms.value)}`}
      {who.state === 'in' && (
        <>
          <br />
          {who.name}, {who.role}
          <br />
          <a href="/more">More</a>
        </>
      )}
    </footer>
  );
}

const inTabs = ['dashboard', 'runs', 'backfill', 'settings'];

function TabBar({ current }: { readonly current: string }) {
  const shown = views.filter(({ name }) => inTabs.includes(name));
  return (
    <nav class="tabbar" aria-label="Views">
      {shown.map(({ name, title }) => (
        <a key={name} href={`/${name}`} aria-current={name === current ? 'page' : undefined}>
          {title}
        </a>
      ))}
      <a href="/more" aria-current={inTabs.includes(current) ? undefined : 'page'}>
        More
      </a>
    </nav>
  );
}
