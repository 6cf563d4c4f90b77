import type { PagePerson } from '../../page-api.ts';

type Props = { readonly person: PagePerson | undefined; readonly size?: number };

/** The picture of a person (initials on their colour) or of the bot. Decorative, because the name is next to it. */
export function Avatar({ person, size = 36 }: Props) {
  const box = { width: size, height: size, fontSize: size * 0.4, backgroundColor: person?.color };
  if (person?.is_bot) {
    return (
      <span className="avatar avatar--bot" style={box} aria-hidden="true">
        <svg viewBox="0 0 36 36" width="100%" height="100%" aria-hidden="true" focusable="false">
          <path d="M9.5 25.500V12l8.5 8 8.5-8v13.5" className="avatar__letter" />
          <circle cx="18" cy="26" r="2.3" className="avatar__spark" />
        </svg>
      </span>
    );
  }
  return (
    <span className="avatar" style={box} aria-hidden="true">
      {person?.initials ?? '?'}
    </span>
  );
}
