import { signOut } from '../../api/session.ts';
import { lazy } from '../../app/lazy.tsx';
import { nextTheme, theme } from '../../app/theme.ts';
import { viewGroups, views } from '../../app/views.ts';
import { Section } from '../../parts/section.tsx';

const themeWords = { system: 'as the system', light: 'light', dark: 'dark' } as const;

const Keeping = lazy(() => import('./keeping.tsx'));

/** All views, the theme, the way out, and what concerns the service as a whole. */
export default function More() {
  return (
    <>
      <div class="more-views">
        {viewGroups.map((group) => (
          <Section key={group} title={group}>
            <ul class="diff">
              {views
                .filter((view) => view.group === group)
                .map(({ name, title }) => (
                  <li key={name}>
                    <a href={`/${name}`}>{title}</a>
                  </li>
                ))}
            </ul>
          </Section>
        ))}
      </div>
      <Section title="This browser">
        <p class="row">
          <button type="button" class="btn" onClick={nextTheme}>
            Colours: {themeWords[theme.value]}
          </button>
          <button type="button" class="btn" onClick={() => void signOut()}>
            Sign out
          </button>
        </p>
      </Section>
      <Keeping />
    </>
  );
}
